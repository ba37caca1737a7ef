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
    /// <param name="by">
    /// Names to group by, as in <see cref="Rank"/>; none to list runs. The same names as <c>--by</c> in the shell.
    /// </param>
    /// <exception cref="AssayException">No run has such a name.</exception>
    public void Display(params string[] by) =>
        Display(Console.Out, Console.IsOutputRedirected ? null : Math.Max(Console.WindowWidth, NarrowestTerminal), by);

    /// <param name="output">Where it is printed.</param>
    /// <param name="width">How many characters fit on a line of the terminal; null for what is no terminal.</param>
    /// <param name="by">As in the public method.</param>
    internal void Display(TextWriter output, int? width, params string[] by)
    {
        ArgumentNullException.ThrowIfNull(by);
        output.WriteLine(Headline());
        if (Earlier.Count is > 0 and int left) output.WriteLine(EarlierRuns.LeftOut(left, "Load(…, earlier: true)"));
        if (Count == 0) return;
        TextTable table = by.Length > 0 ? GroupTable(by) : RunTable();
        foreach (string line in width is { } columns ? table.Lines(columns) : table.Lines()) output.WriteLine(line);
        if (by.Length == 0 && Count > MostRuns)
            output.WriteLine($"… and {Count - MostRuns} more; group them with Display(by: …) or save them all with Save.");
    }

    private string Headline() => Count == 0
        ? "no runs"
        : $"{Plural.Of(Count, "run")}: " + string.Join(", ", CountByStatus().Select(s => $"{s.Value} {RunStatusText.Text(s.Key)}"));

    private TextTable GroupTable(string[] by)
    {
        by = [.. by.Distinct(StringComparer.Ordinal)];
        IReadOnlyList<RunGroup> groups = Stats(by);
        string[] metrics = [.. groups.SelectMany(g => g.Metrics.Keys).Distinct(StringComparer.Ordinal)];

        bool failures = groups.Any(g => g.NotSuccessful > 0);
        string count = by.Concat(metrics).Contains("n", StringComparer.Ordinal) ? "runs" : "n";
        string[] first = failures ? [.. by, count, "not successful"] : [.. by, count];
        var table = new TextTable([.. first, .. metrics], keys: first.Length);
        foreach (RunGroup group in groups)
        {
            var row = group.Key.Values.Select(Text).ToList();
            row.Add(group.Successful.ToString(CultureInfo.InvariantCulture));
            if (failures) row.Add(group.NotSuccessful.ToString(CultureInfo.InvariantCulture));
            row.AddRange(metrics.Select(m => group.Metrics.GetValueOrDefault(m)?.ToString(group.Successful) ?? ""));
            table.Add(row);
        }

        return table;
    }

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
