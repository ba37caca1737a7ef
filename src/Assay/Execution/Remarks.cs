namespace Assay;

/// <summary>The messages before and after the runs of an experiment.</summary>
internal static class Remarks
{
    public static void BeforeRunning(Plan plan, KnownRuns known, Notices notices, RunOptions options)
    {
        foreach (string note in plan.Notes) notices.Warn(note);
        if (plan.Code.Captured.Count > 0)
            notices.Warn($"the operation captures {string.Join(", ", plan.Code.Captured.Select(c => $"'{c}'"))}, which is not part of a "
                + "run's identity: a change of it would not be noticed. Pass it as context: Experiment.Create(name, version, context, "
                + "(Params p, Context context, RunContext run) => …).");
        foreach (JournalDamage damage in LineNumbers.Of(known.Damage.Where(d => !d.Torn)))
            notices.Warn($"{damage.File}, line {damage.Line}, byte {damage.Offset}: {damage.Reason}. The line is skipped; 'assay doctor' "
                + "lists all damage.");
        // These warnings appear only until the new code or context has succeeded once.
        if (options.AcceptEarlierCode || known.HasSuccess(plan.Identity)) return;
        (long otherCode, long otherContext) = known.SuccessesKeptApart(plan.Identity);
        if (otherCode > 0)
            notices.Warn($"{KeptApart(otherCode, "by other code")} 'assay why RUN' shows what differs; RunOptions.AcceptEarlierCode takes "
                + "them as finished.");
        if (otherContext > 0)
            notices.Warn($"{KeptApart(otherContext, "by this code with another context")} 'assay why RUN' shows what differs.");

        string KeptApart(long count, string maker) => $"{Plural.Of(count, "finished run")} of '{plan.Title}' in this store "
            + $"{Plural.Form(count, "was", "were")} made {maker} and {Plural.Form(count, "is", "are")} kept apart.";
    }

    public static void AfterRunning(Plan plan, RunCounters counters, FailureWatch failures, Notices notices, StorageBackend storage)
    {
        if (counters.Duplicates > 0)
            notices.Warn($"{counters.Duplicates} of {counters.Total} places in the plan hold the same parameters and seed as an earlier "
                + "one; each is one run.");
        if (counters.Failed > 0 && failures.First is { } first)
            notices.Warn($"{Plural.Of(counters.Failed, "run")} of '{plan.Title}' failed; the first with {first.Type}: "
                + $"{ExceptionText.Sentence(first.Message)} Running again tries {Plural.Form(counters.Failed, "it", "them")} again. "
                + $"Store: {storage.Address}");
    }

    public static void Interrupted(Plan plan, RunCounters counters, Notices notices) => notices.Warn(
        $"'{plan.Title}' was stopped: {counters.Succeeded + counters.Skipped} of {counters.Total} runs have succeeded and are kept. "
        + "Run it again to go on.");
}
