using System.Globalization;

namespace Assay.Questions;

internal sealed class RemoveRunsQuestion : Question<Report>
{
    private const int MostListed = 20;

    private static readonly ListParameter Runs = new("runs", "One or more runs. " + RunAddress.Description)
    {
        ToolDescription = "The runs, each by its run_id or at least 8 of its first digits: what latest or best: means may change "
            + "before it is removed",
        ShellName = "RUN",
        IsPositional = true,
        IsRequired = true,
    };

    private static readonly FlagParameter Undo = new(
        "undo", "Restore removed runs, named by the first digits of their ids or @N", on: Shell);
    private static readonly FlagParameter Yes = RunParameters.Yes("Remove without asking");

    public override CommandText Command { get; } = new("rm", "Remove runs from every list; journals stay as they are until gc frees them",
        "assay rm 373b0836", "assay rm @2 @3 --yes", "assay rm --undo 373b0836", "assay rm latest --yes --json");

    public override ToolText Tool => new("remove_runs", "Remove runs",
        "Removes runs from every list and answer. Their journals stay as they are, and 'assay rm --undo' at a shell brings them back "
            + "until 'assay gc' has freed them. Ask the user first.")
    { Destroys = true, IsIdempotent = false };

    public override IReadOnlyList<Parameter> Parameters => [Runs, Undo, Yes];

    public override bool Writes => true;

    internal override Type AnswerType => typeof(RemovalReport);

    public override Answer Ask(QuestionCall call)
    {
        string[] addresses = [.. Runs.Of(call)];
        if (call.IsTool) RequireIds(addresses);
        if (Undo.Of(call)) return new Answer(Restore(call.Store, addresses, call.LastList!));
        Results all = call.Store.LoadAll(earlier: true);
        RunRecord[] runs = [.. addresses.Select(a => call.Find(all, a)).DistinctBy(r => r.Id)];
        call.Store.RequireRemovable(runs);
        var ids = new ShortIds(all.ReadIds());
        string listed = string.Concat(runs.Take(MostListed).Select(RunAddress.Line)) + (runs.Length > MostListed ? "\n  …" : "");
        call.RequireConsent(Yes, $"remove {Words.Count(runs.Length, "run")}", listed, page => WriteRuns(runs, ids, page));
        IReadOnlyList<RemovedRun> removed = call.Store.Remove(runs);
        return new Answer(new RemovalReport(call.Store.Path, removed.Count, [.. removed.Select(RemovalRow.Of)])) { Runs = all };
    }

    private static RestoreReport Restore(Store store, string[] addresses, LastList last)
    {
        IReadOnlyList<RemovedRun> removed = store.Removed();
        IReadOnlyList<RemovedRun> restored = store.Restore(
            [.. addresses.Select(a => RemovedAddress.Find(removed, a, last)).DistinctBy(r => r.Id)]);
        return new RestoreReport(store.Path, restored.Count, [.. restored.Select(RemovalRow.Of)]);
    }

    protected override void Write(Report report, Page page)
    {
        if (report is RestoreReport restored)
        {
            page.Line($"restored {Words.Count(restored.Restored, "run")}: {string.Join(", ", restored.Runs.Select(r => r.RunId))}");
            return;
        }

        var removal = (RemovalReport)report;
        string ids = string.Join(' ', removal.Runs.Take(MostListed).Select(r => r.RunId[..ShortIds.Least]));
        string more = removal.Removed > MostListed ? " …" : "";
        page.Line($"removed {Words.Count(removal.Removed, "run")}; restore with: assay rm --undo {ids}{more}");
        page.Line("'assay gc' frees what they hold; until then nothing is lost.");
    }

    private static void WriteRuns(IReadOnlyList<RunRecord> runs, ShortIds ids, Page page)
    {
        page.Grid(TextGrid.Of(
            runs.Take(MostListed), ("id", r => ids.Of(r.Id)), ("experiment", r => Words.Title(r.Experiment, r.Version)),
            ("status", r => RunStatusText.Text(r.Status)), (page.TimeHeading("started"), r => page.Time(r.StartedAt)),
            ("params", r => Words.Values(r.Params)), ("metrics", r => Words.Values(r.Metrics))));
        if (runs.Count > MostListed) page.Line($"and {Words.Count(runs.Count - MostListed, "run")} more");
    }

    private static void RequireIds(string[] addresses)
    {
        if (addresses.FirstOrDefault(a => !IsId(a)) is { } other)
            throw new AssayException($"'{other}' is no run_id; expected at least {ShortIds.Least} of its 32 hexadecimal digits. "
                + "Take the run_id of a list.");
    }

    private static bool IsId(string text) =>
        text.Length is >= ShortIds.Least and <= 32
            && UInt128.TryParse(text, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out _);
}

/// <summary>Runs that were removed.</summary>
internal sealed record RemovalReport(string Store, int Removed, IReadOnlyList<RemovalRow> Runs) : Report;

/// <summary>Runs that were restored.</summary>
internal sealed record RestoreReport(string Store, int Restored, IReadOnlyList<RemovalRow> Runs) : Report;

/// <summary>A run that was removed or restored.</summary>
internal sealed record RemovalRow(string RunId, string Experiment, DateTimeOffset RemovedAt)
{
    public static RemovalRow Of(RemovedRun run) => new(run.Id, run.Experiment, run.RemovedAt);
}
