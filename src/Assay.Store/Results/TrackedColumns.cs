namespace Assay;

/// <summary>Columns for lone runs: their metadata and the last value at each path they tracked, by names for conditions.</summary>
internal static class TrackedColumns
{
    private const string Metadata = "metadata";

    public static Table Add(Table table, Results runs, CancellationToken cancellationToken)
    {
        HashSet<int> alone = [.. Alone(runs)];
        if (alone.Count == 0) return table;
        TableBuilder metadata = new(), tracked = new();
        for (int i = 0; i < table.RowCount; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            RunRecord? run = alone.Contains(i) ? runs[i] : null;
            metadata.AddRow(run is null ? [] : Members(run.Metadata, ValuePath.Root));
            tracked.AddRow(run is null ? [] : Tracked(new RunValues(run)));
        }

        HashSet<string> taken = [.. table.Columns.Select(c => c.Name)];
        return Table.FromColumns(
            [.. table.Columns, .. Named(metadata, Metadata, taken), .. Named(tracked, PlacedField.TrackedPlace, taken)]);
    }

    // The places of runs that are in no plan. The metadata of the others is the same for a whole experiment, and there may be millions.
    private static List<int> Alone(Results runs) => runs.OnColumns((catalog, rows) =>
    {
        var alone = new List<int>();
        foreach ((int segment, int from, int to) in RowSlices.Of(catalog, rows))
        {
            FieldColumn? index = catalog.Segments[segment].Field(FieldKey.Index);
            if (index is { IsEverywhere: true }) continue;
            for (int i = from; i < to; i++)
                if (index?.Has(rows[i] - catalog.Bases[segment]) != true) alone.Add(i);
        }

        return alone;
    });

    private static IEnumerable<KeyValuePair<string, object?>> Members(IReadOnlyDictionary<string, object?> values, ValuePath path) =>
        values.SelectMany(member =>
        {
            ValuePath inner = path.Then(new PathStep(member.Key));
            return member.Value is IReadOnlyDictionary<string, object?> { Count: > 0 } nested
                ? Members(nested, inner)
                : [KeyValuePair.Create(PlacedField.Spelling(Metadata, inner.ToString()), RunRow.Cell(member.Value))];
        });

    // Lists stay behind: their elements are many values, and whole they may be as large as a picture.
    private static IEnumerable<KeyValuePair<string, object?>> Tracked(RunValues run)
    {
        // Each entry is looked at once: a program may track thousands of paths, each of them in an entry of its own.
        var last = new OrderedDictionary<string, LastAt>(StringComparer.Ordinal);
        foreach ((ValuePath path, object? value) in run.Tracked.SelectMany(entry => Nodes(entry.Plain, ValuePath.Root)))
        {
            string name = path.ToString();
            bool isValue = value is not (object?[] or IReadOnlyDictionary<string, object?>);
            last[name] = new LastAt(path, value, isValue || (last.TryGetValue(name, out LastAt before) && before.HasValues));
        }

        Dictionary<string, int> alike = last.Keys.GroupBy(PathStep.Normalise).ToDictionary(g => g.Key, g => g.Count());
        foreach ((string name, LastAt at) in last.Where(l => l.Value.HasValues))
        {
            // Names that differ by casing alone stand for each other where only one of them is there.
            object? value = alike[PathStep.Normalise(name)] == 1 ? at.Value : FieldSources.LastTracked(run, at.Path)![0];
            yield return KeyValuePair.Create(PathSurvey.Tracked(at.Path), RunRow.Cell(value));
        }
    }

    /// <summary>A value and all that its members hold, lists as a whole.</summary>
    private static IEnumerable<(ValuePath Path, object? Value)> Nodes(object? value, ValuePath path) =>
        value is IReadOnlyDictionary<string, object?> named
        ? named.SelectMany(n => Nodes(n.Value, path.Then(new PathStep(n.Key)))).Prepend((path, value))
        : [(path, value)];

    private readonly record struct LastAt(ValuePath Path, object? Value, bool HasValues);

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
