using System.Text.Json;

namespace Assay;

/// <summary>What the first line of a journal says: whose runs it holds.</summary>
/// <param name="Experiment">The experiment's name; null when the line cannot be read.</param>
/// <param name="Version">Its version, where the line has one.</param>
/// <param name="Code">The fingerprint of the code, where the line has one.</param>
/// <param name="Context">The fingerprint of the context, where the line has one.</param>
internal sealed record JournalHead(string? Experiment, string? Version, string? Code, string? Context)
{
    private static readonly JournalHead Unknown = new(null, null, null, null);

    /// <summary>When the session began, in UTC, where the line says so.</summary>
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>Whether the runs are of one experiment and version, made by one code with one context.</summary>
    public bool IsKin(JournalHead other) => (Experiment, Version, Code, Context) == (other.Experiment, other.Version, other.Code, other.Context);

    /// <summary>Whether a journal is there and has no whole line: its writer was killed, or is just about to write one.</summary>
    public static bool IsMissing(string journal)
    {
        try
        {
            if (!File.Exists(journal)) return false;
            if (new FileInfo(journal).Length == 0) return true;
            using var stream = new FileStream(journal, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, 1 << 14);
            for (int next; (next = stream.ReadByte()) >= 0;)
            {
                if (next == '\n') return false;
            }

            return true;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    private static string? Text(JsonElement json, string name) => json.TryGetProperty(name, out JsonElement text) && text.ValueKind == JsonValueKind.String ? text.GetString() : null;

    public static JournalHead Read(string journal)
    {
        try
        {
            // Not opened: it may be a pipe, which would wait for a writer.
            if (new FileInfo(journal).Length == 0) return Unknown;
            using var stream = new FileStream(journal, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, 1 << 14);
            using var reader = new StreamReader(stream);
            if (reader.ReadLine() is not { } line) return Unknown;
            using JsonDocument document = JsonDocument.Parse(line);
            JsonElement root = document.RootElement;
            JsonElement value = root.GetProperty("value");
            string? name = root.GetProperty("experiment_name").GetString();
            if (value.ValueKind != JsonValueKind.Object) return Unknown with { Experiment = name };
            string? version = value.TryGetProperty("version", out JsonElement v) ? v.GetString() : null;
            bool has = value.TryGetProperty("fingerprints", out JsonElement prints) && prints.ValueKind == JsonValueKind.Object;
            return new JournalHead(name, version, has ? Text(prints, "code") : null, has ? Text(prints, "context") : null)
            {
                CreatedAt = root.TryGetProperty("created_at", out JsonElement created) && JournalTime.TryParse(created, out DateTimeOffset time) ? time : default,
            };
        }
        // What cannot be opened is told by the scan that follows; here it only means that nobody knows whose runs it holds.
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or JsonException or KeyNotFoundException or InvalidOperationException)
        {
            return Unknown;
        }
    }
}
