using System.CommandLine;

namespace Assay.Cli;

/// <summary><c>assay history</c></summary>
internal sealed class HistoryCommand : ToolCommand
{
    private const int DefaultLimit = 50;

    private readonly Argument<string> _run = new("RUN") { Description = RunAddress.Description };
    private readonly Argument<string> _metric = new("METRIC") { Description = "A stepped metric, or a path in tracked values: loss, metrics.acc, layers[].size" };
    private readonly Option<int> _limit = NumberOption.Of("--limit", "The last so many points", 1, DefaultLimit);
    private readonly Option<bool> _all = new("--all") { Description = "All points, however many" };

    public HistoryCommand() : base("history", "Show how a value changed in the course of a run")
    {
        Definition.Add(_run);
        Definition.Add(_metric);
        Definition.Add(_limit);
        Definition.Add(_all);
        AddCommonOptions();
    }

    public override IReadOnlyList<string> Examples => ["assay history latest loss", "assay history best:accuracy metrics.acc --all", "assay history @1 loss --json"];

    protected override int Run(Invocation call)
    {
        RunField field = RunField.Parse(call.Arguments.GetRequiredValue(_metric));
        Store store = call.OpenStore();
        Results all = store.LoadAll();
        RunRecord run = call.Find(store, all, call.Arguments.GetRequiredValue(_run));
        FieldPoint[] points = [.. field.Over(new RunValues(run))];
        if (points.Length == 0) throw KnownNames.UnknownIn(run, field.Name);
        FieldPoint[] shown = call.Arguments.GetValue(_all) ? points : [.. points.TakeLast(call.Arguments.GetValue(_limit))];
        call.Answer(HistoryReport.Of(store, run, field.Name, points, shown), HistoryText.Write);
        call.WarnOfDamage(all);
        return ExitCodes.Success;
    }
}
