using System.Text.Json;
using static Assay.Journals.JsonObjects;

namespace Assay.Questions;

/// <summary>
/// An event of a run: the kind of its line, or <c>interrupted</c> for a run whose writer is gone, which has no line; the status of the run
/// after it, null where it does not change; the content in a few words; the note of the program, null without one; and its place.
/// </summary>
internal sealed record LiveEvent(
    DateTimeOffset At, string RunId, string Experiment, string Kind, string? Status, string Text, string? Note, string Journal, long? Line);

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
        "run_end" when Member(value, "error") is { ValueKind: JsonValueKind.Object } error =>
            $"{Text(error, "type")}: {Text(error, "message")}".TrimStart(':', ' '),
        "run_end" => Words.Values(Dictionary(Member(value, "metrics"))),
        "series" => SeriesText(value),
        "log" => $"{Text(value, "level")}: {Text(value, "message")}",
        "artifact" => Text(value, "name") ?? "",
        _ => JsonText.Of(Value(value)),
    };

    private static string SeriesText(JsonElement value) => (Last(value, "steps"), Last(value, "values")) is ({ } step, { } last)
        ? $"{Text(value, "name")}={Words.Value(Value(last))} at step {step}"
        : Text(value, "name") ?? "";

    private static JsonElement? Last(JsonElement value, string name) =>
        Member(value, name) is { ValueKind: JsonValueKind.Array } list && list.GetArrayLength() is > 0 and var length
            ? list[length - 1]
            : null;
}

/// <summary>The wanted events of several journals, of which only the last ones are kept.</summary>
internal sealed class LiveEvents(int most, Func<LiveEvent, bool> wanted)
{
    private readonly PriorityQueue<LiveEvent, (DateTimeOffset At, long Number)> _kept = new();

    /// <summary>The number of events, kept or not.</summary>
    public long Total { get; private set; }

    /// <summary>The events that are kept, by time.</summary>
    public IReadOnlyList<LiveEvent> Kept => [.. _kept.UnorderedItems.OrderBy(e => e.Priority).Select(e => e.Element)];

    public void Add(LiveEvent happened)
    {
        if (!wanted(happened)) return;
        Total++;
        _kept.Enqueue(happened, (happened.At, Total));
        if (_kept.Count > most) _kept.Dequeue();
    }
}
