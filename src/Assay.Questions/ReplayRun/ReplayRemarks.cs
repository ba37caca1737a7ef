namespace Assay.Questions;

/// <summary>Differences between the program of a run and that of its replay.</summary>
internal static class ReplayRemarks
{
    public static IEnumerable<string> Of(RecordedCode code, RunRecord then, RunRecord now)
    {
        RecordedSession? replayed = now.ReadSession();
        if (ReplayedRun.IsLone(then) && !ReplayedRun.IsAlike(then, now))
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
}
