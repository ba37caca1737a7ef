using System.Text;

namespace Assay.Tables;

/// <summary>The fields of one column of a delimited file.</summary>
internal sealed class FieldColumn(ReadOnlyMemory<byte> content, DelimitedFields fields, int column, bool quotesMeanText)
{
    public int Count => fields.RowCount;

    public bool IsNull(int row) => fields[row, column] is { Length: 0, IsQuoted: false };

    /// <summary>Whether a field was marked as text by its quotes.</summary>
    public bool IsText(int row) => quotesMeanText && fields[row, column].IsQuoted;

    /// <summary>The bytes between the quotes, in which a quote may still be doubled.</summary>
    public ReadOnlySpan<byte> Bytes(int row)
    {
        DelimitedFields.Field field = fields[row, column];
        return content.Span.Slice(field.Start, field.Length);
    }

    public string Text(int row)
    {
        string text = Encoding.UTF8.GetString(Bytes(row));
        return fields[row, column].HasDoubledQuotes ? text.Replace("\"\"", "\"", StringComparison.Ordinal) : text;
    }
}
