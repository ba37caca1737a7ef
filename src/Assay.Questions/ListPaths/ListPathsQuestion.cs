namespace Assay.Questions;

internal sealed class ListPathsQuestion : Question<PathsReport>
{
    private static readonly TextParameter Contains = new("contains", "Only paths with this text in them")
    {
        ToolDescription = "Only paths with this text in them, in any casing",
        Placeholder = "TEXT",
    };

    private static readonly FlagParameter Numeric = new("numeric", "Only paths whose values are all numbers");
    private static readonly NumberParameter Examples = new("examples", "The number of different values of each", 0, 10, 3)
    {
        Placeholder = "N",
    };

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
        RunFilter filter = RunParameters.Read(call);
        int from = PageCursor.From(call), most = Limit.Count(call);
        var survey = new PathSurvey(Examples.Count(call));
        string part = Contains.Of(call) ?? "";
        string? only = RunParameters.OnlyRun.Of(call);
        bool numeric = Numeric.Of(call);
        (Results all, Results chosen) = filter.Apply(call.Store);
        IEnumerable<RunRecord> runs = only is null ? chosen : [call.Find(all, only)];
        foreach (RunRecord run in runs)
        {
            call.Cancellation.ThrowIfCancellationRequested();
            survey.Add(new RunValues(run));
        }

        bool IsWanted(PathSummary path) => path.Path.Contains(part, StringComparison.OrdinalIgnoreCase) && (!numeric || path.IsNumeric);
        PathSummary[] paths = [.. survey.Paths.Where(IsWanted)];
        PathLine[] page = [.. paths.Skip(from).Take(most).Select(PathLine.Of)];
        return new Answer(new PathsReport(call.Store.Path, survey.Runs, paths.Length, page.Length, page))
        {
            Runs = all,
            IsNegative = paths.Length == 0,
            List = new AnswerList("paths", paths.Length, from),
            Rest = "select_values gives the values at a path.",
        };
    }

    protected override void Write(PathsReport report, Page page) => PathsText.Write(report, page);
}
