using System.Globalization;

namespace Assay.Questions;

internal sealed class DoctorQuestion : Question<DoctorReport>
{
    public override CommandText Command { get; } = new(
        "doctor", "Check every journal and artifact, and say what is damaged and where; changes nothing",
        "assay doctor", "assay doctor --store results/.assay", "assay doctor --json");

    public override Answer Ask(QuestionCall call)
    {
        StorageBackend storage = StoreLocation.Open(call.StorePath);
        var report = DoctorReport.Of(storage.Address, StoreCheck.Run(storage, call.Clock));
        return new Answer(report) { IsNegative = !report.Healthy };
    }

    protected override void Write(DoctorReport report, Page page)
    {
        page.Line($"store {report.Store}");
        foreach (FindingLine finding in report.Findings.OrderBy(f => f.Severity == "problem" ? 0 : 1))
        {
            page.Line();
            page.Line($"{finding.Severity}: {finding.Kind}{Place(finding)}");
            page.Item(finding.Message);
        }

        if (report.Omitted.Count > 0) page.Line();
        foreach ((string kind, long count) in report.Omitted) page.Line($"and {Words.Number(count)} more of kind {kind}");
        page.Line();
        CheckedCounts done = report.Checked;
        string annotations = done.Annotations > 0 ? Words.Count(done.Annotations, "annotation") + ", " : "";
        page.Line($"checked {Words.Count(done.Journals, "journal")}, {Words.Count(done.Lines, "line")}, "
            + $"{Words.Count(done.Attempts, "attempt")}, "
            + $"{Words.Count(done.Artifacts, "artifact")}, {annotations}{Words.Count(done.Bytes, "byte")}");
        page.Line(Verdict(report));
    }

    private static string Verdict(DoctorReport report)
    {
        string notes = report.Notes > 0 ? $", {Words.Count(report.Notes, "note")}" : "";
        return report.Healthy ? $"healthy: no problems{notes}" : $"damaged: {Words.Count(report.Problems, "problem")}{notes}";
    }

    private static string Place(FindingLine finding)
    {
        string place = finding.File is null ? "" : $" in {finding.File}";
        if (finding.Line is { } line) place += string.Create(CultureInfo.InvariantCulture, $", line {line}, byte {finding.ByteOffset}");
        return finding.RunId is { } run ? $"{place}, run {run}" : place;
    }
}

/// <summary>The health of a store.</summary>
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
