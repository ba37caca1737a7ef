using System.Text.Json;
using static Assay.Journals.JsonObjects;

namespace Assay.Journals;

/// <summary>A line of a journal that belongs to a run, as its envelope and value have it. Immutable.</summary>
/// <param name="RunId">The id of the run: 32 lower-case hexadecimal digits.</param>
/// <param name="Experiment">The name of the experiment; empty when the line has none.</param>
/// <param name="Kind">The kind, such as <c>run_start</c>.</param>
/// <param name="Value">The value.</param>
/// <param name="CreatedAt">The time of the line, in UTC; the default when the line has none.</param>
/// <param name="Note">The note; null without one.</param>
public sealed record JournalEntry(
    string RunId, string Experiment, string Kind, JsonElement Value, DateTimeOffset CreatedAt, string? Note)
{
    /// <summary>Reads a line.</summary>
    /// <param name="line">The line, with or without its line feed.</param>
    /// <returns>Null for a line that is damaged, and for one of a session.</returns>
    public static JournalEntry? Read(ReadOnlySpan<byte> line)
    {
        if (LineFields.TryParse(line) is not { } root || Text(root, "kind") is not { } kind || kind == "session_start") return null;
        string id = Text(root, "run_id")?.Replace("-", "", StringComparison.Ordinal) ?? "";
        if (!root.TryGetProperty("value", out JsonElement value) || !Fingerprint.TryParse(id, out _)) return null;
        return new JournalEntry(id, Text(root, "experiment_name") ?? "", kind, value, JournalTime.Of(root) ?? default, Text(root, "note"));
    }
}
