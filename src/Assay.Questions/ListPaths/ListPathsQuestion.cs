namespace Assay.Questions;

internal sealed class ListPathsQuestion : Question<PathsReport>
{
    private const int LongestExample = 40;

    private static readonly TextParameter Contains = new("contains", "Only paths with this text in them")
    { ToolDescription = "Only paths with this text in them, in any casing", Placeholder = "TEXT" };

    private static readonly FlagParameter Numeric = new("numeric", "Only paths whose values are all numbers");
    private static readonly NumberParameter Examples = new("examples", "The number of different values of each", 0, 10, 3)
    { Placeholder = "N" };

    private static readonly NumberParameter Limit = RunParameters.Limit(100, 1000, "paths");

    public override CommandText Command { get; } = new("paths", "List what runs recorded: every path with count, types and examples",
        "assay paths", "assay paths iris --numeric", "assay paths --run latest --contains loss --json");

    public override ToolText Tool => new("list_paths", "List recorded values",
        "Lists what runs recorded: every path of params, metrics, series, tracked values and metadata, with count, types and examples. "
            + "Look here before guessing a name for where, columns, metric or path.");

    public override IReadOnlyList<Parameter> Parameters =>
        [.. RunParameters.Filter, RunParameters.OnlyRun, Contains, Numeric, Examples, Limit, PageCursor.Parameter];

    public override Answer Ask(QuestionCall call)
    {
        var filter = new RunFilter(call);
        int from = PageCursor.From(call), most = Limit.Count(call);
        var survey = new PathSurvey(Examples.Count(call));
        string part = Contains.Of(call) ?? "";
        string? only = RunParameters.OnlyRun.Of(call);
        bool numeric = Numeric.Of(call);
        (Results all, Results chosen) = filter.Apply();
        foreach (RunRecord run in only is null ? chosen : (IEnumerable<RunRecord>)[call.Find(all, only)])
        {
            call.Cancellation.ThrowIfCancellationRequested();
            survey.Add(new RunValues(run));
        }

        bool IsWanted(PathSummary path) => path.Path.Contains(part, StringComparison.OrdinalIgnoreCase) && (!numeric || path.IsNumeric);
        PathSummary[] paths = [.. survey.Paths.Where(IsWanted)];
        PathLine[] page = [.. paths.Skip(from).Take(most).Select(PathLine.Of)];
        return new Answer(new PathsReport(call.Store.Path, survey.Runs, paths.Length, page.Length, page)
        { EarlierLeftOut = only is null ? filter.EarlierLeftOut : 0 })
        {
            Runs = all,
            IsNegative = paths.Length == 0,
            List = new AnswerList("paths", paths.Length, from),
            Rest = "select_values gives the values at a path.",
        };
    }

    protected override void Write(PathsReport report, Page page)
    {
        page.Grid(TextGrid.Of(
            report.Paths, ("path", p => p.Path), ("in", p => p.Place), ("count", p => Words.Number(p.Count)),
            ("runs", p => Words.Number(p.Runs)), ("types", p => string.Join(", ", p.Types)),
            ("examples", p => string.Join(", ", p.Examples.Select(e => Words.Cut(JsonText.Of(e), LongestExample))))), none: "no values");
        page.Rest(report.Shown, report.Total, "path", "--limit N shows more, --contains TEXT chooses");
    }
}

/// <summary>What runs recorded, by path.</summary>
internal sealed record PathsReport(string Store, int Runs, int Total, int Shown, IReadOnlyList<PathLine> Paths) : RunsReport;

/// <summary>A path: what it belongs to, how many values it has in how many runs, of which types, and the first different ones.</summary>
internal sealed record PathLine(
    string Place, string Path, long Count, int Runs, bool Numeric, IReadOnlyList<string> Types, IReadOnlyList<object?> Examples)
{
    public static PathLine Of(PathSummary path) =>
        new(path.Place, path.Path, path.Count, path.Runs, path.IsNumeric, path.Types, path.Examples);
}
