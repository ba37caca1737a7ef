namespace Assay.Questions;

/// <summary>Runs as a message lists them, when it is not clear which one is meant.</summary>
internal static class RunCandidates
{
    private const int Most = 10;

    public static string Newest(Results all) => Text(all, Enumerable.Range(0, all.Count).Select(i => all.Count - 1 - i));

    public static string Text(Results all, IEnumerable<int> places)
    {
        int[] some = [.. places.Take(Most + 1)];
        return string.Concat(some.Take(Most).Select(p => Line(all[p]))) + (some.Length > Most ? "\n  …" : "");
    }

    /// <summary>A run as a line of its own, which begins with the line end.</summary>
    public static string Line(RunRecord run)
    {
        string state = $"{RunStatusText.Text(run.Status)}  {Words.Time(run.StartedAt)}";
        return $"\n  {run.Id}  {Words.Title(run.Experiment, run.Version)}  {state}  {Words.Values(run.Params)}".TrimEnd();
    }
}
