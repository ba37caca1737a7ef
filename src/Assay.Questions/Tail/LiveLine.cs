using System.Text.Json;
using static Assay.Journals.JsonObjects;

namespace Assay.Questions;

/// <summary>Turns a line of a journal into an event.</summary>
internal static class LiveLine
{
    private const int LongestText = 200;

    /// <summary>Null for a line that is damaged or belongs to no run.</summary>
    public static LiveEvent? Read(ReadOnlySpan<byte> line, string journal, long number)
    {
        if (JournalEntry.Read(line) is not { } entry) return null;
        string? status = entry.Kind switch { "run_start" => "running", "run_end" => Text(entry.Value, "status"), _ => null };
        return new LiveEvent(
            entry.CreatedAt, entry.RunId, entry.Experiment, entry.Kind, status, Words.Cut(TextOf(entry.Kind, entry.Value), LongestText),
            entry.Note, journal, number);
    }

    private static string TextOf(string kind, JsonElement value) => kind switch
    {
        "run_start" => Words.Values(Dictionary(Member(value, "params"))),
        "run_end" => EndText(value),
        "series" => SeriesText(value),
        "log" => $"{Text(value, "level")}: {Text(value, "message")}",
        "artifact" => Text(value, "name") ?? "",
        _ => JsonText.Of(Value(value)),
    };

    private static string EndText(JsonElement value)
    {
        JsonElement error = Member(value, "error");
        return error.ValueKind == JsonValueKind.Object
            ? $"{Text(error, "type")}: {Text(error, "message")}".TrimStart(':', ' ')
            : Words.Values(Dictionary(Member(value, "metrics")));
    }

    private static string SeriesText(JsonElement value)
    {
        JsonElement steps = Member(value, "steps"), values = Member(value, "values");
        if (!IsFilled(steps) || !IsFilled(values)) return Text(value, "name") ?? "";
        object? last = Value(values[values.GetArrayLength() - 1]);
        return $"{Text(value, "name")}={Words.Value(last)} at step {steps[steps.GetArrayLength() - 1]}";
    }

    private static bool IsFilled(JsonElement list) => list.ValueKind == JsonValueKind.Array && list.GetArrayLength() > 0;
}
