namespace Assay;

/// <summary>
/// Reads one stretch of a journal into columns. Not thread-safe; stretches are read by one thread each.
/// </summary>
internal sealed class ChunkReader : ILineTaker
{
    private readonly List<JournalDamage> _damage = [];

    private ChunkReader(int journal, in JournalStretch stretch) => (Journal, Passed) = (journal, stretch.From);

    public int Journal { get; }

    public LineChunk Chunk { get; } = new();

    public IReadOnlyList<JournalDamage> Damage => _damage;

    /// <summary>Whether reading failed, so that lines may be missing.</summary>
    public bool IsPartial { get; private set; }

    /// <summary>Where the last whole line that began in the stretch ends.</summary>
    public long Passed { get; private set; }

    public static ChunkReader Read(int journal, in JournalStretch stretch)
    {
        var reader = new ChunkReader(journal, stretch);
        reader.IsPartial = !StretchReader.Read(stretch, reader);
        return reader;
    }

    void ILineTaker.Take(ReadOnlySpan<byte> line, long offset) => Chunk.Add(line, offset);

    void ILineTaker.Damaged(JournalDamage damage) => _damage.Add(damage);

    void ILineTaker.Passed(long offset) => Passed = Math.Max(Passed, offset);
}
