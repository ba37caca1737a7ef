using System.Text.Json;

namespace Assay.Journals;

/// <summary>What the start and the end of a run say. Immutable.</summary>
internal sealed class RunFacts
{
    public string Experiment { get; private set; } = "";

    public string Version { get; private set; } = "";

    public long Index { get; private set; } = -1;

    public IReadOnlyDictionary<string, object?> Params { get; private set; } = JsonObjects.Empty;

    public IReadOnlyDictionary<string, object?> Labels { get; private set; } = JsonObjects.Empty;

    public IReadOnlyDictionary<string, object?> Metrics { get; private set; } = JsonObjects.Empty;

    public IReadOnlyList<string> Tags { get; private set; } = [];

    public IReadOnlyDictionary<string, object?> Metadata { get; private set; } = JsonObjects.Empty;

    public RecordedSeed? Seed { get; private set; }

    public TimeSpan? Duration { get; private set; }

    public DateTimeOffset? EndedAt { get; private set; }

    public RunError? Error { get; private set; }

    public IReadOnlyDictionary<string, object?> Fingerprints { get; private set; } = JsonObjects.Empty;

    public IReadOnlyDictionary<string, object?> Git { get; private set; } = JsonObjects.Empty;

    /// <exception cref="StoreException">The journal is gone, was cut off, or has another line where the run's was.</exception>
    public static RunFacts Read(JournalReader reader, in RunEntry entry)
    {
        var facts = new RunFacts();
        if (entry.Start >= 0)
        {
            byte[] line = reader.Read(entry.Journal, entry.Start, entry.StartLength);
            Check(reader, entry, line, entry.Start, JournalKind.RunStart);
            using JsonDocument start = JsonDocument.Parse(line);
            facts.ReadStart(start.RootElement);
        }

        if (entry.End >= 0)
        {
            byte[] line = reader.Read(entry.Journal, entry.End, entry.EndLength);
            facts.EndedAt = new DateTimeOffset(Check(reader, entry, line, entry.End, JournalKind.RunEnd).Time, TimeSpan.Zero);
            using JsonDocument end = JsonDocument.Parse(line);
            facts.ReadEnd(end.RootElement);
        }

        return facts;
    }

    // A journal that somebody has edited since may have anything there.
    private static JournalLine Check(JournalReader reader, in RunEntry entry, byte[] line, long offset, JournalKind kind)
    {
        Exception? cause = null;
        try
        {
            JournalLine parsed = JournalParser.Parse(line, offset);
            if (parsed.Is(kind, entry.Id, entry.Attempt)) return parsed;
        }
        catch (Exception fault) when (fault is JsonException or FormatException or InvalidOperationException)
        {
            cause = fault;
        }

        throw new StoreException(
            $"the line of run {Fingerprint.Hex(entry.Id)} is no longer at byte {offset} of '{reader.PathOf(entry.Journal)}': the journal was changed since it was read. " +
            "Load the results again; where that does not help, delete the store's folder 'index'.", cause);
    }

    private void ReadStart(JsonElement line)
    {
        Experiment = LineFields.Text(line, "experiment_name");
        JsonElement value = line.GetProperty("value");
        Version = LineFields.Text(value, "version");
        if (value.TryGetProperty("index", out JsonElement index) && index.TryInteger(out long place)) Index = place;
        Params = LineFields.Object(value, "params");
        Labels = LineFields.Object(value, "labels");
        Metadata = LineFields.Object(value, "metadata");
        Fingerprints = LineFields.Object(value, "fingerprints");
        Git = LineFields.Object(value, "git");
        Tags = LineFields.Strings(value, "tags");
        Seed = LineFields.Seed(value);
    }

    private void ReadEnd(JsonElement line)
    {
        if (Experiment.Length == 0) Experiment = LineFields.Text(line, "experiment_name");
        JsonElement value = line.GetProperty("value");
        if (value.TryGetProperty("duration_ms", out JsonElement duration) && duration.ValueKind == JsonValueKind.Number)
            Duration = LineValue.Duration(duration.GetDouble());
        if (value.TryGetProperty("metrics", out JsonElement metrics)) Metrics = JsonObjects.Dictionary(metrics);
        Tags = [.. Tags.Union(LineFields.Strings(value, "tags"), StringComparer.Ordinal)];
        if (value.TryGetProperty("error", out JsonElement error) && error.ValueKind == JsonValueKind.Object)
            Error = new RunError(LineFields.Text(error, "kind"), LineFields.Text(error, "type"), LineFields.Text(error, "message"), LineFields.Text(error, "stack") is { Length: > 0 } stack ? stack : null);
    }
}
