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
