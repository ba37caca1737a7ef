using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;

namespace Assay.Cli.Mcp;

/// <summary>
/// Finds the id of a request that cannot be read as a whole, so that its sender gets an answer instead of waiting for one.
/// </summary>
internal static class RequestIds
{
    /// <summary>The id as JSON; null where no id precedes the first fault.</summary>
    /// <param name="message">The message, or its beginning.</param>
    public static string? Recover(ReadOnlySpan<byte> message)
    {
        var reader = new Utf8JsonReader(message, isFinalBlock: false, default);
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

    private static string? Id(ref Utf8JsonReader reader) => reader.TokenType switch
    {
        JsonTokenType.Number when reader.TryGetInt64(out long number) => number.ToString(CultureInfo.InvariantCulture),
        JsonTokenType.String when !reader.ValueIsEscaped && Utf8.IsValid(reader.ValueSpan) =>
            $"\"{Encoding.UTF8.GetString(reader.ValueSpan)}\"",
        _ => null,
    };
}
