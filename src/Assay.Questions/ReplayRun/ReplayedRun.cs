namespace Assay.Questions;

/// <summary>Finds the replay of a recorded run in the store of the replay, and tells how the two programs differ.</summary>
internal static class ReplayedRun
{
    /// <summary>Whether a run belongs to no experiment.</summary>
    public static bool IsLone(RunRecord run) => RunMakeup.Print(run, "params") is null;

    /// <returns>Null when the program made no such run.</returns>
    /// <exception cref="AssayException">Several lone runs may be meant.</exception>
    public static RunRecord? Find(Store original, RunRecord run, Store replay)
    {
        Results all = replay.LoadAll(earlier: true);
        if (!IsLone(run)) return all.FirstOrDefault(r => r.Id == run.Id) ?? all.FirstOrDefault(r => IsReplay(r, run));
        RunRecord[] named = [.. all.Where(r => r.Experiment == run.Experiment && IsLone(r))];
        RunRecord[] alike = [.. named.Where(r => IsAlike(r, run))];
        if (alike.Length == 1) return alike[0];
        if (alike.Length == 0)
            return named.Length <= 1
                ? named.FirstOrDefault()
                : throw Unclear(run, named, "none of them has the params and metadata of the run");

        // A program that starts several alike starts them in the same order again.
        int place = Array.FindIndex([.. Siblings(original, run)], r => r.Id == run.Id);
        return place >= 0 && place < alike.Length
            ? alike[place]
            : throw Unclear(run, alike, "all of them have the params and metadata of the run");
    }

    /// <summary>The differences between the two programs, in clauses.</summary>
    public static IEnumerable<string> Remarks(RecordedCode code, RunRecord then, RunRecord now)
    {
        RecordedSession? replayed = now.ReadSession();
        if (IsLone(then) && !IsAlike(then, now))
            yield return $"the only run '{then.Experiment}' that its program started has other params or metadata";
        if (Differs(then, now, "code"))
            yield return "the code that ran now has another fingerprint than recorded, from the same source: "
                + CodeChange.BuildHint(code.Session, replayed);
        if (Differs(then, now, "context"))
            yield return "the context has another fingerprint than recorded: a value in it or the content of a file it names changed";
        if (replayed is null || code.Session is null) yield break;
        (string? before, string? after) = (code.Session.Program?.Configuration, replayed.Program?.Configuration);
        if (!Differs(then, now, "code") && before is not null && after is not null && before != after)
            yield return $"it was built as {before} then, and as {after} now";
        if (code.Session.Runtime != replayed.Runtime) yield return $"it ran on {code.Session.Runtime} then, and on {replayed.Runtime} now";
        if (code.Session.Assay != replayed.Assay) yield return $"it used Assay {code.Session.Assay} then, and {replayed.Assay} now";
    }

    private static bool Differs(RunRecord a, RunRecord b, string print) => RunMakeup.Print(a, print) != RunMakeup.Print(b, print);

    private static bool IsReplay(RunRecord other, RunRecord run) => (other.Experiment, other.Version) == (run.Experiment, run.Version)
        && !Differs(other, run, "params") && RunSeed.Of(other.Seed) == RunSeed.Of(run.Seed);

    private static bool IsAlike(RunRecord a, RunRecord b) =>
        JsonText.Of(a.Params) == JsonText.Of(b.Params) && JsonText.Of(a.Metadata) == JsonText.Of(b.Metadata);

    private static IEnumerable<RunRecord> Siblings(Store store, RunRecord run)
    {
        if (run.ReadSession() is not { } own) return [];
        bool IsOfProcess(RunRecord r) => r.ReadSession() is { } other && (other.Host, other.ProcessId) == (own.Host, own.ProcessId);
        return store.Load(run.Experiment, earlier: true).Where(r => IsLone(r) && IsAlike(r, run) && IsOfProcess(r))
            .OrderBy(r => r.StartedAt);
    }

    private static AssayException Unclear(RunRecord run, RunRecord[] candidates, string why) => new(
        $"the program started {candidates.Length} runs called '{run.Experiment}', and which of them stands for run {run.Id} "
            + $"is not clear: {why}. Give each metadata of its own.");
}
