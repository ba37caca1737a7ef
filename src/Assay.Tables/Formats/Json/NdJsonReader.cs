using System.Text.Json;

namespace Assay.Tables;

/// <summary>Reads one object per line; blank lines are skipped.</summary>
internal sealed class NdJsonReader : ITableReader
{
    public Table Read(Stream stream)
    {
        ReadOnlySpan<byte> content = BareWords.Quote(Content.Text(Content.ReadAll(stream))).Span;
        var rows = new JsonRowReader();
        long line = 1;
        for (int start = 0; start < content.Length; line++)
        {
            int length = content[start..].IndexOf((byte)'\n');
            if (length < 0) length = content.Length - start;
            ReadOnlySpan<byte> text = content.Slice(start, length);
            if (text.IndexOfAnyExcept(" \t\r"u8) >= 0) AddLine(rows, text, line, start);
            start += length + 1;
        }

        return rows.Build();
    }

    private static void AddLine(JsonRowReader rows, ReadOnlySpan<byte> text, long line, int start)
    {
        var reader = new Utf8JsonReader(text, JsonRowReader.Options);
        try
        {
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
                throw Fault(line, start + reader.TokenStartIndex, "a line holds one object; for an array of objects use the format json");
            rows.Add(ref reader);
            reader.Read();
        }
        catch (Exception fault) when (JsonRowReader.IsFault(fault))
        {
            throw Fault(line, start + reader.TokenStartIndex, fault.Message, fault);
        }
    }

    private static TableException Fault(long line, long offset, string fault, Exception? inner = null) =>
        new($"Line {line}, byte {offset}: {fault}.", inner) { Line = line, ByteOffset = offset };
}
