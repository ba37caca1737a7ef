using System.Globalization;

namespace Assay.Questions;

internal sealed class ReplayRunQuestion : Question<ReplayReport>
{
    private const int MostRows = 100;

    private static readonly TextParameter<double> Tolerance = new(
        "tolerance", "How far numbers may differ, relative to the larger one, such as 1e-9. Default: not at all", ReadTolerance, on: Shell)
    { Placeholder = "NUMBER" };

    private static readonly ListParameter Program = new(
        "command", "After --: how its program is run. Default: dotnet run with the program, the build and the arguments it had", on: Shell)
    { IsPositional = true, IsBehindDashes = true };

    private static readonly ListParameter Except = new(
        "except", "Do not compare these values, several with commas, such as seconds", on: Shell)
    { Placeholder = "NAMES", HasCommas = true };

    private static readonly TextParameter Path = new(
        "path", $"Where its code is restored to. Default: {CodeCheckout.FolderName}/ID beside the store", on: Shell)
    { Placeholder = "DIR" };

    private static readonly FlagParameter Yes = RunParameters.Yes("Start the program without asking");

    public override CommandText Command { get; } = new(
        "replay", "Make a run again from its exact code, params and seed, and tell whether it records the same",
        "assay replay latest",
        "assay replay best:accuracy --tolerance 1e-9",
        "assay replay 373b0836 --except seconds --json",
        "assay replay latest -- dotnet run samples/iris.cs");

    public override IReadOnlyList<Parameter> Parameters => [RunParameters.Run, Program, Tolerance, Except, Path, Yes];

    public override bool Writes => true;

    // The program must not live on when the tool is stopped.
    public override bool EndsOnInterrupt => true;

    public override Answer Ask(QuestionCall call)
    {
        string[] except = [.. Except.Of(call).Select(name => name.Trim()).Where(name => name.Length > 0)];
        var options = new ReplayOptions(Path.Of(call), Program.Of(call), Tolerance.Of(call), except);
        (Results all, RunRecord run) = call.FindRun();
        try
        {
            ReplayReport report = Replay.Run(call, run, options, Yes);
            return new Answer(report) { Runs = all, IsNegative = !report.Agrees };
        }
        catch (OperationCanceledException fault)
        {
            throw new AssayException("the replay was stopped before its program had ended, so there is no answer. Start it again.", fault);
        }
    }

    protected override void Write(ReplayReport report, Page page)
    {
        page.Fact("run", report.RunId);
        page.Fact("experiment", Words.Title(report.Experiment, report.Version));
        page.Fact("commit", report.Commit);
        page.Fact("checkout", report.Checkout);
        page.Fact("command", new ProgramCommandLine(report.Command[0], [.. report.Command.Skip(1)], report.Folder).ToString());
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
        if (report.Artifacts.Count > 0) WriteArtifacts(report.Artifacts, page);
        page.Line(Verdict(report));
    }

    private static void WriteArtifacts(IReadOnlyList<ReplayedArtifact> artifacts, Page page)
    {
        ReplayedArtifact[] differing = [.. artifacts.Where(a => !a.Agrees)];
        if (differing.Length == 0)
        {
            page.Line($"{Words.Count(artifacts.Count, "artifact has", "artifacts have")} the same content.");
            return;
        }

        page.Grid(TextGrid.Of(
            differing.Take(MostRows), ("artifact", a => a.Name), ("then", a => Content(a.Then, a.ThenBytes)),
            ("now", a => Content(a.Now, a.NowBytes))));
        if (differing.Length > MostRows) page.Line($"{Words.Count(differing.Length - MostRows, "more artifact")}; --json lists all.");
        page.Line($"{Words.Number(differing.Length)} of {Words.Count(artifacts.Count, "artifact")} "
            + $"{Plural.Form(differing.Length, "does", "do")} not have the same content. That does not count: files may hold times, paths "
            + "and the like.");
        page.Line();
    }

    private static string Content(string? address, long? bytes) =>
        address is null ? "–" : $"{address[..12]} ({Words.Count(bytes ?? 0, "byte")})";

    private static string Verdict(ReplayReport report)
    {
        string within = report.Tolerance > 0 ? $" within {Words.Value(report.Tolerance)}" : "";
        if (!report.Agrees)
            return $"It does not agree{within}: {report.Differing} of {Words.Count(report.Compared, "value")} "
                + $"{Plural.Form(report.Differing, "differs", "differ")}.";
        return report.Values.All(v => v.Part == "run")
            ? "It agrees, but there was nothing to compare but how it ended: the run recorded no values."
            : $"It agrees{(within.Length > 0 ? within : " exactly")}.";
    }

    // All digits: values that differ in the last ones must not look the same.
    private static string Cell(object? value) => value is null ? "–" : value is string text ? text : JsonText.Of(value).Trim('"');

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

    private static double ReadTolerance(string text, QuestionCall call, string name) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) && number is >= 0 and < 1
            ? number
            : throw new AssayException($"{name} is '{text}'; expected a number from 0 to less than 1, such as 1e-9.");
}

/// <summary>
/// The comparison of a run with its replay. Artifacts do not count for <c>Agrees</c>; <c>SameId</c> is null for lone runs, whose ids are
/// random.
/// </summary>
internal sealed record ReplayReport(
    string Store, string RunId, string Experiment, string Version, bool Agrees, double Tolerance, int Compared, int Differing,
    IReadOnlyList<ReplayedValue> Values, int ArtifactsDiffering, IReadOnlyList<ReplayedArtifact> Artifacts, string Commit, string Checkout,
    IReadOnlyList<string> Command, string Folder, int ExitCode, string Output, string ReplayStore, string ReplayRunId, bool? SameId,
    IReadOnlyList<string> Remarks) : Report;
