using System.Text.Json;

namespace Assay.Journals;

/// <summary>The content of a run's start and end lines. Immutable.</summary>
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
        AttemptLines lines = entry.Lines;
        if (lines.Start >= 0)
        {
            using JsonDocument start = Line(reader, lines.Key, JournalKind.RunStart, lines.Start, lines.StartLength, out _);
            facts.ReadStart(start.RootElement);
        }

        if (lines.End >= 0)
        {
            using JsonDocument end = Line(reader, lines.Key, JournalKind.RunEnd, lines.End, lines.EndLength, out JournalLine envelope);
            facts.EndedAt = new DateTimeOffset(envelope.Time, TimeSpan.Zero);
            facts.ReadEnd(end.RootElement);
        }

        return facts;
    }

    // A journal that was edited since may have anything there.
    private static JsonDocument Line(
        JournalReader reader, AttemptKey key, JournalKind kind, long offset, int length, out JournalLine envelope)
    {
        byte[] line = reader.Read(key.Journal, offset, length);
        Exception? cause = null;
        try
        {
            envelope = JournalParser.Parse(line, offset);
            if (envelope.Is(kind, key.Id, key.Attempt)) return JsonDocument.Parse(line);
        }
        catch (Exception fault) when (fault is JsonException or FormatException or InvalidOperationException)
        {
            cause = fault;
        }

        throw new StoreException(
            $"the line of run {Fingerprint.Hex(key.Id)} is no longer at byte {offset} of '{reader.PathOf(key.Journal)}': "
            + "the journal was changed since it was read. "
            + "Load the results again; where that does not help, delete the store's folder 'index'.", cause);
    }

    private void ReadStart(JsonElement line)
    {
        Experiment = LineFields.Text(line, "experiment_name");
        JsonElement value = line.GetProperty("value");
        Version = LineFields.Text(value, "version");
        Index = RunStartLine.ReadIndex(value);
        Params = LineFields.Object(value, "params");
        Labels = LineFields.Object(value, "labels");
        Metadata = LineFields.Object(value, "metadata");
        Fingerprints = LineFields.Object(value, "fingerprints");
        Git = LineFields.Object(value, "git");
        Tags = LineFields.Strings(value, "tags");
        Seed = RunStartLine.ReadSeed(value);
    }

    private void ReadEnd(JsonElement line)
    {
        if (Experiment.Length == 0) Experiment = LineFields.Text(line, "experiment_name");
        JsonElement value = line.GetProperty("value");
        Duration = RunEndLine.ReadDuration(value);
        Metrics = LineFields.Object(value, "metrics");
        Tags = [.. Tags.Union(LineFields.Strings(value, "tags"), StringComparer.Ordinal)];
        Error = RunEndLine.ReadError(value);
    }
}
