using System.Text.Json;

namespace Assay.Journals;

/// <summary>
/// Fields of a journal's lines. Sound JSON can still be damaged or foreign. A reader takes what is not as expected as missing; a check
/// throws a <see cref="JsonException"/> that says what is wrong.
/// </summary>
internal static class LineFields
{
    public static string Text(JsonElement value, string name) =>
        value.TryGetProperty(name, out JsonElement text) && text.ValueKind == JsonValueKind.String ? JsonObjects.Text(text) : "";

    public static IReadOnlyDictionary<string, object?> Object(JsonElement value, string name) =>
        value.TryGetProperty(name, out JsonElement item) ? JsonObjects.Dictionary(item) : JsonObjects.Empty;

    public static IReadOnlyList<string> Strings(JsonElement value, string name) =>
        value.TryGetProperty(name, out JsonElement list) && list.ValueKind == JsonValueKind.Array ? Strings(list) : [];

    public static IReadOnlyList<string> Strings(JsonElement list) =>
        [.. list.EnumerateArray().Select(t => t.ValueKind == JsonValueKind.String ? JsonObjects.Text(t) : t.GetRawText())];

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
