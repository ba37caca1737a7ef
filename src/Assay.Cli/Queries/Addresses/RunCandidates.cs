namespace Assay.Cli;

/// <summary>Runs as a message lists them, when it is not clear which one is meant.</summary>
internal static class RunCandidates
{
    private const int Most = 10;

    public static string Newest(Results all) => Text(all, Enumerable.Range(0, all.Count).Select(i => all.Count - 1 - i));

    public static string Text(Results all, IEnumerable<int> places)
    {
        int[] some = [.. places.Take(Most + 1)];
        IEnumerable<string> lines = some.Take(Most).Select(p => all[p]).Select(run =>
            $"\n  {run.Id}  {Words.Title(run.Experiment, run.Version)}  {RunStatusText.Text(run.Status)}  {Words.Time(run.StartedAt)}  {Words.Values(run.Params)}".TrimEnd());
        return string.Concat(lines) + (some.Length > Most ? "\n  …" : "");
    }
}
