using Assay.Analysis;

namespace Assay.Questions;

internal sealed class ReportResultsQuestion : Question<ResultsReportAnswer>
{
    private static readonly ListParameter Metrics = new(
        "metrics", "The metrics, the most important first, several with commas. Default: all")
    { ShellName = "--metric", Placeholder = "NAMES", HasCommas = true };

    private static readonly ListParameter Minimize = RunParameters.Fields(
        "minimize", "Metrics of which less is better, several with commas", "Metrics of which less is better");

    private static readonly TextParameter Title = new("title", "The heading. Default: the names of the experiments")
    { Placeholder = "TEXT" };

    private static readonly TextParameter File = new(
        "output", "The file: .html for one page that needs nothing else, .md for Markdown with its figures beside it. Default: Markdown "
            + "without figures, printed", on: Shell)
    { Alias = "-o", Placeholder = "FILE" };

    public override CommandText Command { get; } = new("report", "Write what ran, what failed and what follows from it",
        "assay report iris --output report.html", "assay report iris --metric accuracy,loss --minimize loss --output report.md",
        "assay report iris");

    public override ToolText Tool => new("report_results", "Report",
        "Gives a report of an experiment in Markdown: what ran, failures by cause, means of the settings with intervals, the best "
            + "settings, comparisons with corrected p-values, importance of parameters.");

    public override IReadOnlyList<Parameter> Parameters =>
        [.. RunParameters.Filter, Metrics, Minimize, RunParameters.Confidence, Title, File];

    public override Answer Ask(QuestionCall call)
    {
        var filter = new RunFilter(call);
        var options = new ReportOptions
        {
            Title = Title.Of(call),
            Metrics = [.. Metrics.Of(call)],
            Minimize = [.. Minimize.Of(call)],
            Confidence = RunParameters.Confidence.Of(call)!.Value,
        };
        (Results all, Results chosen) = filter.Apply();
        KnownNames.RequireAmong(all, options.Metrics.Concat(options.Minimize).Select(RunField.Parse));
        var report = new ResultsReportAnswer(call.Store.Path, filter.Experiment, chosen.Count) { EarlierLeftOut = filter.EarlierLeftOut };
        if (File.Of(call) is not { } path) return new Answer(report with { Markdown = chosen.ReportText(options) }) { Runs = all };
        OutputFile.Write(path, () => chosen.Report(path, options));
        return new Answer(report with { Path = Path.GetFullPath(path) }) { Runs = all };
    }

    protected override void Write(ResultsReportAnswer report, Page page)
    {
        if (report.Markdown is { } text) page.Raw(text);
        else page.Line($"wrote a report of {Words.Count(report.Runs, "run")} to {report.Path}");
    }
}

/// <summary>A report that was written to a file, or as text.</summary>
internal sealed record ResultsReportAnswer(string Store, string? Experiment, int Runs) : RunsReport
{
    public string? Path { get; init; }

    public string? Markdown { get; init; }
}
