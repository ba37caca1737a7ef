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
        foreach ((string name, object? value) in run.Labels) row[Free(row, name, "label_")] = Cell(value);
        foreach ((string name, object? value) in run.Metrics) row[Free(row, name, "metric_")] = Cell(value);
        return row;
    }

    public static IEnumerable<KeyValuePair<string, object?>> Overlay(RunRecord run, IReadOnlyDictionary<string, object?> output)
    {
        var row = new OrderedDictionary<string, object?>(StringComparer.Ordinal);
        IEnumerable<KeyValuePair<string, object?>> input = run.Labels.Count > 0 ? run.Labels : JsonObjects.Flatten(run.Params);
        foreach ((string name, object? value) in input.Concat(output)) row[name] = Cell(value);
        return row;
    }

    /// <summary>Names the table itself uses; a metric never takes one, also in a run that has no such column, so that its column is the same for all runs.</summary>
    private static readonly HashSet<string> Reserved = new(StringComparer.Ordinal)
    {
        "run_id", "experiment", "version", "status", "attempt", "seed", "replicate", "started_at", "duration_ms", "tags", "error_kind", "error_type", "error_message",
    };

    private static string Free(OrderedDictionary<string, object?> row, string name, string prefix) =>
        Reserved.Contains(name) || name.StartsWith("param_", StringComparison.Ordinal) || row.ContainsKey(name) ? prefix + name : name;

    // Lists and dictionaries stand in a cell as JSON.
    private static object? Cell(object? value) =>
        value is IEnumerable and not string ? System.Text.Json.JsonSerializer.SerializeToElement(value, DataForm.Options) : value;
}
