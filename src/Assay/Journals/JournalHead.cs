using System.Text.Json;

namespace Assay;

/// <summary>What the first line of a journal says: whose runs it holds.</summary>
/// <param name="Experiment">The experiment's name; null when the line cannot be read.</param>
/// <param name="Version">Its version, where the line has one.</param>
/// <param name="Code">The fingerprint of the code, where the line has one.</param>
internal sealed record JournalHead(string? Experiment, string? Version, string? Code)
{
    public static JournalHead Read(string journal)
    {
        try
        {
            // Not opened: it may be a pipe, which would wait for a writer.
            if (new FileInfo(journal).Length == 0) return new JournalHead(null, null, null);
            using var stream = new FileStream(journal, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, 1 << 14);
            using var reader = new StreamReader(stream);
            if (reader.ReadLine() is not { } line) return new JournalHead(null, null, null);
            using JsonDocument document = JsonDocument.Parse(line);
            JsonElement root = document.RootElement;
            JsonElement value = root.GetProperty("value");
            string? name = root.GetProperty("experiment_name").GetString();
            if (value.ValueKind != JsonValueKind.Object) return new JournalHead(name, null, null);
            string? version = value.TryGetProperty("version", out JsonElement v) ? v.GetString() : null;
            string? code = value.TryGetProperty("code", out JsonElement c) && c.ValueKind == JsonValueKind.Object ? c.GetProperty("fingerprint").GetString() : null;
            return new JournalHead(name, version, code);
        }
        // What cannot be opened is told by the scan that follows; here it only means that nobody knows whose runs it holds.
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or JsonException or KeyNotFoundException or InvalidOperationException)
        {
            return new JournalHead(null, null, null);
        }
    }
}
