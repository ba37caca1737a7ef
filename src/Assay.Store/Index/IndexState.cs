namespace Assay;

/// <summary>What the index on disk covers. Immutable.</summary>
internal sealed record IndexState
{
    public static readonly IndexState Empty = new();

    /// <summary>Journals by their numbers, which rows refer to; numbers are never given twice.</summary>
    public IReadOnlyList<JournalState> Journals { get; init; } = [];

    public IReadOnlyList<SegmentInfo> Segments { get; init; } = [];

    /// <summary>Attempts in what is covered that are in no segment: their writers lived and had not ended them, or their times are beyond what a segment holds.</summary>
    public IReadOnlyList<ApartRow> Apart { get; init; } = [];
}
