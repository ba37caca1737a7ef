using System.Text.Json;

namespace Assay.Journals;

/// <summary>Fields of a journal's lines. Sound JSON can still be damaged or foreign: what is not as expected is missing, and doctor says so.</summary>
internal static class LineFields
{
    public static string Text(JsonElement value, string name) =>
        value.TryGetProperty(name, out JsonElement text) && text.ValueKind == JsonValueKind.String ? JsonObjects.Text(text) : "";

    public static IReadOnlyDictionary<string, object?> Object(JsonElement value, string name) =>
        value.TryGetProperty(name, out JsonElement item) ? JsonObjects.Dictionary(item) : JsonObjects.Empty;

    public static IReadOnlyList<string> Strings(JsonElement value, string name) =>
        value.TryGetProperty(name, out JsonElement list) && list.ValueKind == JsonValueKind.Array ? Strings(list) : [];

    public static IReadOnlyList<string> Strings(JsonElement list) => [.. list.EnumerateArray().Select(t => t.ValueKind == JsonValueKind.String ? JsonObjects.Text(t) : t.GetRawText())];

    public static RecordedSeed? Seed(JsonElement value)
    {
        if (!value.TryGetProperty("seed", out JsonElement seed) || seed.ValueKind != JsonValueKind.Object) return null;
        if (!seed.TryGetProperty("base", out JsonElement first) || !first.TryInteger(out long number)) return null;
        if (!seed.TryGetProperty("replicate", out JsonElement second) || !second.TryInteger(out long replicate) || replicate is < 0 or > int.MaxValue) return null;
        return new RecordedSeed(number, (int)replicate, Text(seed, "point") is { Length: > 0 } point ? point : null);
    }
}
