namespace Assay;

/// <summary>Columns of a table from columns of segments: at once where all are of one form, value by value where types must widen.</summary>
internal static class TypedColumns
{
    /// <param name="catalog">The runs.</param>
    /// <param name="rows">Their rows.</param>
    /// <param name="sources">The field's column in each segment, where it has one.</param>
    /// <param name="name">Name of the column.</param>
    /// <param name="key">The field.</param>
    /// <param name="missing">What stands where a run has no value.</param>
    public static Column Make(RunCatalog catalog, int[] rows, FieldColumn?[] sources, string name, FieldKey key, object? missing)
    {
        ColumnForm[] forms = [.. RowSlices.Of(catalog, rows).Select(s => sources[s.Segment]).OfType<FieldColumn>().Distinct().Select(c => c.Form).Distinct()];
        bool isMissing = missing is null && key != FieldKey.Tags;
        if (isMissing && forms is [ColumnForm.Integer])
            return Fill<long>(catalog, rows, sources, name, (c, from, to, first, values) => Copy(c.Integers.Span, rows, from, to, first, values));
        if (isMissing && forms is [ColumnForm.Real])
            return Fill<double>(catalog, rows, sources, name, (c, from, to, first, values) => Copy(c.Reals.Span, rows, from, to, first, values));
        if (forms is [ColumnForm.Text]) return Texts(catalog, rows, sources, name, missing as string);
        var cells = new object?[rows.Length];
        foreach ((int segment, int from, int to) in RowSlices.Of(catalog, rows))
        {
            for (int i = from; i < to; i++) cells[i] = Cell(sources[segment]?[rows[i] - catalog.Bases[segment]] ?? missing, key);
        }

        return Column.Of(name, cells);
    }

    private static object? Cell(object? value, FieldKey key) => key == FieldKey.Tags ? value is null ? null : string.Join(',', RowFilter.Tags(value)) : RunRow.Cell(value);

    private static Column Texts(RunCatalog catalog, int[] rows, FieldColumn?[] sources, string name, string? missing)
    {
        var texts = new string?[rows.Length];
        foreach ((int segment, int from, int to) in RowSlices.Of(catalog, rows))
        {
            FieldColumn? source = sources[segment];
            ReadOnlySpan<int> codes = source is null ? [] : source.Codes.Span;
            for (int i = from; i < to; i++)
            {
                int row = rows[i] - catalog.Bases[segment];
                texts[i] = source?.IsValid(row) == true ? source.Texts[codes[row]] : missing;
            }
        }

        return Column.Of(name, texts);
    }

    private delegate void Filler<T>(FieldColumn column, int from, int to, int first, T[] values);

    private static Column Fill<T>(RunCatalog catalog, int[] rows, FieldColumn?[] sources, string name, Filler<T> fill) where T : struct
    {
        var values = new T[rows.Length];
        ulong[] valid = new ulong[(rows.Length + 63) / 64];
        valid.AsSpan().Fill(ulong.MaxValue);
        foreach ((int segment, int from, int to) in RowSlices.Of(catalog, rows))
        {
            FieldColumn? source = sources[segment];
            int first = catalog.Bases[segment];
            if (source is not null) fill(source, from, to, first, values);
            for (int i = from; i < to && source?.Valid is not null | source is null; i++)
            {
                if (source?.IsValid(rows[i] - first) == true) continue;
                valid[i >> 6] &= ~(1UL << (i & 63));
            }
        }

        Column column = Column.Of<T>(name, values, valid);
        // Nulls alone do not say of what.
        return column.NullCount == rows.Length ? Column.Of(name, new string?[rows.Length]) : column;
    }

    private static void Copy<T>(ReadOnlySpan<T> source, int[] rows, int from, int to, int first, T[] values)
    {
        for (int i = from; i < to; i++) values[i] = source[rows[i] - first];
    }
}
