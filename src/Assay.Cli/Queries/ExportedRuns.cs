namespace Assay.Cli;

/// <summary>
/// Runs as the table that is exported: that of <see cref="Results.ToTable"/>, and for runs that stand alone, which have little there, their metadata and the last value at each path they tracked,
/// under the names by which questions know them.
/// </summary>
internal static class ExportedRuns
{
    private const string Metadata = "metadata";

    public static Table Table(Results runs, CancellationToken cancellation = default)
    {
        Table table = runs.ToTable();
        HashSet<int> alone = [.. Alone(runs)];
        if (alone.Count == 0) return table;
        TableBuilder metadata = new(), tracked = new();
        for (int i = 0; i < table.RowCount; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            RunRecord? run = alone.Contains(i) ? runs[i] : null;
            metadata.AddRow(run is null ? [] : Members(run.Metadata, ValuePath.Root));
            tracked.AddRow(run is null ? [] : Tracked(new RunValues(run)));
        }

        HashSet<string> taken = [.. table.Columns.Select(c => c.Name)];
        return Assay.Table.FromColumns([.. table.Columns, .. Named(metadata, Metadata, taken), .. Named(tracked, PlacedField.TrackedPlace, taken)]);
    }

    /// <summary>The places of runs that are in no plan. What stands beside the columns of the others is the same for a whole experiment, and there may be millions of them.</summary>
    private static List<int> Alone(Results runs) => runs.OnColumns((catalog, rows) =>
    {
        var alone = new List<int>();
        foreach ((int segment, int from, int to) in RowSlices.Of(catalog, rows))
        {
            FieldColumn? index = catalog.Segments[segment].Field(FieldKey.Index);
            if (index is { IsEverywhere: true }) continue;
            for (int i = from; i < to; i++)
            {
                if (index?.Has(rows[i] - catalog.Bases[segment]) != true) alone.Add(i);
            }
        }

        return alone;
    });

    private static IEnumerable<KeyValuePair<string, object?>> Members(IReadOnlyDictionary<string, object?> values, ValuePath path)
    {
        foreach ((string name, object? value) in values)
        {
            ValuePath inner = path.Then(new PathStep(name));
            if (value is not IReadOnlyDictionary<string, object?> { Count: > 0 } nested) yield return KeyValuePair.Create(PlacedField.Spelling(Metadata, inner.ToString()), RunRow.Cell(value));
            else
            {
                foreach (KeyValuePair<string, object?> member in Members(nested, inner)) yield return member;
            }
        }
    }

    // Lists stay behind: their elements are many values, and whole they may be as large as a picture.
    private static IEnumerable<KeyValuePair<string, object?>> Tracked(RunValues run)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach ((ValuePath path, object? value) in run.Tracked.SelectMany(entry => PlainValue.Leaves(entry.Plain, ValuePath.Root)))
        {
            if (path.IsMany || value is object?[] or IReadOnlyDictionary<string, object?> || !seen.Add(path.ToString())) continue;
            if (FieldSources.LastTracked(run, path) is [var last]) yield return KeyValuePair.Create(PathSurvey.Tracked(path), RunRow.Cell(last));
        }
    }

    private static IEnumerable<Column> Named(TableBuilder builder, string place, HashSet<string> taken)
    {
        foreach (Column column in builder.Build().Columns)
        {
            string name = column.Name;
            while (!taken.Add(name)) name = PlacedField.Spelling(place, name);
            yield return name == column.Name ? column : column.Rename(name);
        }
    }
}
