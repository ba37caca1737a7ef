namespace Assay;

/// <summary>How far a journal has been read, stretch by stretch, beyond what the index covers. Not thread-safe.</summary>
internal sealed class JournalProgress(JournalState from)
{
    private readonly List<JournalDamage> _damage = [];
    private long _covered = from.Covered;

    /// <summary>Whether any line was read that the index does not cover: an unfinished last line is read each time.</summary>
    public bool HasGained => _covered > from.Covered;

    public IReadOnlyList<JournalDamage> Damage => _damage;

    public void Add(ChunkReader read)
    {
        _damage.AddRange(read.Damage);
        _covered = Math.Max(_covered, read.Passed);
    }

    public void Cover(IndexedJournals journals, int number) =>
        journals.Cover(number, _covered, LineNumbers.Of(_damage.Where(d => !d.Torn && d.Offset < _covered)));
}
