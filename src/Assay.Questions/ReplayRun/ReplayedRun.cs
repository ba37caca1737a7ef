namespace Assay.Questions;

/// <summary>Finds the replay of a recorded run in the store of the replay.</summary>
internal static class ReplayedRun
{
    /// <summary>Whether a run belongs to no experiment.</summary>
    public static bool IsLone(RunRecord run) => RunMakeup.Print(run, "params") is null;

    /// <returns>Null when the program made no such run.</returns>
    /// <exception cref="AssayException">Several lone runs may be meant.</exception>
    public static RunRecord? Find(Store original, RunRecord run, Store replay)
    {
        Results all = replay.LoadAll();
        if (!IsLone(run))
            return all.FirstOrDefault(r => r.Id == run.Id) ??
                all.FirstOrDefault(r => IsReplay(r, run));
        RunRecord[] named = [.. all.Where(r => r.Experiment == run.Experiment && IsLone(r))];
        RunRecord[] alike = [.. named.Where(r => IsAlike(r, run))];
        if (alike.Length == 1) return alike[0];
        if (alike.Length == 0)
        {
            return named.Length <= 1 ? named.FirstOrDefault() : throw Unclear(run, named, "none of them has the params and metadata of "
                + "the run");
        }

        // A program that starts several alike starts them in the same order again.
        int place = Array.FindIndex([.. Siblings(original, run)], r => r.Id == run.Id);
        return place >= 0 && place < alike.Length ? alike[place] : throw Unclear(run, alike, "all of them have the params and metadata "
            + "of the run");
    }

    private static bool IsReplay(RunRecord other, RunRecord run) => (other.Experiment, other.Version) == (run.Experiment, run.Version)
        && RunMakeup.Print(other, "params") == RunMakeup.Print(run, "params") && RunSeed.Of(other.Seed) == RunSeed.Of(run.Seed);

    /// <summary>Whether two lone runs have the same params and metadata.</summary>
    public static bool IsAlike(RunRecord a, RunRecord b) =>
        JsonText.Of(a.Params) == JsonText.Of(b.Params) && JsonText.Of(a.Metadata) == JsonText.Of(b.Metadata);

    private static IEnumerable<RunRecord> Siblings(Store store, RunRecord run)
    {
        if (run.ReadSession() is not { } own) return [];
        bool IsOfProcess(RunRecord r) => r.ReadSession() is { } other && (other.Host, other.ProcessId) == (own.Host, own.ProcessId);
        return store.Load(run.Experiment, earlier: true).Where(r => IsLone(r) && IsAlike(r, run) && IsOfProcess(r))
            .OrderBy(r => r.StartedAt);
    }

    private static AssayException Unclear(RunRecord run, RunRecord[] candidates, string why) => new(
        $"the program started {candidates.Length} runs called '{run.Experiment}', "
            + $"and which of them stands for run {run.Id} is not clear: {why}. Give each metadata of its own.");
}
