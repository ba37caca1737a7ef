using System.Collections.Concurrent;

namespace Assay;

/// <summary>The lone runs that have not been disposed. Those that are left when the process ends in order are ended then.</summary>
internal static class UndisposedRuns
{
    private static readonly ConcurrentDictionary<Run, string> Open = new();

    public static void Add(Run run) => Open[run] = run.Name;

    public static void Remove(Run run) => Open.TryRemove(run, out _);

    /// <summary>Ends them, with the exit code of the process as their outcome, and warns once.</summary>
    public static void End()
    {
        RunError? error = Environment.ExitCode == 0 ? null
            : new RunError("exception", "", $"the program ended with exit code {Environment.ExitCode}", null);
        Run[] ended = [.. Open.Keys.Where(run => TryEnd(run, error))];
        if (ended.Length == 0) return;
        string which = ended.Length == 1 ? $"run '{ended[0].Name}' was not disposed before the program ended, and is"
            : $"{Plural.Of(ended.Length, "run")} of names such as '{ended[0].Name}' were not disposed before the program ended, and are";
        Notices.ToStandardError().Warn($"{which} ended now, as {(error is null ? "a success" : "failed")}; a process that is killed would "
            + "have lost the metrics. Dispose it: using Run run = Run.Start(NAME);");
    }

    private static bool TryEnd(Run run, RunError? error)
    {
        try
        {
            return run.End(error);
        }
        catch (Exception fault) when (fault is StoreException or ObjectDisposedException)
        {
            Notices.ToStandardError().Warn(fault.Message);
            return false;
        }
    }
}
