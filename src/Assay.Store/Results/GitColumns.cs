namespace Assay;

/// <summary>
/// Columns for the code of runs, under the names of conditions: <c>git.head_branch</c>, <c>git.head</c>, <c>git.dirty</c> and
/// <c>git.snapshot.commit</c>, each where any run has it.
/// </summary>
internal static class GitColumns
{
    private static readonly ValuePath[] Paths =
        [.. new[] { "head_branch", "head", "dirty", "snapshot.commit" }.Select(ValuePath.Parse)];

    public static Table Add(Table table, Results runs)
    {
        IReadOnlyDictionary<string, object?>[] states = runs.OnColumns(States);
        HashSet<string> taken = [.. table.Columns.Select(c => c.Name)];
        foreach (ValuePath path in Paths)
        {
            var known = new Dictionary<IReadOnlyDictionary<string, object?>, object?>(ReferenceEqualityComparer.Instance);
            var values = new object?[states.Length];
            for (int i = 0; i < values.Length; i++)
            {
                if (!known.TryGetValue(states[i], out object? value)) known.Add(states[i], value = path.Select(states[i]).FirstOrDefault());
                values[i] = value is "" ? null : value;
            }

            string name = PlacedField.Spelling("git", path.ToString());
            while (!taken.Add(name)) name = PlacedField.Spelling("git", name);
            if (Array.Exists(values, v => v is not null)) table = table.With(Column.Of(name, values));
        }

        return table;
    }

    // Runs of a plan have the state of their session, and there may be millions of them.
    private static IReadOnlyDictionary<string, object?>[] States(RunCatalog catalog, int[] rows)
    {
        var states = new IReadOnlyDictionary<string, object?>[rows.Length];
        foreach ((int number, int row, int place) in RowSlices.Rows(catalog, rows))
        {
            RunSegment segment = catalog.Segments[number];
            bool isPlanned = segment.Field(FieldKey.Index)?.Has(row) == true;
            states[place] = isPlanned ? catalog.GitOf(segment.Journals[row], () => { }) : catalog.Record(rows[place]).Git;
        }

        return states;
    }
}
