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
        if (options.AcceptEarlierCode) return;
        foreach ((string code, long count) in known.SuccessesByOtherCode(plan.Identity.Code))
            notices.Warn($"{count} finished {(count == 1 ? "run" : "runs")} of '{plan.Title}' in this store {(count == 1 ? "was" : "were")} made by other code ({Short(code)}) and {(count == 1 ? "is" : "are")} kept apart from this code's ({Short(plan.Identity.Code)}). " +
                         "'assay why RUN' shows what differs; RunOptions.AcceptEarlierCode takes them as finished.");
    }

    public static void AfterRunning(Plan plan, RunCounters counters, FailureWatch failures, Notices notices, StoreLayout layout)
    {
        if (counters.Duplicates > 0)
            notices.Warn($"{counters.Duplicates} of {counters.Total} places in the plan hold the same parameters and seed as an earlier one; each is one run.");
        if (counters.Failed > 0 && failures.First is { } first)
            notices.Warn($"{counters.Failed} {(counters.Failed == 1 ? "run" : "runs")} of '{plan.Title}' failed; the first with {first.Type}: {first.Message.Split('\n')[0].TrimEnd(' ', '.', '\r')}. " +
                         $"Running again tries {(counters.Failed == 1 ? "it" : "them")} again. Store: {layout.Root}");
    }

    public static void Interrupted(Plan plan, RunCounters counters, Notices notices) => notices.Warn(
        $"'{plan.Title}' was stopped: {counters.Done} of {counters.Total} runs are done and kept. Run it again to go on.");

    private static string Short(string code) => code.Length == 0 ? "code not counted" : code[..Math.Min(8, code.Length)];
}
