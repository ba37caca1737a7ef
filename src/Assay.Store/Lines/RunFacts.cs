using System.Text.Json;

namespace Assay.Journals;

/// <summary>The content of a run's start and end lines; a line that is missing is undefined. Immutable.</summary>
internal sealed class RunFacts(JsonElement start, JsonElement end, DateTimeOffset? endedAt)
{
    public string Experiment { get; } = LineFields.Text(start, "experiment_name") is { Length: > 0 } name
        ? name : LineFields.Text(end, "experiment_name");

    public string Version { get; } = LineFields.Text(Value(start), "version");

    public long Index { get; } = RunStartLine.ReadIndex(Value(start));

    public IReadOnlyDictionary<string, object?> Params { get; } = LineFields.Object(Value(start), "params");

    public IReadOnlyDictionary<string, object?> Labels { get; } = LineFields.Object(Value(start), "labels");

    public IReadOnlyDictionary<string, object?> Metrics { get; } = LineFields.Object(Value(end), "metrics");

    public IReadOnlyList<string> Tags { get; } =
        end.ValueKind == JsonValueKind.Undefined ? LineFields.Strings(Value(start), "tags")
        : [.. LineFields.Strings(Value(start), "tags").Union(LineFields.Strings(Value(end), "tags"), StringComparer.Ordinal)];

    public IReadOnlyDictionary<string, object?> Metadata { get; } = LineFields.Object(Value(start), "metadata");

    public IReadOnlyDictionary<string, object?> Fingerprints { get; } = LineFields.Object(Value(start), "fingerprints");

    public IReadOnlyDictionary<string, object?> Git { get; } = LineFields.Object(Value(start), "git");

    public RecordedSeed? Seed { get; } = RunStartLine.ReadSeed(Value(start));

    public TimeSpan? Duration { get; } = RunEndLine.ReadDuration(Value(end));

    public RunError? Error { get; } = RunEndLine.ReadError(Value(end));

    public DateTimeOffset? EndedAt => endedAt;

    /// <exception cref="StoreException">The journal is gone, was cut off, or has another line where the run's was.</exception>
    public static RunFacts Read(JournalReader reader, in RunEntry entry)
    {
        AttemptLines lines = entry.Lines;
        JournalLine envelope = default;
        using JsonDocument? start = lines.Start < 0 ? null
            : Line(reader, lines.Key, JournalKind.RunStart, lines.Start, lines.StartLength, out envelope);
        using JsonDocument? end = lines.End < 0 ? null
            : Line(reader, lines.Key, JournalKind.RunEnd, lines.End, lines.EndLength, out envelope);
        DateTimeOffset? endedAt = end is null ? null : new DateTimeOffset(envelope.Time, TimeSpan.Zero);
        return new RunFacts(start?.RootElement ?? default, end?.RootElement ?? default, endedAt);
    }

    /// <summary>The envelope of a line; null for an offset of -1.</summary>
    public static JournalLine? Envelope(JournalReader reader, AttemptKey key, JournalKind kind, long offset, int length)
    {
        if (offset < 0) return null;
        using JsonDocument line = Line(reader, key, kind, offset, length, out JournalLine envelope);
        return envelope;
    }

    private static JsonElement Value(JsonElement line) => JsonObjects.Member(line, "value");

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
}
