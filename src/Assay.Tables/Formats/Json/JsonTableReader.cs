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
