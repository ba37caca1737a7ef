using System.CommandLine;

namespace Assay.Cli;

/// <summary><c>assay select</c></summary>
internal sealed class SelectCommand : ToolCommand
{
    private const int DefaultLimit = 50;

    private readonly Argument<string> _path = new("PATH") { Description = "The values: params.lr, accuracy, layers[].size; 'assay paths' lists what there is" };
    private readonly RunFilterOptions _filter = new();
    private readonly Option<string?> _run = new("--run") { Description = "Only of this run, addressed as everywhere", HelpName = "RUN" };
    private readonly Option<bool> _distinct = new("--distinct") { Description = "Every different value once, with the number of runs that have it" };
    private readonly Option<bool> _last = new("--last") { Description = "Of each run only the last value" };
    private readonly Option<int> _limit = NumberOption.Of("--limit", "At most so many values", 1, DefaultLimit);
    private readonly Option<bool> _all = new("--all") { Description = "All values, however many" };

    public SelectCommand() : base("select", "Show the values at a path, each with its run and where it stands")
    {
        Definition.Add(_path);
        _filter.AddTo(Definition);
        foreach (Option option in (Option[])[_run, _distinct, _last, _limit, _all]) Definition.Add(option);
        AddCommonOptions();
    }

    public override IReadOnlyList<string> Examples =>
        ["assay select params.lr --where \"accuracy > 0.9\" --distinct", "assay select metrics.acc --run latest", "assay select layers[].size iris --all --json"];

    protected override int Run(Invocation call)
    {
        RunFilter filter = _filter.Read(call);
        RunField field = RunField.Parse(call.Arguments.GetRequiredValue(_path));
        Store store = call.OpenStore();
        (Results all, Results chosen) = filter.Apply(store);
        KnownNames.Require(all, field);
        IReadOnlyList<RunRecord> runs = call.Arguments.GetValue(_run) is { } address ? [call.Find(store, all, address)] : chosen;
        bool distinct = call.Arguments.GetValue(_distinct);
        var selection = new Selection(field, runs, onlyLast: distinct || call.Arguments.GetValue(_last));
        int limit = call.Arguments.GetValue(_all) ? int.MaxValue : call.Arguments.GetValue(_limit);
        var report = SelectReport.Of(store, field.Name, selection, distinct, limit);
        var ids = new ShortIds(all.Ids);
        call.Answer(report, (answer, page) => SelectText.Write(answer, ids, page));
        call.WarnOfDamage(all);
        return report.Total > 0 ? ExitCodes.Success : ExitCodes.Negative;
    }
}
