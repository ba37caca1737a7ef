using System.Buffers;
using System.Text.Encodings.Web;

namespace Assay.Tables;

/// <summary>An object without spaces for each row, on a line of its own; for JSON in an array. Every row has every column.</summary>
internal sealed class JsonTableWriter(bool isArray) : ITableWriter
{
    // Text of these alone needs no look at the escaping rules.
    private static readonly SearchValues<char> Plain =
        SearchValues.Create(Enumerable.Range(' ', '~' - ' ' + 1).Select(code => (char)code).Except(['"', '\\']).ToArray());

    private static readonly byte[] Null = [.. "null"u8];

    public void Write(Table table, Stream stream)
    {
        (byte[] Name, Action<Utf8Output, int> Cell)[] members = [.. table.Columns.Select((column, i) => (Name(column, i), Cell(column)))];
        if (isArray) stream.Write("["u8);
        RowBlocks.Write(stream, table.RowCount, (output, row) =>
        {
            if (isArray) output.Write(row == 0 ? "\n"u8 : ",\n"u8);
            output.Write((byte)'{');
            foreach ((byte[] name, Action<Utf8Output, int> cell) in members)
            {
                output.Write(name);
                cell(output, row);
            }

            output.Write((byte)'}');
            if (!isArray) output.Write((byte)'\n');
        });
        if (isArray) stream.Write(table.RowCount == 0 ? "]\n"u8 : "\n]\n"u8);
    }

    private static byte[] Name(Column column, int place) => [.. place == 0 ? "\""u8 : ",\""u8, .. Escape(column.Name), .. "\":"u8];

    private static Action<Utf8Output, int> Cell(Column column) => column.Type switch
    {
        ColumnType.Boolean => Cells.Of<bool>(column, Utf8Values.Write, Null),
        ColumnType.Int64 => Cells.Of<long>(column, Utf8Values.Write, Null),
        ColumnType.Double => Cells.Of<double>(column, WriteDouble, Null),
        ColumnType.Timestamp => Cells.Of<DateTimeOffset>(column, (output, value) => Quoted(output, value, Utf8Values.Write), Null),
        ColumnType.Duration => Cells.Of<TimeSpan>(column, (output, value) => Quoted(output, value, Utf8Values.Write), Null),
        ColumnType.Json => Cells.Of<string>(column, (output, text) => output.Write(text), Null),
        _ => Cells.Of<string>(column, WriteText, Null),
    };

    private static void WriteDouble(Utf8Output output, double value)
    {
        if (double.IsFinite(value)) Utf8Values.Write(output, value);
        else Quoted(output, value, Utf8Values.Write);
    }

    private static void WriteText(Utf8Output output, string text)
    {
        output.Write((byte)'"');
        if (!text.AsSpan().ContainsAnyExcept(Plain)) output.Write(text);
        else output.Write(Escape(text));
        output.Write((byte)'"');
    }

    private static void Quoted<T>(Utf8Output output, T value, Action<Utf8Output, T> write)
    {
        output.Write((byte)'"');
        write(output, value);
        output.Write((byte)'"');
    }

    // By way of UTF-8, where half a surrogate pair becomes U+FFFD instead of an exception.
    private static ReadOnlySpan<byte> Escape(string text) =>
        JsonEncodedText.Encode(Encoding.UTF8.GetBytes(text), JavaScriptEncoder.UnsafeRelaxedJsonEscaping).EncodedUtf8Bytes;
}
