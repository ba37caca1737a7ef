using System.Text.Json;
using System.Text.Unicode;

namespace Assay.Journals;

/// <summary>Whether a line holds what readers rely on: sound JSON can be damaged, as by a flipped bit in a name.</summary>
public static class LineCheck
{
    /// <summary>Why a line, from elsewhere perhaps, could not be part of a journal; null when it could.</summary>
    /// <param name="line">The line without its line feed.</param>
    public static string? Fault(ReadOnlySpan<byte> line)
    {
        try
        {
            Check(line, 0);
            CheckValue(JsonElement.Parse(line));
            return null;
        }
        catch (Exception fault) when (fault is JsonException or FormatException or InvalidOperationException)
        {
            bool isDeep = fault.Message.Contains("depth", StringComparison.OrdinalIgnoreCase);
            return isDeep ? "nested more deeply than a line of a journal can be" : fault.Message;
        }
    }

    /// <exception cref="JsonException">The line is damaged; the message says how.</exception>
    internal static JournalLine Check(ReadOnlySpan<byte> line, long offset)
    {
        if (line.IndexOfAnyExcept((byte)0) < 0) throw new JsonException("only zero bytes, as a power failure leaves them");
        JournalLine envelope = JournalParser.Parse(line, offset);
        return envelope.Time != 0 ? envelope : throw new JsonException("expected the field 'created_at'");
    }

    /// <summary>Checks the value of a line by its kind; kinds unknown here may hold anything.</summary>
    /// <exception cref="JsonException">The line is damaged; the message says how.</exception>
    internal static void CheckValue(JsonElement root)
    {
        LineFields.RequireInteger(root, "schema_version");
        LineFields.Require(root, "run_id", JsonValueKind.String);
        LineFields.Require(root, "experiment_name", JsonValueKind.String);
        JsonElement value = root.GetProperty("value");
        switch (LineFields.Require(root, "kind", JsonValueKind.String).GetString())
        {
            case "run_start": RunStartLine.Check(value); break;
            case "run_end": RunEndLine.Check(value); break;
            case "series": SeriesLine.Check(value); break;
            case "artifact": ArtifactLine.Check(value); break;
            case "log": LogEntryLine.Check(value); break;
            case "row": LineFields.CheckObject(value); break;
            case "derived": DerivedLine.Check(value); break;
            default: break;
        }
    }
}

/// <summary>Fields of lines. A reader takes what is not as expected as missing; a check throws a <see cref="JsonException"/>.</summary>
internal static class LineFields
{
    /// <summary>A line as an object; null for a damaged one, which readers skip and <see cref="StoreCheck"/> reports.</summary>
    public static JsonElement? TryParse(ReadOnlySpan<byte> line)
    {
        try
        {
            LineChecksum.Require(line);
            return Utf8.IsValid(line) && JsonElement.Parse(line) is { ValueKind: JsonValueKind.Object } root ? root : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    public static string Text(JsonElement value, string name) => JsonObjects.Text(value, name) ?? "";

    public static IReadOnlyDictionary<string, object?> Object(JsonElement value, string name) =>
        JsonObjects.Dictionary(JsonObjects.Member(value, name));

    public static IReadOnlyList<string> Strings(JsonElement value, string name) =>
        JsonObjects.Member(value, name) is { ValueKind: JsonValueKind.Array } list ? Strings(list) : [];

    public static IReadOnlyList<string> Strings(JsonElement list) =>
        [.. list.EnumerateArray().Select(t => t.ValueKind == JsonValueKind.String ? JsonObjects.Text(t) : t.GetRawText())];

    public static IReadOnlyList<string> Strings(ReadOnlySpan<byte> list) => Strings(JsonElement.Parse(list));

    /// <summary>A member that must be there, of one kind.</summary>
    public static JsonElement Require(JsonElement value, string name, JsonValueKind kind)
    {
        if (value.ValueKind != JsonValueKind.Object || !value.TryGetProperty(name, out JsonElement member))
            throw new JsonException($"expected the field '{name}'");
        return member.ValueKind == kind ? member : throw new JsonException($"expected {kind.ToString().ToLowerInvariant()} in '{name}'");
    }

    public static void RequireInteger(JsonElement value, string name)
    {
        if (!Require(value, name, JsonValueKind.Number).TryGetInt64(out _)) throw new JsonException($"expected a whole number in '{name}'");
    }

    /// <summary>Checks a number, or a text that stands for one that JSON lacks.</summary>
    public static void CheckNumber(JsonElement value, string name)
    {
        bool isNamed = value.ValueKind == JsonValueKind.String && value.GetString() is "NaN" or "Infinity" or "-Infinity";
        if (value.ValueKind != JsonValueKind.Number && !isNamed) throw new JsonException($"expected numbers in '{name}'");
    }

    public static void CheckObject(JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.Object) throw new JsonException("expected an object in 'value'");
    }
}
