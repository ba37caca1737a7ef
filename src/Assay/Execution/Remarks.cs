namespace Assay;

/// <summary>What is said before and after running, beside the progress.</summary>
internal static class Remarks
{
    public static void BeforeRunning(Plan plan, KnownRuns known, Notices notices, RunOptions options)
    {
        foreach (string note in plan.Notes) notices.Warn(note);
        if (plan.Code.Captured.Count > 0)
            notices.Warn($"the operation captures {string.Join(", ", plan.Code.Captured.Select(c => $"'{c}'"))}, which is not part of a run's identity: " +
                         "a change of it would not be noticed. Pass it as context: Experiment.Create(name, version, context, (Params p, Context context, RunContext run) => …).");
        foreach (JournalDamage damage in LineNumbers.Of(known.Damage.Where(d => !d.Torn)))
            notices.Warn($"{damage.File}, line {damage.Line}, byte {damage.Offset}: {damage.Reason}. The line is skipped; 'assay doctor' lists all damage.");
        // Said once, when new code or a new context first runs, and not for ever.
        if (options.AcceptEarlierCode || known.HasSuccess(plan.Identity)) return;
        (long otherCode, long otherContext) = known.SuccessesKeptApart(plan.Identity);
        if (otherCode > 0)
            notices.Warn($"{Runs(otherCode)} of '{plan.Title}' in this store {(otherCode == 1 ? "was" : "were")} made by other code and {(otherCode == 1 ? "is" : "are")} kept apart. " +
                         "'assay why RUN' shows what differs; RunOptions.AcceptEarlierCode takes them as finished.");
        if (otherContext > 0)
            notices.Warn($"{Runs(otherContext)} of '{plan.Title}' in this store {(otherContext == 1 ? "was" : "were")} made by this code with another context and {(otherContext == 1 ? "is" : "are")} kept apart. 'assay why RUN' shows what differs.");
    }

    public static void AfterRunning(Plan plan, RunCounters counters, FailureWatch failures, Notices notices, StorageBackend storage)
    {
        if (counters.Duplicates > 0)
            notices.Warn($"{counters.Duplicates} of {counters.Total} places in the plan hold the same parameters and seed as an earlier one; each is one run.");
        if (counters.Failed > 0 && failures.First is { } first)
            notices.Warn($"{counters.Failed} {(counters.Failed == 1 ? "run" : "runs")} of '{plan.Title}' failed; the first with {first.Type}: {ExceptionText.Sentence(first.Message)} " +
                         $"Running again tries {(counters.Failed == 1 ? "it" : "them")} again. Store: {storage.Address}");
    }

    public static void Interrupted(Plan plan, RunCounters counters, Notices notices) => notices.Warn(
        $"'{plan.Title}' was stopped: {counters.Succeeded + counters.Skipped} of {counters.Total} runs have succeeded and are kept. Run it again to go on.");

    private static string Runs(long count) => count == 1 ? "1 finished run" : $"{count} finished runs";
}
