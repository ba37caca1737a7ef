using System.Buffers;

namespace Assay.Tables;

/// <summary>Comma- or tab-separated values with a header line, quoted as RFC 4180 says.</summary>
internal sealed class DelimitedWriter(char delimiter) : ITableWriter
{
    public void Write(Table table, Stream stream)
    {
        if (table.Columns.Count == 0) return;
        var text = new DelimitedText(delimiter);
        WriteHeader(table, stream, text);
        Action<Utf8Output, int>[] cells = table.Columns.Select(column => Cell(column, text)).ToArray();
        RowBlocks.Write(stream, table.RowCount, (output, row) =>
        {
            for (int i = 0; i < cells.Length; i++)
            {
                if (i > 0) output.Write((byte)delimiter);
                cells[i](output, row);
            }

            output.Write((byte)'\n');
        });
    }

    private void WriteHeader(Table table, Stream stream, DelimitedText text)
    {
        var output = new Utf8Output();
        for (int i = 0; i < table.Columns.Count; i++)
        {
            if (i > 0) output.Write((byte)delimiter);
            text.WriteName(output, table.Columns[i].Name);
        }

        output.Write((byte)'\n');
        stream.Write(output.Written);
    }

    private static Action<Utf8Output, int> Cell(Column column, DelimitedText text) => column.Type switch
    {
        ColumnType.Boolean => Cells.Of<bool>(column, Utf8Values.Write),
        ColumnType.Int64 => Cells.Of<long>(column, Utf8Values.Write),
        ColumnType.Double => Cells.Of<double>(column, Utf8Values.Write),
        ColumnType.Timestamp => Cells.Of<DateTimeOffset>(column, Utf8Values.Write),
        ColumnType.Duration => Cells.Of<TimeSpan>(column, Utf8Values.Write),
        ColumnType.Json => Cells.Of<string>(column, DelimitedText.WriteQuoted),
        _ => Cells.Of<string>(column, text.WriteText),
    };
}

/// <summary>Text in a delimited file: quoted where it would otherwise break the row, vanish, or read back as another type.</summary>
internal sealed class DelimitedText(char delimiter)
{
    private readonly SearchValues<char> _special = SearchValues.Create([delimiter, '"', '\r', '\n']);

    /// <summary>Column names are never taken for another type, so only what breaks the row is quoted.</summary>
    public void WriteName(Utf8Output output, string name)
    {
        if (NeedsQuotes(name)) WriteQuoted(output, name);
        else output.Write(name);
    }

    public void WriteText(Utf8Output output, string text)
    {
        if (NeedsQuotes(text) || LooksTyped(text)) WriteQuoted(output, text);
        else output.Write(text);
    }

    public static void WriteQuoted(Utf8Output output, string text)
    {
        output.Write((byte)'"');
        ReadOnlySpan<char> rest = text;
        for (int quote; (quote = rest.IndexOf('"')) >= 0; rest = rest[(quote + 1)..])
        {
            output.Write(rest[..(quote + 1)]);
            output.Write((byte)'"');
        }

        output.Write(rest);
        output.Write((byte)'"');
    }

    // A byte order mark at the start of the file would be dropped by readers.
    private bool NeedsQuotes(string text) => text.Length == 0 || text.AsSpan().ContainsAny(_special) || text[0] == '\uFEFF';

    private static bool LooksTyped(string text)
    {
        // Most text shows by its first letter that it is nothing else.
        if (text.Length > 400 || (text[0] is >= 'A' and not ('t' or 'T' or 'f' or 'F' or 'n' or 'N' or 'i' or 'I'))) return false;
        Span<byte> bytes = stackalloc byte[1200];
        return TextValues.LooksTyped(bytes[..Encoding.UTF8.GetBytes(text, bytes)]);
    }
}
