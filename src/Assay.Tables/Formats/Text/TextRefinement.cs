namespace Assay.Tables;

/// <summary>JSON has no times: a text column all of whose values are times of one kind, as we write them, becomes such a column.</summary>
internal static class TextRefinement
{
    public static Table Refine(Table table) => new(table.Columns.Select(Refine).ToArray(), table.RowCount);

    private static Column Refine(Column column) => column.Type != ColumnType.String || column.NullCount == column.Count
        ? column
        : Try<DateTimeOffset>(column, ColumnType.Timestamp, TextValues.TryTimestampWithTime)
          ?? Try<TimeSpan>(column, ColumnType.Duration, TextValues.TryDuration)
          ?? column;

    private static TypedColumn<T>? Try<T>(Column column, ColumnType type, TextValues.Parser<T> parser)
    {
        const int Longest = 64;
        ReadOnlySpan<string?> texts = column.AsStrings();
        T[]? values = null;
        Span<byte> bytes = stackalloc byte[Longest * 3];
        for (int i = 0; i < texts.Length; i++)
        {
            if (texts[i] is not { } text) continue;
            if (text.Length > Longest || !parser(bytes[..Encoding.UTF8.GetBytes(text, bytes)], out T value)) return null;
            values ??= new T[column.Count];
            values[i] = value;
        }

        return new TypedColumn<T>(column.Name, type, values!, column.Validity);
    }
}
