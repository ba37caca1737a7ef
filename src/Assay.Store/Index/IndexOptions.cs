namespace Assay;

/// <summary>How the index is kept. Tests choose small numbers to see with few runs what otherwise takes millions.</summary>
internal sealed record IndexOptions
{
    private static readonly IndexOptions Default = new();
    private static readonly AsyncLocal<IndexOptions?> Chosen = new();

    /// <summary>The options in force; set by tests alone, for themselves.</summary>
    public static IndexOptions Ambient
    {
        get => Chosen.Value ?? Default;
        set => Chosen.Value = value;
    }

    /// <summary>
    /// Fewer bytes, of fewer than <see cref="JournalsWorthWriting"/> journals, are read again each time rather than written.
    /// </summary>
    public long WorthWriting { get; init; } = 1 << 20;

    /// <inheritdoc cref="WorthWriting"/>
    public int JournalsWorthWriting { get; init; } = 64;

    /// <summary>The most rows of a segment. While an index is built, they are in memory twice.</summary>
    public int SegmentRows { get; init; } = 1 << 17;

    /// <summary>The bytes of lines that make a segment full, whatever the number of its rows: each may bring text of any length.</summary>
    public long SegmentBytes { get; init; } = 128 << 20;

    /// <summary>The number of small segments of an experiment that are put together into one.</summary>
    public int SmallSegments { get; init; } = 8;

    /// <summary>Splits rows into those of segments.</summary>
    public IEnumerable<List<AttemptRow>> Split(List<AttemptRow> rows)
    {
        for (int from = 0, count; from < rows.Count; from += count) yield return rows.GetRange(from, count = RowsOfSegment(rows, from));
    }

    /// <summary>How many rows, from one on, fill a segment.</summary>
    public int RowsOfSegment(List<AttemptRow> rows, int from)
    {
        long bytes = 0;
        int most = Math.Min(rows.Count - from, SegmentRows), count = 0;
        while (count < most && bytes < SegmentBytes) bytes += rows[from + count++].Bytes;
        return count;
    }
}
