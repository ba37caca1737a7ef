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
        catch (Exception fault) when (fault is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            return new JournalHead(null, null, null);
        }
    }
}
