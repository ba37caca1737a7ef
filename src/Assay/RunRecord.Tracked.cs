using System.Text.Json;

namespace Assay;

/// <summary>A value recorded with <see cref="Run.Track"/>.</summary>
/// <param name="Value">The value as JSON; NaN and infinities are the texts "NaN", "Infinity" and "-Infinity".</param>
/// <param name="Note">What it means, as the program said; null when it said nothing.</param>
/// <param name="CreatedAt">When it was recorded, in UTC.</param>
/// <param name="Time">When, counted from the start of the run.</param>
public sealed record TrackedValue(JsonElement Value, string? Note, DateTimeOffset CreatedAt, TimeSpan Time);

public sealed partial class RunRecord
{
    /// <summary>The values the run tracked, in the order they were recorded.</summary>
    public IReadOnlyList<TrackedValue> Tracked =>
    [
        .. Lines("track"u8).Select(line => new TrackedValue(
            line.GetProperty("value"),
            line.TryGetProperty("note", out JsonElement note) && note.ValueKind == JsonValueKind.String ? JsonObjects.Text(note) : null,
            line.TryGetProperty("created_at", out JsonElement time) && time.ValueKind == JsonValueKind.String && time.TryGetDateTimeOffset(out DateTimeOffset at) ? at : default,
            Elapsed(line))),
    ];
}
