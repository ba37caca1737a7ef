namespace Assay.Questions;

/// <summary>The health of a store.</summary>
/// <param name="Store">The store.</param>
/// <param name="Healthy">Whether there are no problems.</param>
/// <param name="Problems">The number of problems.</param>
/// <param name="Notes">The number of harmless findings.</param>
/// <param name="Checked">The extent of the check.</param>
/// <param name="Findings">The findings, of each kind the first ones.</param>
/// <param name="Omitted">The number of findings of a kind that are not listed.</param>
internal sealed record DoctorReport(
    string Store, bool Healthy, long Problems, long Notes, CheckedCounts Checked, IReadOnlyList<FindingLine> Findings,
    IReadOnlyDictionary<string, long> Omitted) : Report
{
    public static DoctorReport Of(string store, StoreHealth health) => new(
        store, health.Problems == 0, health.Problems, health.Notes,
        new CheckedCounts(health.Journals, health.Lines, health.Attempts, health.Artifacts, health.Annotations, health.Bytes),
        [.. health.Findings.Select(FindingLine.Of)],
        health.Omitted.ToDictionary(o => o.Key.Name, o => o.Value, StringComparer.Ordinal));
}

/// <summary>The numbers of what was checked.</summary>
internal sealed record CheckedCounts(long Journals, long Lines, long Attempts, long Artifacts, long Annotations, long Bytes);

/// <summary>A finding as an answer has it.</summary>
internal sealed record FindingLine(string Severity, string Kind, string Message, string? File, long? Line, long? ByteOffset, string? RunId)
{
    public static FindingLine Of(Finding found) =>
        new(found.Kind.Severity, found.Kind.Name, found.Message, found.File, found.Line, found.ByteOffset, found.RunId);
}
