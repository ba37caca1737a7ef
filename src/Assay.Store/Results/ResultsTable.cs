namespace Assay;

/// <summary>
/// The table of <see cref="Results.ToTable()"/>, made column by column: the same as a <see cref="TableBuilder"/> makes of a row for each run.
/// </summary>
internal sealed class ResultsTable(RunCatalog catalog, int[] rows)
{
    public Table Build()
    {
        if (rows.Length == 0) return new TableBuilder().Build();
        var columns = new List<(string Name, Func<Column> Make)>
        {
            ("run_id", () => Texts("run_id", (segment, row) => Fingerprint.Hex(segment.Id(row)))),
            ("experiment", () => Field(FieldKey.Experiment, "experiment", "")),
            ("version", () => Field(FieldKey.Version, "version", "")),
            ("code", () => Field(FieldKey.Code, "code")),
            ("context", () => Field(FieldKey.Context, "context")),
            ("status", Statuses),
            ("attempt", Attempts),
            ("seed", () => Field(FieldKey.Seed, "seed")),
            ("replicate", () => Field(FieldKey.Replicate, "replicate")),
            ("started_at", StartedAt),
            ("duration_ms", () => Field(FieldKey.Duration, "duration_ms")),
        };
        foreach (FieldKey key in new FieldOrder(catalog, rows).Keys())
            columns.Add((RunRow.ColumnName(key), () => Field(key, RunRow.ColumnName(key))));
        var made = new Column[columns.Count];
        Parallel.For(0, made.Length, i => made[i] = columns[i].Make());
        return RunRow.Named(Table.FromColumns(made));
    }

    private Column Texts(string name, Func<RunSegment, int, string> textOf)
    {
        var texts = new string[rows.Length];
        foreach ((int segment, int from, int to) in RowSlices.Of(catalog, rows))
        {
            for (int i = from; i < to; i++) texts[i] = textOf(catalog.Segments[segment], rows[i] - catalog.Bases[segment]);
        }

        return Column.Of(name, texts);
    }

    private Column Statuses()
    {
        string[] names = [.. Enum.GetValues<RunStatus>().Select(RunStatusText.Text)];
        var texts = new string[rows.Length];
        foreach ((int segment, int from, int to) in RowSlices.Of(catalog, rows))
        {
            ReadOnlySpan<byte> statuses = catalog.Statuses(segment);
            for (int i = from; i < to; i++) texts[i] = names[statuses[rows[i] - catalog.Bases[segment]]];
        }

        return Column.Of("status", texts);
    }

    private Column Attempts()
    {
        var numbers = new long[rows.Length];
        foreach ((int segment, int from, int to) in RowSlices.Of(catalog, rows))
        {
            ReadOnlySpan<int> attempts = catalog.Segments[segment].Attempts;
            for (int i = from; i < to; i++) numbers[i] = attempts[rows[i] - catalog.Bases[segment]];
        }

        return Column.Of("attempt", numbers);
    }

    private Column StartedAt()
    {
        var times = new DateTimeOffset[rows.Length];
        foreach ((int segment, int from, int to) in RowSlices.Of(catalog, rows))
        {
            for (int i = from; i < to; i++) times[i] = new DateTimeOffset(catalog.Segments[segment].StartedAt(rows[i] - catalog.Bases[segment]), TimeSpan.Zero);
        }

        return Column.Of("started_at", times);
    }

    private Column Field(FieldKey key, string name, object? missing = null)
    {
        FieldColumn?[] sources = [.. catalog.Segments.Select(s => s.Field(key))];
        return TypedColumns.Make(catalog, rows, sources, name, key, missing);
    }
}
