namespace Assay.Questions;

/// <summary>The report of <c>replay</c> as text.</summary>
internal static class ReplayText
{
    private const int MostRows = 100;

    public static void Write(ReplayReport report, Page page)
    {
        page.Fact("run", report.RunId);
        page.Fact("experiment", Words.Title(report.Experiment, report.Version));
        page.Fact("commit", report.Commit);
        page.Fact("checkout", report.Checkout);
        page.Fact("command", new ReplayCommandLine(report.Command[0], [.. report.Command.Skip(1)], report.Folder).ToString());
        page.Fact("replay", $"run {report.ReplayRunId} in {report.ReplayStore}");
        page.Fact("output", report.Output + (report.ExitCode == 0 ? "" : $" (exit code {report.ExitCode})"));
        foreach (string remark in report.Remarks) page.Fact("note", remark);
        page.Line();
        // What differs is why anybody looks.
        ReplayedValue[] shown = [.. report.Values.OrderBy(v => v.Agrees).Take(MostRows)];
        page.Grid(TextGrid.Of(
            report.Values.Where(shown.Contains), ("value", v => v.Part == "run" ? v.Name : $"{v.Part}.{v.Name}"),
            ("then", v => Cell(v.Then)), ("now", v => Cell(v.Now)), ("difference", Difference), ("", About)));
        if (shown.Length < report.Values.Count)
            page.Line($"{Words.Count(report.Values.Count - shown.Length, "more value")}; --json lists all.");
        page.Line();
        WriteArtifacts(report, page);
        page.Line(Verdict(report));
    }

    private static void WriteArtifacts(ReplayReport report, Page page)
    {
        if (report.Artifacts.Count == 0) return;
        ReplayedArtifact[] differing = [.. report.Artifacts.Where(a => !a.Agrees)];
        if (differing.Length == 0)
        {
            page.Line($"{Words.Count(report.Artifacts.Count, "artifact has", "artifacts have")} the same content.");
            return;
        }

        page.Grid(TextGrid.Of(
            differing.Take(MostRows), ("artifact", a => a.Name), ("then", a => Content(a.Then, a.ThenBytes)),
            ("now", a => Content(a.Now, a.NowBytes))));
        if (differing.Length > MostRows) page.Line($"{Words.Count(differing.Length - MostRows, "more artifact")}; --json lists all.");
        page.Line($"{Words.Number(differing.Length)} of {Words.Count(report.Artifacts.Count, "artifact")} "
            + $"{(differing.Length == 1 ? "does" : "do")} not have the same content. That does not count: files may hold times, "
                + "paths and the like.");
        page.Line();
    }

    private static string Content(string? address, long? bytes) =>
        address is null ? "–" : $"{address[..12]} ({Words.Count(bytes ?? 0, "byte")})";

    private static string Verdict(ReplayReport report)
    {
        string within = report.Tolerance > 0 ? $" within {Words.Value(report.Tolerance)}" : "";
        if (!report.Agrees)
        {
            return $"It does not agree{within}: {report.Differing} of {Words.Count(report.Compared, "value")} "
                + $"{(report.Differing == 1 ? "differs" : "differ")}.";
        }

        return report.Values.All(v => v.Part == "run") ? "It agrees, but there was nothing to compare but how it ended: "
            + "the run recorded no values." : $"It agrees{(within.Length > 0 ? within : " exactly")}.";
    }

    // All digits: values that differ in the last ones must not look the same.
    private static string Cell(object? value) =>
        value is null ? "–" : value is string text ? text : JsonText.Of(value).Trim('"');

    private static string Difference(ReplayedValue value) => value switch
    {
        { Agrees: true, Difference: null or 0 } => "",
        { Difference: { } difference } => (difference > 0 ? "+" : "") + Words.Value(difference),
        _ => "differs",
    };

    private static string About(ReplayedValue value)
    {
        if (value.Values == 1) return "";
        string step = value.Step is null ? "" : $", step {Words.Value(value.Step)}";
        string all = Words.Number(value.Values);
        return (value.Differing == 0 ? $"all {all}" : $"{Words.Number(value.Differing)} of {all} differ") + step;
    }
}
