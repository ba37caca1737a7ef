namespace Assay;

/// <summary>How far a journal has been read, stretch by stretch, beyond what the index covers. Not thread-safe.</summary>
internal sealed class JournalProgress(JournalState from)
{
    private readonly List<uint> _blocks = [.. from.Blocks.Take((int)(from.Covered / StretchReader.Length))];
    private readonly List<JournalDamage> _damage = [];
    private long _covered = from.Covered;

    /// <summary>Whether any line was read that the index does not cover: an unfinished last line is read each time.</summary>
    public bool HasGained => _covered > from.Covered;

    public IReadOnlyList<JournalDamage> Damage => _damage;

    public void Add(ChunkReader read)
    {
        _blocks.Add(read.Checksum);
        _damage.AddRange(read.Damage);
        _covered = Math.Max(_covered, read.Passed);
    }

    public void Cover(IndexedJournals journals, int number)
    {
        int blocks = (int)((_covered + StretchReader.Length - 1) / StretchReader.Length);
        journals.Cover(number, _covered, [.. _blocks.Take(blocks)], LineNumbers.Of(_damage.Where(d => !d.Torn && d.Offset < _covered)));
    }
}
