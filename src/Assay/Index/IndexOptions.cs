namespace Assay;

/// <summary>How the index is kept. Tests choose small numbers to see with few runs what otherwise takes millions.</summary>
internal sealed record IndexOptions
{
    public static readonly IndexOptions Default = new();

    /// <summary>The options where none are given; set by tests alone.</summary>
    public static IndexOptions Ambient { get; set; } = Default;

    /// <summary>So many bytes, or so many journals, are read again rather than written: what is read in a moment is not worth a file.</summary>
    public long WorthWriting { get; init; } = 1 << 20;

    /// <inheritdoc cref="WorthWriting"/>
    public int JournalsWorthWriting { get; init; } = 64;

    /// <summary>The most rows of a segment. While an index is built, so many are in memory twice.</summary>
    public int SegmentRows { get; init; } = 1 << 18;

    /// <summary>How many small segments of an experiment are put together into one.</summary>
    public int SmallSegments { get; init; } = 8;
}
