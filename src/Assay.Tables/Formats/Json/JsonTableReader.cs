using System.Text.Json;

namespace Assay.Tables;

/// <summary>Reads an array of objects.</summary>
internal sealed class JsonTableReader : ITableReader
{
    public Table Read(Stream stream)
    {
        ReadOnlySpan<byte> content = BareWords.Quote(Content.Text(Content.ReadAll(stream))).Span;
        var rows = new JsonRowReader();
        var reader = new Utf8JsonReader(content, JsonRowReader.Options);
        try
        {
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartArray)
                throw Fault(content, reader, "a table is an array of objects, one for each row; for one object per line use the format "
                    + "ndjson");
            while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
            {
                if (reader.TokenType != JsonTokenType.StartObject)
                    throw Fault(content, reader, "a row is an object, but here is another value");
                rows.Add(ref reader);
            }

            // Reading on makes the reader complain about anything behind the array.
            reader.Read();
        }
        catch (Exception fault) when (JsonRowReader.IsFault(fault))
        {
            throw Fault(content, reader, fault.Message, fault);
        }

        return rows.Build();
    }

    private static TableException Fault(ReadOnlySpan<byte> content, Utf8JsonReader reader, string fault, Exception? inner = null)
    {
        long line = (inner as JsonException)?.LineNumber + 1 ?? Content.LineOf(content, (int)reader.TokenStartIndex);
        return new($"Line {line}, byte {reader.TokenStartIndex}: {fault}.", inner) { Line = line, ByteOffset = reader.TokenStartIndex };
    }
}
