using RunColumn = (string Heading, System.Func<Assay.Questions.RunSummary, string?> Cell);

namespace Assay.Questions;

/// <summary>A list of runs as text: a column for each parameter and metric when all runs are of one experiment, else one for all.</summary>
internal static class RunListText
{
    // A table with more columns is wider than any terminal, and names beside values read better.
    private const int MostColumns = 10;

    public static void Write(RunList list, Page page)
    {
        if (list.Total == 0)
        {
            page.Line("no runs");
            return;
        }

        // The place is what @N means from now on.
        var places = new Dictionary<RunSummary, int>(ReferenceEqualityComparer.Instance);
        foreach ((int i, RunSummary run) in list.Runs.Index()) places[run] = i + 1;
        RunColumn[] first = [("@", r => Words.Value(places[r])), ("id", r => page.ShortId(r.RunId))];
        page.Grid(list.Columns is { } asked ? TextGrid.Of(list.Runs, [.. first, .. asked.Select(Asked)]) : Usual(list, first));
        page.Rest(list.Shown, list.Total, "run");
    }

    private static RunColumn Asked(string name) => (name, r => Words.Value(r.Values!.GetValueOrDefault(name)));

    private static TextGrid Usual(RunList list, RunColumn[] first)
    {
        bool versions = list.Runs.DistinctBy(r => r.Version).Count() > 1;
        RunColumn status = ("status", r => r.Status), replicate = ("replicate", r => Words.Value(r.Seed?.Replicate));
        RunColumn[] last =
        [
            ("started (UTC)", r => Words.Time(r.StartedAt)), ("duration", r => Words.Duration(r.DurationMs)),
            ("error", r => r.Error?.Short()),
        ];
        return Named(list) is ({ } parameters, { } metrics)
            ? TextGrid.Of(list.Runs, [
                .. first, status, ("version", r => versions ? r.Version : ""), .. parameters, replicate, .. metrics, .. last])
                .WithoutEmpty("version", "replicate", "error")
            : TextGrid.Of(list.Runs, [
                .. first, status, ("experiment", r => Words.Title(r.Experiment, r.Version)), ("params", r => Words.Values(r.Params)),
                replicate, ("metrics", r => Words.Values(r.Metrics)), .. last]).WithoutEmpty("error");
    }

    // A column for each parameter and metric; null when the runs are of several experiments, or the columns are too many.
    private static (RunColumn[]? Params, RunColumn[]? Metrics) Named(RunList list)
    {
        if (list.Runs.DistinctBy(r => r.Experiment).Count() != 1) return (null, null);
        Dictionary<string, Dictionary<string, object?>> flat = list.Runs.DistinctBy(r => r.RunId).ToDictionary(
            r => r.RunId, r => JsonObjects.Flatten(r.Params).ToDictionary(p => p.Key, p => p.Value, StringComparer.Ordinal));
        RunColumn[] parameters = [.. list.Runs.SelectMany(r => flat[r.RunId].Keys).Distinct(StringComparer.Ordinal)
            .Select(name => (RunColumn)(name, r => Words.Value(flat[r.RunId].GetValueOrDefault(name))))];
        RunColumn[] metrics = [.. list.Runs.SelectMany(r => r.Metrics.Keys).Distinct(StringComparer.Ordinal)
            .Select(name => (RunColumn)(name, r => Words.Value(r.Metrics.GetValueOrDefault(name))))];
        return parameters.Length + metrics.Length <= MostColumns ? (parameters, metrics) : (null, null);
    }
}
