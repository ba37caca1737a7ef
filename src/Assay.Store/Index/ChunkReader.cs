namespace Assay;

/// <summary>
/// Reads one stretch of a journal into columns. Not thread-safe; stretches are read by one thread each.
/// </summary>
internal sealed class ChunkReader : ILineTaker
{
    private readonly JournalStretch _stretch;
    private readonly List<JournalDamage> _damage = [];

    private ChunkReader(int journal, in JournalStretch stretch, uint checksum) => (Journal, _stretch, Checksum, Passed) = (journal, stretch, checksum, stretch.From);

    public int Journal { get; }

    public LineChunk Chunk { get; } = new();

    public IReadOnlyList<JournalDamage> Damage => _damage;

    /// <summary>Whether reading failed, so that lines may be missing.</summary>
    public bool IsPartial { get; private set; }

    /// <summary>The checksum of what lies in the stretch and has been passed, added to the one given.</summary>
    public uint Checksum { get; private set; }

    /// <summary>Where the last whole line that began in the stretch ends.</summary>
    public long Passed { get; private set; }

    public static ChunkReader Read(int journal, in JournalStretch stretch, uint checksum)
    {
        var reader = new ChunkReader(journal, stretch, checksum);
        reader.IsPartial = !StretchReader.Read(stretch, reader);
        return reader;
    }

    void ILineTaker.Take(ReadOnlySpan<byte> line, long offset) => Chunk.Add(line, offset);

    void ILineTaker.Damaged(JournalDamage damage) => _damage.Add(damage);

    void ILineTaker.Skipped(ReadOnlySpan<byte> bytes, long offset) => Sum(bytes, offset);

    void ILineTaker.Passed(ReadOnlySpan<byte> bytes, long offset)
    {
        Sum(bytes, offset);
        Passed = Math.Max(Passed, offset + bytes.Length);
    }

    private void Sum(ReadOnlySpan<byte> bytes, long offset)
    {
        long from = Math.Max(_stretch.From - offset, 0), to = Math.Min(_stretch.To - offset, bytes.Length);
        if (from < to) Checksum = Crc32C.Append(Checksum, bytes[(int)from..(int)to]);
    }
}
