using System.Collections;

namespace Assay;

/// <summary>A run as a row of a table.</summary>
internal static class RunRow
{
    /// <summary>The name of a field's column before <see cref="Named"/>.</summary>
    public static string ColumnName(FieldKey key) => key.Place switch
    {
        FieldPlace.Param => "param_" + key.Name,
        FieldPlace.Label => LabelMark + key.Name,
        FieldPlace.Metric => MetricMark + key.Name,
        _ => key.Name,
    };

    /// <param name="run">The run the row is of.</param>
    /// <param name="output">The row's own columns, which overlay the run's input.</param>
    /// <param name="replicate">Whether rows of several replicates are in the table and need a column.</param>
    /// <param name="status">Whether rows of runs that did not succeed are in the table.</param>
    public static IEnumerable<KeyValuePair<string, object?>> Overlay(
        RunRecord run, IReadOnlyDictionary<string, object?> output, bool replicate, bool status)
    {
        var row = new OrderedDictionary<string, object?>(StringComparer.Ordinal);
        IEnumerable<KeyValuePair<string, object?>> input = run.Labels.Count > 0 ? run.Labels : JsonObjects.Flatten(run.Params);
        foreach ((string name, object? value) in input) row[name] = Cell(value);
        if (replicate) row.TryAdd("replicate", run.Seed?.Replicate);
        if (status) row.TryAdd("status", RunStatusText.Text(run.Status));
        foreach ((string name, object? value) in output) row[name] = Cell(value);
        return row;
    }

    /// <summary>
    /// Gives labels and metrics their final names: their own, or with a prefix where another column has that name. Decided once for the
    /// whole table, so that a column means the same in every row.
    /// </summary>
    public static Table Named(Table table)
    {
        Column[] columns = [.. table.Columns];
        var taken = new HashSet<string>(Reserved, StringComparer.Ordinal);
        taken.UnionWith(columns.Select(c => c.Name).Where(n => n[0] is not (LabelMark or MetricMark)));
        foreach (char mark in (ReadOnlySpan<char>)[LabelMark, MetricMark])
        {
            // Plain names first: a metric that is really called metric_x keeps its name, and another x gives way to it.
            int[] places = [.. Enumerable.Range(0, columns.Length).Where(i => columns[i].Name[0] == mark)];
            foreach (int place in places.OrderBy(i => taken.Contains(columns[i].Name[1..])).ToArray())
            {
                string name = columns[place].Name[1..];
                while (!taken.Add(name)) name = (mark == LabelMark ? "label_" : "metric_") + name;
                columns[place] = columns[place].Rename(name);
            }
        }

        return Table.FromColumns(columns);
    }

    // Stand before names while a table is built; no name a user can read begins like this.
    private const char LabelMark = '\u0001';
    private const char MetricMark = '\u0002';

    /// <summary>
    /// Names the table itself uses, also in a table that has no such column, so that a metric is called the same in every table.
    /// </summary>
    private static readonly HashSet<string> Reserved = new(StringComparer.Ordinal)
    {
        "run_id", "experiment", "version", "code", "context", "status", "attempt", "seed", "replicate", "started_at", "duration_ms", "tags",
        "error_kind", "error_type", "error_message",
    };

    /// <summary>A value as it stands in a cell: lists and dictionaries as JSON.</summary>
    public static object? Cell(object? value) =>
        value is IEnumerable and not string ? DataForm.Plain(value) : value;
}
