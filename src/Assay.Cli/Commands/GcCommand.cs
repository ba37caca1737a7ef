using System.CommandLine;

namespace Assay.Cli;

/// <summary><c>assay gc</c></summary>
internal sealed class GcCommand : ToolCommand
{
    private readonly Option<bool> _dryRun = new("--dry-run") { Description = "Only show what would be freed. Default where nobody can be asked" };
    private readonly Option<bool> _yes = YesOption.Of("Free it without asking");

    private readonly Option<bool> _snapshots = new("--snapshots")
    {
        Description = "Also free snapshots of the code that other stores or copies of this one may share; only for repositories of which none of them needs anything",
    };

    public GcCommand() : base("gc", "Free what removed runs hold and what killed programs left; asks first")
    {
        Definition.Add(_dryRun);
        Definition.Add(_yes);
        Definition.Add(_snapshots);
        AddCommonOptions();
    }

    public override IReadOnlyList<string> Examples => ["assay gc --dry-run", "assay gc --yes", "assay gc --dry-run --json"];

    protected override int Run(Invocation call)
    {
        Store store = call.OpenStore();
        Cleanup plan = store.PlanCleanup(new CleanupOptions { Parts = call.Arguments.GetValue(_snapshots) ? [new SnapshotPart(call.Console.Folder)] : [] });
        bool yes = call.Arguments.GetValue(_yes), dry = call.Arguments.GetValue(_dryRun);
        if (dry && yes) throw new AssayException("--dry-run and --yes are both given; expected one of them.");
        bool isAsked = !dry && !yes && !call.Json && plan.Items.Count > 0 && call.Console.Confirm is not null;
        if (!yes && !isAsked)
        {
            call.Answer(CleanupReport.Of(store, plan), CleanupText.Write);
            return ExitCodes.Success;
        }

        if (isAsked)
        {
            CleanupText.Write(CleanupReport.Of(store, plan), new Page(call.Console));
            if (!call.Console.Confirm!($"Free {Words.Bytes(plan.Bytes)}? It cannot be undone.")) return Declined(call);
        }

        var report = CleanupReport.Of(store, plan, plan.Run());
        call.Answer(report, CleanupText.Write);
        return report.Faults.Count == 0 ? ExitCodes.Success : ExitCodes.Negative;
    }

    private static int Declined(Invocation call)
    {
        call.Console.Complain("nothing was freed.");
        return ExitCodes.Negative;
    }
}
