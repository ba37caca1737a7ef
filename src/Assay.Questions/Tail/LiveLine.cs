using System.Text.Json;

namespace Assay.Questions;

/// <summary>Turns a line of a journal into what a person following it wants to know.</summary>
internal static class LiveLine
{
    private const int LongestText = 200;

    /// <summary>Null for a line that is damaged, or tells of no run.</summary>
    public static LiveEvent? Read(ReadOnlySpan<byte> line, string journal, long number)
    {
        try
        {
            if (!System.Text.Unicode.Utf8.IsValid(line)) return null;
            using JsonDocument document = JsonDocument.Parse(line.ToArray());
            JsonElement root = document.RootElement;
            if (Text(root, "kind") is not { } kind || kind == "session_start" || Text(root, "run_id") is not { } id) return null;
            if (!root.TryGetProperty("value", out JsonElement value)) return null;
            id = id.Replace("-", "", StringComparison.Ordinal);
            if (!Fingerprint.TryParse(id, out _)) return null;
            DateTimeOffset at = root.TryGetProperty("created_at", out JsonElement time)
                && JournalTime.TryParse(time, out DateTimeOffset parsed) ? parsed : default;
            string? status = kind switch { "run_start" => "running", "run_end" => Text(value, "status"), _ => null };
            return new LiveEvent(
                at, id, Text(root, "experiment_name") ?? "", kind, status, Cut(Told(kind, value)), Text(root, "note"), journal, number);
        }
        // As every reader: a damaged line is passed over, and doctor reports it.
        catch (JsonException)
        {
            return null;
        }
    }

    private static string Told(string kind, JsonElement value) => kind switch
    {
        "run_start" => Words.Values(JsonObjects.Dictionary(Member(value, "params"))),
        "run_end" => Ended(value),
        "series" => Series(value),
        "log" => $"{Text(value, "level")}: {Text(value, "message")}",
        "artifact" => Text(value, "name") ?? "",
        _ => JsonText.Of(JsonObjects.Value(value)),
    };

    private static string Ended(JsonElement value)
    {
        JsonElement error = Member(value, "error");
        return error.ValueKind == JsonValueKind.Object
            ? $"{Text(error, "type")}: {Text(error, "message")}".TrimStart(':', ' ')
            : Words.Values(JsonObjects.Dictionary(Member(value, "metrics")));
    }

    private static string Series(JsonElement value)
    {
        JsonElement steps = Member(value, "steps"), values = Member(value, "values");
        if (!IsFilled(steps) || !IsFilled(values)) return Text(value, "name") ?? "";
        object? last = JsonObjects.Value(values[values.GetArrayLength() - 1]);
        return $"{Text(value, "name")}={Words.Value(last)} at step {steps[steps.GetArrayLength() - 1]}";
    }

    private static bool IsFilled(JsonElement list) => list.ValueKind == JsonValueKind.Array && list.GetArrayLength() > 0;

    private static string Cut(string text) => text.Length > LongestText ? text[..LongestText] + "…" : text;

    private static JsonElement Member(JsonElement value, string name) =>
        value.ValueKind == JsonValueKind.Object && value.TryGetProperty(name, out JsonElement member) ? member : default;

    private static string? Text(JsonElement value, string name) =>
        Member(value, name) is { ValueKind: JsonValueKind.String } text ? JsonObjects.Text(text) : null;
}
