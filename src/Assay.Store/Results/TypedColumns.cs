namespace Assay;

/// <summary>
/// Columns of a table from columns of segments: at once where all are of one form, value by value where types must widen.
/// </summary>
internal static class TypedColumns
{
    /// <summary>Makes a column from that of the field in each segment, with a value for runs that have none.</summary>
    public static Column Make(RunCatalog catalog, int[] rows, FieldColumn?[] sources, string name, FieldKey key, object? missing)
    {
        ColumnForm[] forms = [.. RowSlices.Of(catalog, rows).Select(s => sources[s.Segment]?.Form).OfType<ColumnForm>().Distinct()];
        bool isMissing = missing is null && key != FieldKey.Tags;
        if (isMissing && forms is [ColumnForm.Integer]) return Numbers(catalog, rows, sources, name, column => column.Integers);
        if (isMissing && forms is [ColumnForm.Real]) return Numbers(catalog, rows, sources, name, column => column.Reals);
        if (forms is [ColumnForm.Text]) return Texts(catalog, rows, sources, name, missing as string);
        var cells = new object?[rows.Length];
        foreach ((int segment, int from, int to) in RowSlices.Of(catalog, rows))
        {
            for (int i = from; i < to; i++) cells[i] = Cell(sources[segment]?[rows[i] - catalog.Bases[segment]] ?? missing, key);
        }

        return Column.Of(name, cells);
    }

    private static object? Cell(object? value, FieldKey key) =>
        key == FieldKey.Tags && value is not null ? string.Join(',', RowFilter.Tags(value)) : RunRow.Cell(value);

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

    private static Column Numbers<T>(
        RunCatalog catalog, int[] rows, FieldColumn?[] sources, string name, Func<FieldColumn, ReadOnlyMemory<T>> numbersOf)
        where T : struct
    {
        var values = new T[rows.Length];
        ulong[] valid = new ulong[(rows.Length + 63) / 64];
        valid.AsSpan().Fill(ulong.MaxValue);
        foreach ((int segment, int from, int to) in RowSlices.Of(catalog, rows))
        {
            FieldColumn? source = sources[segment];
            ReadOnlySpan<T> numbers = source is null ? [] : numbersOf(source).Span;
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
