using System.Buffers;
using System.Text.Encodings.Web;

namespace Assay.Tables;

/// <summary>An object for each row, on a line of its own; for JSON in an array.</summary>
internal sealed class JsonTableWriter(bool isArray) : ITableWriter
{
    private const int BlockRows = 4096;

    public void Write(Table table, Stream stream)
    {
        var rows = new JsonRowWriter(table);
        if (isArray) stream.Write("["u8);
        RowBlocks.Write(stream, table.RowCount, BlockRows, (output, from, to) =>
        {
            int row = from;
            for (; row < to && output.Length < RowBlocks.LargeBlock; row++)
            {
                if (isArray) output.Write(row == 0 ? "\n"u8 : ",\n"u8);
                rows.Write(output, row);
                if (!isArray) output.Write((byte)'\n');
            }

            return row;
        });
        if (isArray) stream.Write(table.RowCount == 0 ? "]\n"u8 : "\n]\n"u8);
    }
}

/// <summary>Rows as JSON objects without spaces. Every column is in every row, null where it has no value.</summary>
internal sealed class JsonRowWriter
{
    // Text of these alone needs no look at the escaping rules.
    private static readonly SearchValues<char> Plain =
        SearchValues.Create(Enumerable.Range(' ', '~' - ' ' + 1).Select(code => (char)code).Except(['"', '\\']).ToArray());

    private readonly CellWriter[] _cells;
    private readonly byte[][] _names;
    private readonly Column[] _columns;

    public JsonRowWriter(Table table)
    {
        _columns = [.. table.Columns];
        _cells = Array.ConvertAll(_columns, Cells);
        _names = new byte[_columns.Length][];
        for (int i = 0; i < _names.Length; i++)
            _names[i] = [.. i == 0 ? "{"u8 : ","u8, .. "\""u8, .. Escape(_columns[i].Name), .. "\":"u8];
    }

    public void Write(Utf8Output output, int row)
    {
        if (_cells.Length == 0) output.Write("{"u8);
        for (int i = 0; i < _cells.Length; i++)
        {
            output.Write(_names[i]);
            if (_columns[i].Validity is { } validity && !validity[row]) output.Write("null"u8);
            else _cells[i].Write(output, row);
        }

        output.Write((byte)'}');
    }

    private static CellWriter Cells(Column column) => column.Type switch
    {
        ColumnType.Boolean => new CellWriter<bool>(column, Utf8Values.Write),
        ColumnType.Int64 => new CellWriter<long>(column, Utf8Values.Write),
        ColumnType.Double => new CellWriter<double>(column, WriteDouble),
        ColumnType.Timestamp => new CellWriter<DateTimeOffset>(column, (output, value) => Quoted(output, value, Utf8Values.Write)),
        ColumnType.Duration => new CellWriter<TimeSpan>(column, (output, value) => Quoted(output, value, Utf8Values.Write)),
        ColumnType.Json => new CellWriter<string>(column, (output, text) => output.Write(text)),
        _ => new CellWriter<string>(column, WriteText),
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
