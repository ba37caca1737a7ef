namespace Assay.Tables;

/// <summary>
/// Reads delimited files. The type of a column follows from all of its values, never from the first few. A quoted field is text, unless the
/// file quotes everything, which shows in a header quoted without need.
/// </summary>
internal sealed class DelimitedReader(char delimiter) : ITableReader
{
    public Table Read(Stream stream)
    {
        ReadOnlyMemory<byte> content = Content.Text(Content.ReadAll(stream));
        var fields = new DelimitedFields(content, delimiter);
        if (fields.ColumnCount == 0) return Table.Empty;

        bool quotesMeanText = !Enumerable.Range(0, fields.ColumnCount).All(column => IsQuotedWithoutNeed(fields[-1, column], content.Span));
        var names = new UniqueNames();
        var columns = new Column[fields.ColumnCount];
        for (int i = 0; i < columns.Length; i++)
        {
            var values = new FieldColumn(content, fields, i, quotesMeanText);
            columns[i] = values.Infer(names.Add(values.Text(-1), i));
        }

        return new Table(columns, fields.RowCount);
    }

    private bool IsQuotedWithoutNeed(DelimitedFields.Field field, ReadOnlySpan<byte> content) =>
        field.IsQuoted && field.Length > 0
            && content.Slice(field.Start, field.Length).IndexOfAny([(byte)delimiter, (byte)'"', (byte)'\n', (byte)'\r']) < 0;
}

/// <summary>
/// The fields of one column of a delimited file. Types are tried from the narrowest on; the first that takes every value is the column's.
/// Wrong types mostly fail at the first value.
/// </summary>
internal sealed class FieldColumn(ReadOnlyMemory<byte> content, DelimitedFields fields, int column, bool quotesMeanText)
{
    private readonly int _count = fields.RowCount;

    public Column Infer(string name)
    {
        bool hasValue = Enumerable.Range(0, _count).Any(row => !IsNull(row));
        return !hasValue ? ColumnFactory.Nulls(name, ColumnType.String, _count)
            : Try<bool>(name, ColumnType.Boolean, TextValues.TryBoolean)
              ?? Try<long>(name, ColumnType.Int64, TextValues.TryInt64)
              ?? Try<double>(name, ColumnType.Double, TextValues.TryDouble)
              ?? Try<DateTimeOffset>(name, ColumnType.Timestamp, TextValues.TryTimestamp)
              ?? Try<TimeSpan>(name, ColumnType.Duration, TextValues.TryDuration)
              ?? TryJson(name)
              ?? ColumnFactory.Strings(name, Texts());
    }

    /// <summary>The text of a field, −1 for that of the header.</summary>
    public string Text(int row)
    {
        string text = Encoding.UTF8.GetString(Bytes(row));
        return fields[row, column].HasDoubledQuotes ? text.Replace("\"\"", "\"", StringComparison.Ordinal) : text;
    }

    private bool IsNull(int row) => fields[row, column] is { Length: 0, IsQuoted: false };

    /// <summary>The bytes between the quotes, in which a quote may still be doubled.</summary>
    private ReadOnlySpan<byte> Bytes(int row) => content.Span.Slice(fields[row, column].Start, fields[row, column].Length);

    private string?[] Texts() => [.. Enumerable.Range(0, _count).Select(row => IsNull(row) ? null : Text(row))];

    private TypedColumn<T>? Try<T>(string name, ColumnType type, TextValues.Parser<T> parser)
    {
        T[]? values = null;
        var valid = new ulong[Validity.WordCount(_count)];
        for (int row = 0; row < _count; row++)
        {
            if (IsNull(row)) continue;
            bool isMarkedAsText = quotesMeanText && fields[row, column].IsQuoted;
            if (isMarkedAsText || !parser(Bytes(row), out T value)) return null;
            if (values is null) (values = new T[_count]).AsSpan().Fill(Numbers.Absent<T>());
            values[row] = value;
            valid[row >> 6] |= 1UL << (row & 63);
        }

        return new TypedColumn<T>(name, type, values!, Validity.From(valid, _count));
    }

    private Column? TryJson(string name)
    {
        string?[] texts = Texts();
        for (int row = 0; row < texts.Length; row++)
            if (texts[row] is { } text && !TextValues.TryJson(text, out texts[row])) return null;
        return ColumnFactory.Strings(name, texts, ColumnType.Json);
    }
}
