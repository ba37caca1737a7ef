namespace Assay.Analysis;

/// <summary>Sweeps of evaluations as one table.</summary>
public static class CollationExtensions
{
    private const string Task = "task", Run = "run_id", Replicate = "replicate", Status = "status";
    private static readonly string[] Own = [Run, Replicate, Status, Task];

    /// <summary>
    /// One row for each run and task: <c>run_id</c>, the parameters (or the labels of variables), <c>replicate</c> where runs were
    /// repeated, <c>status</c> where not all succeeded, <c>task</c> where there are tasks, and the metrics.
    /// </summary>
    /// <remarks>
    /// <para>A task is an output row of a run that has a column <c>task</c>; or, in a run without such rows, what stands before the last
    /// slash in the names of its metrics (<c>gsm8k/accuracy</c>). Metrics of the whole run stand in each of its rows. A run without either
    /// has one row.</para>
    /// <para>A nested parameter is called by its last steps, as many as tell it apart from every other column: <c>learning_rate</c> for
    /// <c>submit.hyperparameters.learning_rate</c>. A metric with the name of one of the other columns is called
    /// <c>metric_NAME</c>.</para>
    /// </remarks>
    /// <param name="results">The runs.</param>
    /// <param name="metrics">The metrics, by their exact names without the task. Default: all.</param>
    /// <exception cref="AssayException">
    /// A successful run lacks a metric that is named: all such metrics are listed, with those there are. Or there is no run.
    /// </exception>
    public static Table Collate(this Results results, params IEnumerable<string> metrics)
    {
        ArgumentNullException.ThrowIfNull(results);
        string[] asked = [.. metrics.Distinct(StringComparer.Ordinal)];
        if (results.Count == 0) throw new AssayException("there are no runs to collate; expected some. Load or run them first.");
        CollatedRow[] rows = [.. results.SelectMany(CollatedRow.Of)];
        string[] known = [.. rows.SelectMany(r => r.Metrics.Keys).Distinct(StringComparer.Ordinal)];
        Require(asked, rows, known);
        string[] shown = asked.Length > 0 ? asked : known;
        IReadOnlyDictionary<string, string> names = ShortNames.Of(
            rows.SelectMany(r => r.Given.Keys).Distinct(StringComparer.Ordinal), [.. Own, .. shown.Select(ColumnOf)]);
        bool isRepeated = rows.Any(r => r.Run.Seed is { Replicate: > 0 }), isMixed = rows.Any(r => r.Run.Status != RunStatus.Success);
        bool hasTasks = rows.Any(r => r.Task is not null);
        var table = new TableBuilder();
        foreach (CollatedRow row in rows) table.AddRow(Cells(row));
        return table.Build();

        IEnumerable<KeyValuePair<string, object?>> Cells(CollatedRow row)
        {
            yield return new(Run, row.Run.Id);
            foreach ((string path, string name) in names) yield return new(name, row.Given.GetValueOrDefault(path));
            if (isRepeated) yield return new(Replicate, row.Run.Seed?.Replicate);
            if (isMixed) yield return new(Status, RunStatusText.Text(row.Run.Status));
            if (hasTasks) yield return new(Task, row.Task);
            foreach (string metric in shown) yield return new(ColumnOf(metric), row.Metrics.GetValueOrDefault(metric));
        }
    }

    private static string ColumnOf(string metric) => Own.Contains(metric) ? "metric_" + metric : metric;

    private static void Require(string[] asked, CollatedRow[] rows, string[] known)
    {
        (string Metric, CollatedRow[] Without)[] missing =
        [
            .. asked.Select(m => (m, rows.Where(r => r.Run.Status == RunStatus.Success && !r.Metrics.ContainsKey(m)).ToArray()))
                .Where(m => m.Item2.Length > 0),
        ];
        // A name that is nowhere is a mistake even where no run has succeeded.
        string[] unknown = [.. asked.Except(known, StringComparer.Ordinal).Except(missing.Select(m => m.Metric), StringComparer.Ordinal)];
        if (missing.Length + unknown.Length == 0) return;
        IEnumerable<string> texts = missing.Select(m => $"'{m.Metric}' in {Plural.Of(m.Without.Length, "row")}, the first of "
            + $"{m.Without[0]}").Concat(unknown.Select(m => $"'{m}' in every row"));
        string? misspelt = asked.Except(known, StringComparer.Ordinal).FirstOrDefault();
        string near = misspelt is not null && NearestNames.To(misspelt, known) is [string nearest, ..] ? $" Did you mean '{nearest}'?" : "";
        throw new AssayException($"metrics are missing: {string.Join("; ", texts)}. Expected them in every successful run and task; there "
            + $"are {(known.Length == 0 ? "none" : ValueText.Few([.. known.Select(k => $"'{k}'")], 30))}.{near}");
    }
}

/// <summary>A row of a collation before its columns have names.</summary>
internal sealed record CollatedRow(
    RunRecord Run, IReadOnlyDictionary<string, object?> Given, object? Task, IReadOnlyDictionary<string, object?> Metrics)
{
    private const string TaskColumn = "task";

    public static IEnumerable<CollatedRow> Of(RunRecord run)
    {
        Dictionary<string, object?> given =
            new(run.Labels.Count > 0 ? run.Labels : JsonObjects.Flatten(run.Params), StringComparer.Ordinal);
        IReadOnlyDictionary<string, object?>[] rows = [.. run.Rows.Where(r => r.ContainsKey(TaskColumn))];
        foreach (IReadOnlyDictionary<string, object?> row in rows)
        {
            IEnumerable<KeyValuePair<string, object?>> own = row.Where(v => v.Key != TaskColumn && !given.ContainsKey(v.Key));
            yield return new CollatedRow(run, given, row[TaskColumn], Merged(run.Metrics, own));
        }

        if (rows.Length > 0) yield break;
        ILookup<string?, KeyValuePair<string, object?>> byTask = run.Metrics.ToLookup(m => TaskOf(m.Key));
        string[] tasks = [.. byTask.Select(t => t.Key).OfType<string>()];
        if (tasks.Length == 0) yield return new CollatedRow(run, given, null, run.Metrics);
        foreach (string task in tasks)
        {
            IEnumerable<KeyValuePair<string, object?>> own =
                byTask[task].Select(m => KeyValuePair.Create(m.Key[(task.Length + 1)..], m.Value));
            yield return new CollatedRow(run, given, task, Merged(byTask[null], own));
        }
    }

    public override string ToString() => Task is null ? $"run {Run.Id}" : $"run {Run.Id}, task '{Task}'";

    private static string? TaskOf(string metric) => metric.LastIndexOf('/') is > 0 and var slash ? metric[..slash] : null;

    private static OrderedDictionary<string, object?> Merged(
        IEnumerable<KeyValuePair<string, object?>> ofRun, IEnumerable<KeyValuePair<string, object?>> ofTask)
    {
        var merged = new OrderedDictionary<string, object?>(StringComparer.Ordinal);
        foreach ((string name, object? value) in ofRun.Concat(ofTask)) merged[name] = value;
        return merged;
    }
}
