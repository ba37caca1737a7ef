using System.Text.Json;

namespace Assay.Cli.Mcp;

/// <summary>Finds the id of a request that cannot be read as a whole, so that who sent it is answered and does not wait for ever.</summary>
internal static class RequestIds
{
    /// <summary>The id as JSON; null when there is none to be found.</summary>
    /// <param name="start">The message, or how it begins.</param>
    /// <param name="end">How it ends; empty when all of it is in <paramref name="start"/>.</param>
    public static string? Recover(ReadOnlySpan<byte> start, ReadOnlySpan<byte> end) => InStart(start) ?? InEnd(end);

    // Reads members from the left until something cannot be read.
    private static string? InStart(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json, isFinalBlock: false, default);
        try
        {
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject) return null;
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                bool isId = reader.ValueTextEquals("id"u8);
                if (!reader.Read()) return null;
                if (isId) return Id(ref reader);
                if (!reader.TrySkip()) return null;
            }
        }
        catch (JsonException)
        {
            return null;
        }

        return null;
    }

    // A message ends with the brace of its own object: where an id and what follows it close with that brace alone, the id is the message's.
    private static string? InEnd(ReadOnlySpan<byte> json)
    {
        int at = json.LastIndexOf("\"id\""u8);
        if (at < 0) return null;
        byte[] tail = [(byte)'{', .. json[at..]];
        try
        {
            using JsonDocument document = JsonDocument.Parse(tail);
            return document.RootElement.GetProperty("id") is { ValueKind: JsonValueKind.String or JsonValueKind.Number } id ? id.GetRawText() : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static string? Id(ref Utf8JsonReader reader) => reader.TokenType switch
    {
        JsonTokenType.Number when reader.TryGetInt64(out long number) => number.ToString(System.Globalization.CultureInfo.InvariantCulture),
        JsonTokenType.String when !reader.ValueIsEscaped && System.Text.Unicode.Utf8.IsValid(reader.ValueSpan) => $"\"{System.Text.Encoding.UTF8.GetString(reader.ValueSpan)}\"",
        _ => null,
    };
}
