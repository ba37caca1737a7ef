namespace Assay.Questions;

/// <summary>A list of runs as text: a column for each parameter and metric when all runs are of one experiment, else one for all.</summary>
internal static class RunListText
{
    // Beyond so many columns a table is wider than any terminal, and names beside values read better.
    private const int MostColumns = 10;

    public static void Write(RunList list, Page page)
    {
        if (list.Total == 0)
        {
            page.Line("no runs");
            return;
        }

        if (list.Columns is { } asked) page.Grid(Asked(list, page, asked));
        else page.Grid(Columns(list) is ({ } parameters, { } metrics) ? Wide(list, page, parameters, metrics) : Narrow(list, page));
        if (list.Shown < list.Total)
            page.Line($"{Words.Number(list.Shown)} of {Words.Count(list.Total, "run")}; --limit N or --all shows more.");
    }

    private static TextGrid Asked(RunList list, Page page, IReadOnlyList<string> columns)
    {
        var grid = new TextGrid(["@", "id", .. columns.Select(Printable.Line)]);
        foreach ((int i, RunSummary run) in list.Runs.Index())
            grid.Add([Place(i), page.ShortId(run.RunId), .. columns.Select(c => Words.Value(run.Values!.GetValueOrDefault(c)))]);
        return grid;
    }

    private static (string[]? Params, string[]? Metrics) Columns(RunList list)
    {
        if (list.Runs.DistinctBy(r => r.Experiment).Count() != 1) return (null, null);
        string[] parameters = [
            .. list.Runs.SelectMany(r => JsonObjects.Flatten(r.Params).Select(p => p.Key)).Distinct(StringComparer.Ordinal)];
        string[] metrics = [.. list.Runs.SelectMany(r => r.Metrics.Keys).Distinct(StringComparer.Ordinal)];
        return parameters.Length + metrics.Length <= MostColumns ? (parameters, metrics) : (null, null);
    }

    private static TextGrid Wide(RunList list, Page page, string[] parameters, string[] metrics)
    {
        bool versions = list.Runs.DistinctBy(r => r.Version).Count() > 1;
        var grid = new TextGrid([
            "@", "id", "status", "version", .. parameters.Select(Printable.Line), "replicate", .. metrics
                .Select(Printable.Line), "started (UTC)",
            "duration", "error"]);
        foreach ((int i, RunSummary run) in list.Runs.Index())
        {
            Dictionary<string, object?> values = JsonObjects.Flatten(run.Params).ToDictionary(
                p => p.Key, p => p.Value, StringComparer.Ordinal);
            grid.Add([
                Place(i), page.ShortId(run.RunId), run.Status, versions ? Printable.Line(run.Version) : "",
                .. parameters.Select(p => Words.Value(values.GetValueOrDefault(p))), Words.Value(run.Seed?.Replicate),
                .. metrics.Select(
                    m => Words.Value(run.Metrics.GetValueOrDefault(m))), Words.Time(run.StartedAt), Words.Duration(run.DurationMs),
                Error(run)]);
        }

        return grid.WithoutEmpty("version", "replicate", "error");
    }

    private static TextGrid Narrow(RunList list, Page page)
    {
        var grid = new TextGrid("@", "id", "status", "experiment", "params", "replicate", "metrics", "started (UTC)", "duration", "error");
        foreach ((int i, RunSummary run) in list.Runs.Index())
        {
            grid.Add(
                Place(i), page.ShortId(run.RunId), run.Status, Words.Title(run.Experiment, run.Version), Words.Values(run.Params),
                Words.Value(run.Seed?.Replicate), Words.Values(run.Metrics), Words.Time(run.StartedAt), Words
                    .Duration(run.DurationMs), Error(run));
        }

        return grid.WithoutEmpty("error");
    }

    // What @N means from now on.
    private static string Place(int index) => (index + 1).ToString(System.Globalization.CultureInfo.InvariantCulture);

    private static string Error(RunSummary run) => Printable.Line(run.Error?.Short() ?? "");
}
