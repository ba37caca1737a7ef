namespace Assay.Tables;

/// <summary>Reads an array of objects, or one object per line, where blank lines are skipped.</summary>
internal sealed class JsonTableReader(bool isArray) : ITableReader
{
    public Table Read(Stream stream)
    {
        ReadOnlySpan<byte> content = BareWords.Quote(Content.Text(Content.ReadAll(stream))).Span;
        var rows = new JsonRowReader();
        if (isArray) ReadArray(content, rows);
        else ReadLines(content, rows);
        return rows.Build();
    }

    private static void ReadArray(ReadOnlySpan<byte> content, JsonRowReader rows)
    {
        var reader = new Utf8JsonReader(content, JsonRowReader.Options);
        try
        {
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartArray)
                throw new JsonException("a table is an array of objects, one for each row; for one object per line use the format ndjson");
            while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
            {
                if (reader.TokenType != JsonTokenType.StartObject) throw new JsonException("a row is an object, but here is another value");
                rows.Add(ref reader);
            }

            // Reading on makes the reader complain about anything behind the array.
            reader.Read();
        }
        catch (Exception fault) when (IsFault(fault))
        {
            long line = (fault as JsonException)?.LineNumber + 1 ?? Content.LineOf(content, (int)reader.TokenStartIndex);
            throw Fault(line, reader.TokenStartIndex, fault);
        }
    }

    private static void ReadLines(ReadOnlySpan<byte> content, JsonRowReader rows)
    {
        long line = 1;
        for (int start = 0; start < content.Length; line++)
        {
            int length = content[start..].IndexOf((byte)'\n');
            if (length < 0) length = content.Length - start;
            ReadOnlySpan<byte> text = content.Slice(start, length);
            if (text.IndexOfAnyExcept(" \t\r"u8) >= 0) AddLine(rows, text, line, start);
            start += length + 1;
        }
    }

    private static void AddLine(JsonRowReader rows, ReadOnlySpan<byte> text, long line, int start)
    {
        var reader = new Utf8JsonReader(text, JsonRowReader.Options);
        try
        {
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
                throw new JsonException("a line holds one object; for an array of objects use the format json");
            rows.Add(ref reader);
            reader.Read();
        }
        catch (Exception fault) when (IsFault(fault))
        {
            throw Fault(line, start + reader.TokenStartIndex, fault);
        }
    }

    // Half a surrogate pair, written as an escape, is a fault of the content that the reader reports late and as an invalid operation.
    private static bool IsFault(Exception fault) => fault is JsonException or InvalidOperationException;

    private static TableException Fault(long line, long offset, Exception fault) =>
        new($"Line {line}, byte {offset}: {fault.Message}.", fault) { Line = line, ByteOffset = offset };
}

/// <summary>
/// Adds JSON objects to a table as rows. <c>"NaN"</c>, <c>"Infinity"</c> and <c>"-Infinity"</c> are numbers unless their column holds other
/// text too.
/// </summary>
internal sealed class JsonRowReader
{
    private readonly TableBuilder _builder = new();

    public static JsonReaderOptions Options { get; } = new() { MaxDepth = 512 };

    /// <summary>Adds the object whose opening brace the reader has just read.</summary>
    public void Add(ref Utf8JsonReader reader)
    {
        int expected = 0;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            string name = _builder.NameAt(expected) is { } known && reader.ValueTextEquals(known) ? known : reader.GetString()!;
            ColumnBuilder column = _builder.Cell(name, ref expected);
            reader.Read();
            AddValue(column, ref reader);
        }

        _builder.EndRow();
    }

    public Table Build() => TextRefinement.Refine(_builder.Build());

    private static void AddValue(ColumnBuilder column, ref Utf8JsonReader reader)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.Null: column.AddNulls(1); break;
            case JsonTokenType.True: column.Add(true); break;
            case JsonTokenType.False: column.Add(false); break;
            case JsonTokenType.Number: AddNumber(column, ref reader); break;
            case JsonTokenType.String: AddText(column, ref reader); break;
            default:
                using (JsonDocument nested = JsonDocument.ParseValue(ref reader)) column.AddElement(nested.RootElement);
                break;
        }
    }

    private static void AddNumber(ColumnBuilder column, ref Utf8JsonReader reader)
    {
        ReadOnlySpan<byte> digits = reader.ValueSpan;
        if (digits.IndexOfAny("eE."u8) < 0 && reader.TryGetInt64(out long whole) && !digits.SequenceEqual("-0"u8)) column.Add(whole);
        else column.AddNumber(Encoding.UTF8.GetString(digits));
    }

    private static void AddText(ColumnBuilder column, ref Utf8JsonReader reader)
    {
        if (reader.ValueTextEquals("NaN"u8)) column.Add(double.NaN);
        else if (reader.ValueTextEquals("Infinity"u8)) column.Add(double.PositiveInfinity);
        else if (reader.ValueTextEquals("-Infinity"u8)) column.Add(double.NegativeInfinity);
        else column.Add(reader.GetString()!);
    }
}

/// <summary>
/// Several programs (Python, DuckDB) write NaN and infinities into JSON as bare words, which the standard does not allow. They are put into
/// quotes, as we write them ourselves. Other content is returned as it is.
/// </summary>
internal static class BareWords
{
    public static ReadOnlyMemory<byte> Quote(ReadOnlyMemory<byte> content)
    {
        bool mayHold = content.Span.IndexOf("NaN"u8) >= 0 || content.Span.IndexOf("Infinity"u8) >= 0;
        return mayHold ? Rewrite(content.Span) : content;
    }

    private static byte[] Rewrite(ReadOnlySpan<byte> content)
    {
        var output = new Utf8Output();
        for (int at = 0; at < content.Length;)
        {
            int word = WordAt(content[at..]);
            if (word > 0)
            {
                output.Write((byte)'"');
                output.Write(content.Slice(at, word));
                output.Write((byte)'"');
                at += word;
                continue;
            }

            int length = content[at] == '"' ? TextAt(content[at..]) : 1;
            output.Write(content.Slice(at, length));
            at += length;
        }

        return output.Written.ToArray();
    }

    private static int WordAt(ReadOnlySpan<byte> rest) => rest[0] switch
    {
        (byte)'N' when rest.StartsWith("NaN"u8) => 3,
        (byte)'I' when rest.StartsWith("Infinity"u8) => 8,
        (byte)'-' when rest.StartsWith("-Infinity"u8) => 9,
        _ => 0,
    };

    /// <summary>Length of a text with its quotes, or of the rest of the content when the text has no end.</summary>
    private static int TextAt(ReadOnlySpan<byte> rest)
    {
        int at = 1;
        while (at < rest.Length && rest[at] != '"') at += rest[at] == '\\' ? 2 : 1;
        return Math.Min(at + 1, rest.Length);
    }
}
