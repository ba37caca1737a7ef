using System.Globalization;

namespace Assay;

public sealed partial class Results
{
    // Some terminals give 0 as their width.
    private const int MostRuns = 20, NarrowestTerminal = 40;

    /// <summary>
    /// Prints a summary and a table to standard output: the runs themselves (the first 20), or, grouped by parameters or labels, the mean
    /// and the sample standard deviation of every numeric metric over the group's successful runs, with their number. On a terminal the
    /// table is fitted to its width; elsewhere it is plain and whole.
    /// </summary>
    /// <param name="groupBy">Names of parameters, labels or metrics; none to list runs.</param>
    /// <exception cref="AssayException">No run has such a name.</exception>
    public void Display(params string[] groupBy) =>
        Display(Console.Out, Console.IsOutputRedirected ? null : Math.Max(Console.WindowWidth, NarrowestTerminal), groupBy);

    /// <param name="output">Where it is printed.</param>
    /// <param name="width">How many characters fit on a line of the terminal; null for what is no terminal.</param>
    /// <param name="groupBy">As in the public method.</param>
    internal void Display(TextWriter output, int? width, params string[] groupBy)
    {
        ArgumentNullException.ThrowIfNull(groupBy);
        output.WriteLine(Headline());
        if (Count == 0) return;
        TextTable table = groupBy.Length > 0 ? GroupTable(groupBy) : RunTable();
        foreach (string line in width is { } columns ? table.Lines(columns) : table.Lines()) output.WriteLine(line);
        if (groupBy.Length == 0 && Count > MostRuns)
            output.WriteLine($"… and {Count - MostRuns} more; group them with Display(groupBy: …) or save them all with Save.");
    }

    private string Headline() => Count == 0
        ? "no runs"
        : $"{Plural.Of(Count, "run")}: " + string.Join(", ", CountByStatus().Select(s => $"{s.Value} {RunStatusText.Text(s.Key)}"));

    private TextTable GroupTable(string[] groupBy)
    {
        foreach (string name in groupBy) FieldOf(name);
        IReadOnlyList<RunGroup> groups = RunGroup.Of(this, groupBy);
        string[] metrics = [.. groups.SelectMany(g => g.Metrics.Keys).Distinct(StringComparer.Ordinal)];

        bool failures = groups.Any(g => g.NotSuccessful > 0);
        string count = groupBy.Concat(metrics).Contains("n", StringComparer.Ordinal) ? "runs" : "n";
        string[] first = failures ? [.. groupBy, count, "not successful"] : [.. groupBy, count];
        var table = new TextTable([.. first, .. metrics], keys: first.Length);
        foreach (RunGroup group in groups)
        {
            var row = group.Key.Select(Text).ToList();
            row.Add(group.Successful.ToString(CultureInfo.InvariantCulture));
            if (failures) row.Add(group.NotSuccessful.ToString(CultureInfo.InvariantCulture));
            row.AddRange(metrics.Select(m => Cell(group.Metrics.GetValueOrDefault(m), group.Successful)));
            table.Add(row);
        }

        return table;
    }

    // A mean over fewer runs than the row says must not pass for one over all.
    private static string Cell(MetricStatistics? statistics, int runs) => statistics is null || statistics.Count == runs
        ? $"{statistics}"
        : string.Create(CultureInfo.InvariantCulture, $"{statistics} (n={statistics.Count})");

    private TextTable RunTable()
    {
        RunRecord[] runs = [.. this.Take(MostRuns)];
        string[] parameters = [.. runs.SelectMany(r => JsonObjects.Flatten(r.Params).Select(p => p.Key)).Distinct(StringComparer.Ordinal)];
        string[] metrics = [.. runs.SelectMany(r => r.Metrics.Keys).Distinct(StringComparer.Ordinal)];
        var table = new TextTable(["run", "status", .. parameters, "replicate", "duration", .. metrics], keys: 1) { FoldsConstants = true };
        foreach (RunRecord run in runs)
        {
            var values = new Dictionary<string, object?>(JsonObjects.Flatten(run.Params), StringComparer.Ordinal);
            table.Add([.. new[] { run.Id[..8], RunStatusText.Text(run.Status) }
                .Concat(parameters.Select(p => Text(values.GetValueOrDefault(p))))
                .Concat([Text(run.Seed?.Replicate), run.Duration is { } duration ? DurationText.Exact(duration) : ""])
                .Concat(metrics.Select(m => Text(run.Metrics.GetValueOrDefault(m))))]);
        }

        return table;
    }

    private static string Text(object? value) => value switch
    {
        null => "",
        double real => real.ToString("G6", CultureInfo.InvariantCulture),
        bool truth => truth ? "true" : "false",
        string text => text,
        System.Collections.IEnumerable list => PlainJson.Of(list),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "",
    };
}
