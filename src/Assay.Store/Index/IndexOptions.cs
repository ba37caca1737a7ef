namespace Assay;

/// <summary>How the index is kept. Tests choose small numbers to see with few runs what otherwise takes millions.</summary>
internal sealed record IndexOptions
{
    public static readonly IndexOptions Default = new();

    private static readonly AsyncLocal<IndexOptions?> Chosen = new();

    /// <summary>The options in force; set by tests alone, for themselves.</summary>
    public static IndexOptions Ambient
    {
        get => Chosen.Value ?? Default;
        set => Chosen.Value = value;
    }

    /// <summary>So many bytes, or so many journals, are read again rather than written: what is read in a moment is not worth a file.</summary>
    public long WorthWriting { get; init; } = 1 << 20;

    /// <inheritdoc cref="WorthWriting"/>
    public int JournalsWorthWriting { get; init; } = 64;

    /// <summary>The most rows of a segment. While an index is built, so many are in memory twice.</summary>
    public int SegmentRows { get; init; } = 1 << 17;

    /// <summary>A segment is full when the lines of its rows have so many bytes, whatever their number: each may bring text of any length.</summary>
    public long SegmentBytes { get; init; } = 128 << 20;

    /// <summary>How many small segments of an experiment are put together into one.</summary>
    public int SmallSegments { get; init; } = 8;
}
