using System.Globalization;

namespace Assay.Questions;

/// <summary>The doctor's report as text: findings, then what was checked, then the verdict as the last line.</summary>
internal static class DoctorText
{
    public static void Write(DoctorReport report, Page page)
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
