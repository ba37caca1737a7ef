namespace Assay;

/// <summary>What is known of one attempt in one journal: its start, its end, or both, and the columns they were read into.</summary>
internal readonly record struct AttemptRow(int Journal, LineChunk? StartChunk, int StartRow, LineChunk? EndChunk, int EndRow)
{
    public bool HasStart => StartChunk is not null;

    public bool HasEnd => EndChunk is not null;

    public JournalLine Start => StartChunk!.Starts[StartRow];

    public JournalLine End => EndChunk!.Ends[EndRow];

    public UInt128 Id => HasStart ? Start.RunId : End.RunId;

    public int Attempt => HasStart ? Start.Attempt : End.Attempt;

    public long StartedAt => HasStart ? Start.Time : End.Time;

    /// <summary>How long its lines are.</summary>
    public long Bytes => (HasStart ? (long)Start.Length : 0) + (HasEnd ? End.Length : 0);

    public AttemptKey Key => new(Id, Attempt, Journal);
}

/// <summary>An attempt in a journal.</summary>
internal readonly record struct AttemptKey(UInt128 Id, int Attempt, int Journal);

/// <summary>An attempt that is in no segment, by the places of its lines: one that has not ended, or one that a segment has no room for.</summary>
/// <param name="Key">The attempt.</param>
/// <param name="Start">Where the run_start begins; -1 for none.</param>
/// <param name="StartLength">Its length.</param>
/// <param name="End">Where the run_end begins; -1 for none.</param>
/// <param name="EndLength">Its length.</param>
internal sealed record ApartRow(AttemptKey Key, long Start, int StartLength, long End, int EndLength)
{
    public static ApartRow Of(in AttemptRow row) => new(
        row.Key, row.HasStart ? row.Start.Offset : -1, row.HasStart ? row.Start.Length : 0, row.HasEnd ? row.End.Offset : -1, row.HasEnd ? row.End.Length : 0);

    /// <summary>What of it stands before a place; null for nothing.</summary>
    public ApartRow? Before(long limit)
    {
        ApartRow cut = End + EndLength > limit ? this with { End = -1, EndLength = 0 } : this;
        if (cut.Start + cut.StartLength > limit) cut = cut with { Start = -1, StartLength = 0 };
        return cut.Start < 0 && cut.End < 0 ? null : cut;
    }
}
