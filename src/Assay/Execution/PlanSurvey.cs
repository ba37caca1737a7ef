namespace Assay;

/// <summary>How the runs of a plan stand in the store before a session.</summary>
internal sealed class PlanSurvey
{
    private readonly Dictionary<Standing, long> _again = [];

    /// <summary>What is known of a run.</summary>
    internal enum Standing
    {
        New,
        Done,
        Interrupted,
        Failed,
        Cancelled,
    }

    /// <summary>Done and not executed, in part by earlier code where that is accepted.</summary>
    public long Done { get; private set; }

    /// <summary>Done and executed again.</summary>
    public long Repeated => _again.GetValueOrDefault(Standing.Done);

    /// <summary>Neither done nor executed: the resume mode excludes them.</summary>
    public long LeftOut { get; private set; }

    public long New => _again.GetValueOrDefault(Standing.New);
    public long Duplicates { get; private set; }
    public long ToRun => _again.Values.Sum();

    /// <summary>Runs to execute that earlier code has finished.</summary>
    public long OfEarlierCode { get; private set; }

    /// <summary>The first runs to execute.</summary>
    public List<(PlannedRun Run, Standing Standing)> First { get; } = [];

    /// <summary>Computes every run of the plan once.</summary>
    public static PlanSurvey Of(Plan plan, KnownRuns known, RunOptions options, int shown = 0)
    {
        var survey = new PlanSurvey();
        var workspace = new RunWorkspace(plan.Files);
        var seen = new HashSet<UInt128>();
        foreach (PlannedRun run in plan.Runs(options, workspace))
        {
            if (!seen.Add(run.Id)) survey.Duplicates++;
            else survey.Add(run, known, options, shown, workspace);
        }

        return survey;
    }

    /// <summary>The summary of a session that goes on, as in <c>154 done before, 2 interrupted made again, 144 to do</c>.</summary>
    public string Text()
    {
        var parts = new List<string>();
        if (Done > 0) parts.Add($"{Done} done before");
        foreach (Standing standing in Enum.GetValues<Standing>().Where(s => s != Standing.New && _again.ContainsKey(s)))
            parts.Add($"{_again[standing]} {standing.ToString().ToLowerInvariant()} made again");
        if (LeftOut > 0) parts.Add($"{LeftOut} left out");
        if (New > 0 || parts.Count == 0) parts.Add($"{New} to do");
        return string.Join(", ", parts);
    }

    private void Add(PlannedRun run, KnownRuns known, RunOptions options, int shown, RunWorkspace workspace)
    {
        known.Table.TryGet(run.Id, out RunTable.Entry entry);
        Standing standing = Of(entry);
        bool isEarlier = standing != Standing.Done && known.AcceptedId(run, workspace) is not null;
        bool isDone = standing == Standing.Done || (isEarlier && options.AcceptEarlierCode);
        if ((isEarlier && options.AcceptEarlierCode) || !Claims.Wanted(entry, options.Resume))
        {
            if (isDone) Done++;
            else LeftOut++;
            return;
        }

        _again[standing] = _again.GetValueOrDefault(standing) + 1;
        if (isEarlier) OfEarlierCode++;
        if (First.Count < shown) First.Add((run, standing));
    }

    private static Standing Of(in RunTable.Entry entry) => entry switch
    {
        { HasSucceeded: true } => Standing.Done,
        { EndedAttempt: > 0, Status: RunStatus.Cancelled } => Standing.Cancelled,
        { EndedAttempt: > 0 } => Standing.Failed,
        { HasBegun: true } => Standing.Interrupted,
        _ => Standing.New,
    };
}
