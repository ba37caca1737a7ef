namespace Assay.Questions;

/// <summary>What the doctor looked at and found.</summary>
internal sealed record DoctorReport(
    string Store,
    bool Healthy,
    long Problems,
    long Notes,
    CheckedCounts Checked,
    IReadOnlyList<Finding> Findings,
    IReadOnlyDictionary<string, long> Omitted) : Report;

/// <summary>How much was checked.</summary>
internal sealed record CheckedCounts
{
    public long Journals { get; init; }

    public long Lines { get; init; }

    /// <summary>Attempts of runs that were started.</summary>
    public long Attempts { get; init; }

    public long Artifacts { get; init; }

    /// <summary>Lines that say something of runs.</summary>
    public long Annotations { get; init; }

    public long Bytes { get; init; }
}
