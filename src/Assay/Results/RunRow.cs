using System.Collections;

namespace Assay;

/// <summary>A run as a row of a table.</summary>
internal static class RunRow
{
    public static IEnumerable<KeyValuePair<string, object?>> Of(RunRecord run)
    {
        var row = new OrderedDictionary<string, object?>(StringComparer.Ordinal)
        {
            ["run_id"] = run.Id,
            ["experiment"] = run.Experiment,
            ["version"] = run.Version,
            ["code"] = Short(run, "code"),
            ["context"] = Short(run, "context"),
            ["status"] = RunStatusText.Text(run.Status),
            ["attempt"] = run.Attempt,
            ["seed"] = run.Seed?.Base,
            ["replicate"] = run.Seed?.Replicate,
            ["started_at"] = run.StartedAt,
            ["duration_ms"] = run.Duration?.TotalMilliseconds,
        };
        if (run.Tags.Count > 0) row["tags"] = string.Join(',', run.Tags);
        if (run.Error is { } error)
        {
            row["error_kind"] = error.Kind;
            row["error_type"] = error.Type;
            row["error_message"] = error.Message;
        }

        foreach ((string name, object? value) in JsonObjects.Flatten(run.Params)) row["param_" + name] = Cell(value);
        foreach ((string name, object? value) in run.Labels) row[LabelMark + name] = Cell(value);
        foreach ((string name, object? value) in run.Metrics) row[MetricMark + name] = Cell(value);
        return row;
    }

    /// <param name="run">The run the row is of.</param>
    /// <param name="output">The row's own columns, which overlay the run's input.</param>
    /// <param name="replicate">Whether rows of several replicates stand in the table and must be told apart.</param>
    public static IEnumerable<KeyValuePair<string, object?>> Overlay(RunRecord run, IReadOnlyDictionary<string, object?> output, bool replicate)
    {
        var row = new OrderedDictionary<string, object?>(StringComparer.Ordinal);
        IEnumerable<KeyValuePair<string, object?>> input = run.Labels.Count > 0 ? run.Labels : JsonObjects.Flatten(run.Params);
        foreach ((string name, object? value) in input) row[name] = Cell(value);
        if (replicate) row.TryAdd("replicate", run.Seed?.Replicate);
        foreach ((string name, object? value) in output) row[name] = Cell(value);
        return row;
    }

    /// <summary>
    /// Gives labels and metrics their final names: their own, or with a prefix where another column has that name. Decided once for the whole table, so that a
    /// column means the same in every row.
    /// </summary>
    public static Table Named(Table table)
    {
        var taken = new HashSet<string>(Reserved, StringComparer.Ordinal);
        taken.UnionWith(table.Columns.Select(c => c.Name).Where(n => n[0] is not (LabelMark or MetricMark)));
        foreach (char mark in (ReadOnlySpan<char>)[LabelMark, MetricMark])
        {
            // Plain names first: a metric that is really called metric_x keeps its name, and another x gives way to it.
            foreach (Column column in table.Columns.Where(c => c.Name[0] == mark).OrderBy(c => taken.Contains(c.Name[1..])).ToArray())
            {
                string name = column.Name[1..];
                while (!taken.Add(name)) name = (mark == LabelMark ? "label_" : "metric_") + name;
                table = table.Rename(column.Name, name);
            }
        }

        return table;
    }

    // Stand before names while a table is built; no name a user can read begins like this.
    private const char LabelMark = '\u0001';
    private const char MetricMark = '\u0002';

    /// <summary>Names the table itself uses, also in a table that has no such column, so that a metric is called the same in every table.</summary>
    private static readonly HashSet<string> Reserved = new(StringComparer.Ordinal)
    {
        "run_id", "experiment", "version", "code", "context", "status", "attempt", "seed", "replicate", "started_at", "duration_ms", "tags", "error_kind", "error_type", "error_message",
    };

    // Eight digits tell the few fingerprints of an experiment apart, and fit into a column.
    private static string? Short(RunRecord run, string fingerprint) =>
        run.Fingerprints.GetValueOrDefault(fingerprint) is string { Length: >= 8 } hex ? hex[..8] : null;

    // Lists and dictionaries stand in a cell as JSON.
    private static object? Cell(object? value) =>
        value is IEnumerable and not string ? System.Text.Json.JsonSerializer.SerializeToElement(value, DataForm.Options) : value;
}
