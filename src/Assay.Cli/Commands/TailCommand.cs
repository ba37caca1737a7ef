using System.CommandLine;
using System.Runtime.InteropServices;

namespace Assay.Cli;

/// <summary><c>assay tail</c></summary>
internal sealed class TailCommand : ToolCommand
{
    private const int DefaultLines = 10;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);

    private readonly Argument<string?> _run = new("RUN") { Description = "Only this run, and end with it. " + RunAddress.Description, Arity = ArgumentArity.ZeroOrOne };
    private readonly Option<string?> _experiment = new("--experiment") { Description = "Only runs of this experiment", HelpName = "NAME" };
    private readonly Option<int> _lines = NumberOption.Of("--lines", "Begin with the last so many events", 0, DefaultLines);
    private readonly Option<bool> _once = new("--once") { Description = "Tell what there is and end, for scripts. Default: go on until interrupted" };

    public TailCommand() : base("tail", "Follow live runs: what they record, and how they end")
    {
        Definition.Add(_run);
        Definition.Add(_experiment);
        Definition.Add(_lines);
        Definition.Add(_once);
        AddCommonOptions();
    }

    public override IReadOnlyList<string> Examples => ["assay tail", "assay tail latest", "assay tail --experiment iris --lines 100 --once --json"];

    protected override int Run(Invocation call)
    {
        Store store = call.OpenStore();
        Results all = store.LoadAll();
        string? run = call.Arguments.GetValue(_run) is { } address ? call.Find(store, all, address).Id : null;
        string? experiment = call.Arguments.GetValue(_experiment);
        var live = new LiveStore(store, call.Console.Clock, e => (run is null || e.RunId == run) && (experiment is null || e.Experiment == experiment));
        LiveEvents before = live.Look(call.Arguments.GetValue(_lines));
        var report = new TailReport(store.Path, live.Running, before.Total, before.Kept.Count, before.Kept);
        var ids = new ShortIds(all.Ids);
        if (call.Arguments.GetValue(_once))
        {
            call.Answer(report, (tail, page) => TailText.Write(tail, ids, page));
            call.WarnOfDamage(all);
            return before.Total > 0 ? ExitCodes.Success : ExitCodes.Negative;
        }

        call.WarnOfDamage(all);
        var page = new Page(call.Console);
        TailText.Tell(report.Events, ids, call, page);
        if (run is null || live.IsOpen(run)) Follow(live, run, ids, call, page);
        return ExitCodes.Success;
    }

    private static void Follow(LiveStore live, string? run, ShortIds ids, Invocation call, Page page)
    {
        using var stop = new ManualResetEvent(initialState: false);
        void Stop(PosixSignalContext signal)
        {
            signal.Cancel = true;
            stop.Set();
        }

        // An interrupt is how following ends, not a fault: what was told is flushed, and the exit code is that of success.
        using PosixSignalRegistration interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop), terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
        do
        {
            TailText.Tell(live.Look().Kept, ids, call, page);
        }
        while ((run is null || live.IsOpen(run)) && !stop.WaitOne(Pause));
    }
}
