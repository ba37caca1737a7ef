using System.Buffers;

namespace Assay.Tables;

/// <summary>
/// Where the fields of a delimited file are. Rows are as long as the header: a row of another length is an error, a blank line is skipped
/// unless the file has a single column, where it is a null.
/// </summary>
internal sealed class DelimitedFields
{
    private readonly List<Field> _fields = [];
    private readonly SearchValues<byte> _ends;
    private readonly ReadOnlyMemory<byte> _content;
    private readonly byte _delimiter;
    private long _line = 1;
    private int _at;

    public DelimitedFields(ReadOnlyMemory<byte> content, char delimiter)
    {
        _content = content;
        _delimiter = (byte)delimiter;
        _ends = SearchValues.Create([_delimiter, (byte)'\r', (byte)'\n', (byte)'"']);
        while (_at < content.Length) ReadRow();
        RowCount = ColumnCount == 0 ? 0 : _fields.Count / ColumnCount - 1;
    }

    public int ColumnCount { get; private set; }

    /// <summary>Rows below the header.</summary>
    public int RowCount { get; }

    /// <summary>A field of the header (row −1) or of a row.</summary>
    public Field this[int row, int column] => _fields[(row + 1) * ColumnCount + column];

    private void ReadRow()
    {
        int start = _at, first = _fields.Count;
        long line = _line;
        if (ColumnCount > 1 && SkipNewline()) return;
        ReadOnlySpan<byte> content = _content.Span;
        do _fields.Add(ReadField(content));
        while (SkipDelimiter(content));
        if (!SkipNewline() && _at < content.Length)
            throw Fault(_at, _line, "text behind a closing quote; double a quote that belongs to the text, or put a delimiter behind it");

        int found = _fields.Count - first;
        if (ColumnCount == 0) ColumnCount = found;
        else if (found != ColumnCount)
        {
            const string Remedy = "quote text that holds the delimiter, and write every field of a row";
            throw Fault(start, line, $"{found} fields where the header has {ColumnCount}; {Remedy}");
        }
    }

    private Field ReadField(ReadOnlySpan<byte> content)
    {
        if (_at < content.Length && content[_at] == '"') return ReadQuoted(content);
        int start = _at;
        ReadOnlySpan<byte> rest = content[_at..];
        int length = rest.IndexOfAny(_ends);
        // A quote inside a field that does not begin with one is text like any other.
        while (length >= 0 && rest[length] == '"')
        {
            int next = rest[(length + 1)..].IndexOfAny(_ends);
            length = next < 0 ? -1 : length + 1 + next;
        }

        if (length < 0) length = rest.Length;
        _at += length;
        return new Field(start, length, IsQuoted: false, HasDoubledQuotes: false);
    }

    private Field ReadQuoted(ReadOnlySpan<byte> content)
    {
        int open = _at++;
        bool hasDoubled = false;
        while (true)
        {
            int quote = content[_at..].IndexOf((byte)'"');
            if (quote < 0) throw Fault(open, _line, "a quote that is never closed");
            _line += content.Slice(_at, quote).Count((byte)'\n');
            _at += quote + 1;
            if (_at == content.Length || content[_at] != '"') break;
            hasDoubled = true;
            _at++;
        }

        return new Field(open + 1, _at - open - 2, IsQuoted: true, hasDoubled);
    }

    private bool SkipDelimiter(ReadOnlySpan<byte> content)
    {
        if (_at >= content.Length || content[_at] != _delimiter) return false;
        _at++;
        return true;
    }

    private bool SkipNewline()
    {
        ReadOnlySpan<byte> content = _content.Span;
        int start = _at;
        if (_at < content.Length && content[_at] == '\r') _at++;
        if (_at < content.Length && content[_at] == '\n') _at++;
        if (_at > start) _line++;
        return _at > start;
    }

    private static TableException Fault(int offset, long line, string fault) =>
        new($"Line {line}, byte {offset}: {fault}.") { Line = line, ByteOffset = offset };

    internal readonly record struct Field(int Start, int Length, bool IsQuoted, bool HasDoubledQuotes);
}
