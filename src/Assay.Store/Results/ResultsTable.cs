using System.Collections;

namespace Assay;

/// <summary>The table of <see cref="Results.ToTable()"/>, made column by column.</summary>
internal sealed class ResultsTable(RunCatalog catalog, int[] rows)
{
    public TableOptions Options { get; init; } = new();

    public Table Build()
    {
        if (rows.Length == 0) return new TableBuilder().Build();
        string[] statuses = [.. Enum.GetValues<RunStatus>().Select(RunStatusText.Text)];
        List<Func<Column>> columns = !Options.Record ? [] :
        [
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
        ];
        foreach (FieldKey key in new FieldOrder(catalog, rows).Keys().Where(IsWanted))
            columns.Add(() => Field(key, RunRow.ColumnName(key)));
        var made = new Column[columns.Count];
        Parallel.For(0, made.Length, i => made[i] = columns[i]());
        return RunRow.Named(Table.FromColumns(made));
    }

    private bool IsWanted(FieldKey key) => key.Place switch
    {
        FieldPlace.Fixed => Options.Record,
        FieldPlace.Metric => Options.Metrics,
        _ => Options.Params,
    };

    /// <summary>Id, experiment, status, parameters, labels, seed and replicate; names as before <see cref="RunRow.Named"/>.</summary>
    public Table Given()
    {
        string[] statuses = [.. Enum.GetValues<RunStatus>().Select(RunStatusText.Text)];
        IEnumerable<FieldKey> given = new FieldOrder(catalog, rows).Keys().Where(k => k.Place is FieldPlace.Param or FieldPlace.Label);
        return Table.FromColumns(
        [
            Column.Of("run_id", Values((segment, row) => Fingerprint.Hex(catalog.Segments[segment].Id(row)))),
            Field(FieldKey.Experiment, "experiment", ""),
            Column.Of("status", Values((segment, row) => statuses[catalog.Statuses(segment)[row]])),
            .. given.Select(key => Field(key, RunRow.ColumnName(key))),
            Field(FieldKey.Seed, "seed"),
            Field(FieldKey.Replicate, "replicate"),
        ]);
    }

    private DateTimeOffset StartedAt(int segment, int row) => new(catalog.Segments[segment].StartedAt(row), TimeSpan.Zero);

    private T[] Values<T>(Func<int, int, T> valueOf)
    {
        var values = new T[rows.Length];
        foreach ((int segment, int from, int to) in RowSlices.Of(catalog, rows))
            for (int i = from; i < to; i++) values[i] = valueOf(segment, rows[i] - catalog.Bases[segment]);

        return values;
    }

    /// <summary>A column of a field: at once where all segments have one form, value by value where types must widen.</summary>
    private Column Field(FieldKey key, string name, object? missing = null)
    {
        FieldColumn?[] sources = [.. catalog.Segments.Select(s => s.Field(key))];
        ColumnForm[] forms = [.. RowSlices.Of(catalog, rows).Select(s => sources[s.Segment]?.Form).OfType<ColumnForm>().Distinct()];
        if (forms is [ColumnForm.Text]) return Column.Of(name, Values((s, row) => (sources[s]?[row] ?? missing) as string));
        if (key == FieldKey.Tags) return Column.Of(name, Values((s, row) => sources[s]?[row] is { } tags ? Joined(tags) : null));
        if (missing is null && forms is [ColumnForm.Integer]) return Numbers<long>(sources, name);
        if (missing is null && forms is [ColumnForm.Real]) return Numbers<double>(sources, name);
        return Column.Of(name, Values((segment, row) => RunRow.Cell(sources[segment]?[row] ?? missing)));
    }

    private static object Joined(object tags) => string.Join(',', RowFilter.Tags(tags));

    private Column Numbers<T>(FieldColumn?[] sources, string name) where T : unmanaged
    {
        var values = new T[rows.Length];
        ulong[] valid = new ulong[(rows.Length + 63) / 64];
        valid.AsSpan().Fill(ulong.MaxValue);
        foreach ((int segment, int from, int to) in RowSlices.Of(catalog, rows))
        {
            FieldColumn? source = sources[segment];
            ReadOnlySpan<T> numbers = source is null ? [] : source.As<T>();
            for (int i = from; i < to; i++)
            {
                int row = rows[i] - catalog.Bases[segment];
                if (source?.IsValid(row) == true) values[i] = numbers[row];
                else valid[i >> 6] &= ~(1UL << (i & 63));
            }
        }

        Column column = Column.Of<T>(name, values, valid);
        // Nulls alone do not say of what.
        return column.NullCount == rows.Length ? Column.Of(name, new string?[rows.Length]) : column;
    }
}

/// <summary>The columns a table gets besides those it always has, in the order in which runs bring them, tags and errors first.</summary>
internal sealed class FieldOrder(RunCatalog catalog, int[] rows)
{
    private static readonly FieldKey[] Sometimes = [FieldKey.Tags, FieldKey.ErrorKind, FieldKey.ErrorType, FieldKey.ErrorMessage];

    public IEnumerable<FieldKey> Keys()
    {
        var firsts = new List<(int Row, FieldKey Key)>();
        foreach (FieldKey key in catalog.Segments.SelectMany(s => s.Fields).Distinct())
            if ((key.Place != FieldPlace.Fixed || Sometimes.Contains(key)) && First(key) is { } first) firsts.Add((first, key));

        return firsts.GroupBy(f => f.Row).OrderBy(g => g.Key).SelectMany(g => InRun(g.Key, [.. g.Select(f => f.Key)]));
    }

    // Columns do not know in which order one run names its values, so the runs that bring something new are read. There are few.
    private IEnumerable<FieldKey> InRun(int place, FieldKey[] keys)
    {
        if (keys.Length == 1) return keys;
        RunRecord run = catalog.Record(rows[place]);
        Dictionary<FieldKey, int> places = Sometimes
            .Concat(Of(FieldPlace.Param, JsonObjects.Flatten(run.Params).Select(p => p.Key)))
            .Concat(Of(FieldPlace.Label, run.Labels.Keys)).Concat(Of(FieldPlace.Metric, run.Metrics.Keys))
            .Distinct().Index().ToDictionary(k => k.Item, k => k.Index);
        return keys.OrderBy(k => k.Place).ThenBy(k => places.GetValueOrDefault(k, -1));

        static IEnumerable<FieldKey> Of(FieldPlace place, IEnumerable<string> names) => names.Select(name => new FieldKey(place, name));
    }

    private int? First(FieldKey key)
    {
        foreach ((int segment, int from, int to) in RowSlices.Of(catalog, rows))
        {
            if (catalog.Segments[segment].Field(key) is not { } column) continue;
            for (int i = from; i < to; i++)
                if (column.Has(rows[i] - catalog.Bases[segment])) return i;
        }

        return null;
    }
}

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

    /// <summary>Gives labels and metrics final names for the whole table: their own, or with a prefix where that is taken.</summary>
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

    /// <summary>Names the table itself uses; reserved always, so that a metric is called the same in every table.</summary>
    private static readonly HashSet<string> Reserved = new(StringComparer.Ordinal)
    {
        "run_id", "experiment", "version", "code", "context", "status", "attempt", "seed", "replicate", "started_at", "duration_ms", "tags",
        "error_kind", "error_type", "error_message",
    };

    /// <summary>A value as it stands in a cell: lists and dictionaries as JSON.</summary>
    public static object? Cell(object? value) => value is IEnumerable and not string ? DataForm.Plain(value) : value;
}
