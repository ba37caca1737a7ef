using System.Text.Json;

namespace Assay;

/// <summary>A value recorded with <c>run.Track</c>.</summary>
/// <param name="Value">The value as JSON; NaN and infinities are the texts "NaN", "Infinity" and "-Infinity".</param>
/// <param name="Note">What it means, as the program said; null when it said nothing.</param>
/// <param name="CreatedAt">When it was recorded, in UTC.</param>
/// <param name="Time">When, counted from the start of the run.</param>
public sealed record TrackedValue(JsonElement Value, string? Note, DateTimeOffset CreatedAt, TimeSpan Time)
{
    /// <summary>The place of its line; null for a value that was not read from a journal.</summary>
    public LinePlace? Place { get; init; }
}

/// <summary>The place of a line in a journal. Immutable.</summary>
/// <param name="Journal">The journal.</param>
/// <param name="Offset">The offset of its first byte.</param>
public sealed record LinePlace(JournalRef Journal, long Offset);

public sealed partial class RunRecord
{
    /// <summary>The values the run tracked, in the order they were recorded.</summary>
    public IReadOnlyList<TrackedValue> Tracked =>
    [
        .. PlacedLines("track"u8).Select(placed => Tracking(placed.Line, placed.Place)),
    ];

    private static TrackedValue Tracking(JsonElement line, LinePlace place) => new(
        line.GetProperty("value"),
        line.TryGetProperty("note", out JsonElement note) && note.ValueKind == JsonValueKind.String ? JsonObjects.Text(note) : null,
        line.TryGetProperty("created_at", out JsonElement time) && JournalTime.TryParse(time, out DateTimeOffset at) ? at : default,
        Elapsed(line))
    {
        Place = place,
    };
}
