using System.CommandLine;

namespace Assay.Cli;

/// <summary><c>assay paths</c></summary>
internal sealed class PathsCommand : ToolCommand
{
    private const int DefaultLimit = 100;
    private const int DefaultExamples = 3;

    private readonly RunFilterOptions _filter = new();
    private readonly Option<string?> _run = new("--run") { Description = "Only of this run, addressed as everywhere", HelpName = "RUN" };
    private readonly Option<string?> _contains = new("--contains") { Description = "Only paths with this text in them", HelpName = "TEXT" };
    private readonly Option<bool> _numeric = new("--numeric") { Description = "Only paths whose values are all numbers" };
    private readonly Option<int> _examples = NumberOption.Of("--examples", "So many different values of each", 0, DefaultExamples);
    private readonly Option<int> _limit = NumberOption.Of("--limit", "At most so many paths", 1, DefaultLimit);

    public PathsCommand() : base("paths", "List what runs recorded: every path with count, types and examples")
    {
        _filter.AddTo(Definition);
        foreach (Option option in (Option[])[_run, _contains, _numeric, _examples, _limit]) Definition.Add(option);
        AddCommonOptions();
    }

    public override IReadOnlyList<string> Examples => ["assay paths", "assay paths iris --numeric", "assay paths --run latest --contains loss --json"];

    protected override int Run(Invocation call)
    {
        RunFilter filter = _filter.Read(call);
        Store store = call.OpenStore();
        (Results all, Results chosen) = filter.Apply(store);
        var survey = new PathSurvey(call.Arguments.GetValue(_examples));
        IEnumerable<RunRecord> runs = call.Arguments.GetValue(_run) is { } address ? [call.Find(store, all, address)] : chosen;
        foreach (RunRecord run in runs) survey.Add(new RunValues(run));
        string? part = call.Arguments.GetValue(_contains);
        PathSummary[] paths = [.. survey.Paths.Where(p => (part is null || p.Path.Contains(part, StringComparison.OrdinalIgnoreCase)) && (!call.Arguments.GetValue(_numeric) || p.IsNumeric))];
        PathSummary[] shown = [.. paths.Take(call.Arguments.GetValue(_limit))];
        call.Answer(new PathsReport(store.Path, survey.Runs, paths.Length, shown.Length, [.. shown.Select(PathLine.Of)]), PathsText.Write);
        call.WarnOfDamage(all);
        return paths.Length > 0 ? ExitCodes.Success : ExitCodes.Negative;
    }
}
