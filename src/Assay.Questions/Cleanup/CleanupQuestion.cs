namespace Assay.Questions;

internal sealed class CleanupQuestion : Question<CleanupReport>
{
    private static readonly FlagParameter DryRun = new(
        "dry_run", "Only show what would be freed. Default where nobody can be asked", on: Shell);
    private static readonly FlagParameter Yes = RunParameters.Yes("Free it without asking");

    private static readonly FlagParameter Snapshots = new(
        "snapshots",
        "Also free snapshots of the code that other stores or copies of this one may share; only for repositories of which none of "
            + "them needs anything", on: Shell);

    public override CommandText Command { get; } = new(
        "gc", "Free what removed runs hold and what killed programs left; asks first", "assay gc --dry-run", "assay gc --yes",
        "assay gc --dry-run --json");

    public override IReadOnlyList<Parameter> Parameters => [DryRun, Yes, Snapshots];

    public override bool Writes => true;

    public override Answer Ask(QuestionCall call)
    {
        bool yes = Yes.Of(call), dry = DryRun.Of(call);
        Store store = call.Store;
        if (dry && yes) throw new AssayException("--dry-run and --yes are both given; expected one of them.");
        Assay.Cleanup plan = store.PlanCleanup(new CleanupOptions { Parts = Snapshots.Of(call) ? [new SnapshotPart(call.Folder)] : [] });
        var planned = CleanupReport.Of(store, plan);
        if (!yes)
        {
            bool isAsked = !dry && !call.IsJson && plan.Items.Count > 0 && call.Confirm is not null;
            if (!isAsked) return new Answer(planned);
            string question = $"Free {Words.Bytes(plan.Bytes)}? It cannot be undone.";
            if (!call.Confirm!(question, page => CleanupText.Write(planned, page))) throw new DeclinedException("nothing was freed.");
        }

        var report = CleanupReport.Of(store, plan, plan.Run());
        return new Answer(report) { IsNegative = report.Faults.Count > 0 };
    }

    protected override void Write(CleanupReport report, Page page) => CleanupText.Write(report, page);
}
