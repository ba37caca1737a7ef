namespace Assay;

/// <summary>The table of <see cref="Results.Rows"/>.</summary>
internal static class OutputRows
{
    // Stand before the names of a run's own columns while the table is built; no name a user can read begins like this.
    private const char GivenMark = '\u0001';
    private const char FactMark = '\u0002';

    public static Table Of(Results runs)
    {
        var builder = new TableBuilder();
        var labels = new HashSet<string>(StringComparer.Ordinal);
        bool isRepeated = runs.Any(r => r.Seed is { Replicate: > 0 });
        bool isMixed = runs.CountByStatus().Keys.Any(s => s != RunStatus.Success);
        foreach (RunRecord run in runs)
        {
            IReadOnlyList<IReadOnlyDictionary<string, object?>> rows = run.Rows;
            if (rows.Count == 0) continue;
            labels.UnionWith(run.Labels.Keys);
            KeyValuePair<string, object?>[] own = [.. Own(run, isRepeated, isMixed)];
            foreach (IReadOnlyDictionary<string, object?> row in rows)
                builder.AddRow(own.Concat(row.Select(c => KeyValuePair.Create(c.Key, RunRow.Cell(c.Value)))));
        }

        return Named([.. builder.Build().Columns], labels);
    }

    private static IEnumerable<KeyValuePair<string, object?>> Own(RunRecord run, bool isRepeated, bool isMixed)
    {
        IEnumerable<KeyValuePair<string, object?>> given = run.Labels.Count > 0 ? run.Labels : JsonObjects.Flatten(run.Params);
        foreach ((string name, object? value) in given) yield return new(GivenMark + name, RunRow.Cell(value));
        if (isRepeated) yield return new(FactMark + "replicate", run.Seed?.Replicate);
        if (isMixed) yield return new(FactMark + "status", RunStatusText.Text(run.Status));
        yield return new(FactMark + "run_id", run.Id);
    }

    /// <summary>Gives columns of the run final names, with a prefix where a row, or a parameter, has the name. The id comes last.</summary>
    private static Table Named(Column[] columns, HashSet<string> labels)
    {
        HashSet<string> taken = new(columns.Select(c => c.Name).Where(n => n is not [GivenMark or FactMark, ..]), StringComparer.Ordinal);
        int id = Array.FindIndex(columns, c => c.Name == FactMark + "run_id");
        foreach (char mark in (ReadOnlySpan<char>)[GivenMark, FactMark])
        {
            // Plain names first: a parameter that is really called param_x keeps its name, and another x gives way to it.
            int[] places = [.. Enumerable.Range(0, columns.Length).Where(i => columns[i].Name.StartsWith(mark))];
            foreach (int place in places.OrderBy(i => taken.Contains(columns[i].Name[1..])).ToArray())
            {
                string name = columns[place].Name[1..];
                string prefix = mark == FactMark ? "run_" : labels.Contains(name) ? "label_" : "param_";
                while (!taken.Add(name)) name = prefix + name;
                columns[place] = columns[place].Rename(name);
            }
        }

        return Table.FromColumns(id < 0 ? columns : [.. columns[..id], .. columns[(id + 1)..], columns[id]]);
    }
}
