namespace Assay;

/// <summary>The table of <see cref="Results.ToTable()"/>, made column by column.</summary>
internal sealed class ResultsTable(RunCatalog catalog, int[] rows)
{
    public Table Build()
    {
        if (rows.Length == 0) return new TableBuilder().Build();
        string[] statuses = [.. Enum.GetValues<RunStatus>().Select(RunStatusText.Text)];
        var columns = new List<Func<Column>>
        {
            () => Column.Of("run_id", Values((segment, row) => Fingerprint.Hex(catalog.Segments[segment].Id(row)))),
            () => Field(FieldKey.Experiment, "experiment", ""),
            () => Field(FieldKey.Version, "version", ""),
            () => Field(FieldKey.Code, "code"),
            () => Field(FieldKey.Context, "context"),
            () => Column.Of("status", Values((segment, row) => statuses[catalog.Statuses(segment)[row]])),
            () => Column.Of("attempt", Values((segment, row) => (long)catalog.Segments[segment].Attempts[row])),
            () => Field(FieldKey.Seed, "seed"),
            () => Field(FieldKey.Replicate, "replicate"),
            () => Column.Of("started_at", Values(StartedAt)),
            () => Field(FieldKey.Duration, "duration_ms"),
        };
        foreach (FieldKey key in new FieldOrder(catalog, rows).Keys())
            columns.Add(() => Field(key, RunRow.ColumnName(key)));
        var made = new Column[columns.Count];
        Parallel.For(0, made.Length, i => made[i] = columns[i]());
        return RunRow.Named(Table.FromColumns(made));
    }

    private DateTimeOffset StartedAt(int segment, int row) => new(catalog.Segments[segment].StartedAt(row), TimeSpan.Zero);

    private T[] Values<T>(Func<int, int, T> valueOf)
    {
        var values = new T[rows.Length];
        foreach ((int segment, int from, int to) in RowSlices.Of(catalog, rows))
        {
            for (int i = from; i < to; i++) values[i] = valueOf(segment, rows[i] - catalog.Bases[segment]);
        }

        return values;
    }

    private Column Field(FieldKey key, string name, object? missing = null)
    {
        FieldColumn?[] sources = [.. catalog.Segments.Select(s => s.Field(key))];
        return TypedColumns.Make(catalog, rows, sources, name, key, missing);
    }
}
