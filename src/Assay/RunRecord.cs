using System.Text.Json;

namespace Assay;

/// <summary>
/// The frozen side of a run: what the store knows of it. Parameters, metrics and status are in memory; series, rows, data, log and artifacts are read
/// from the store when asked for. Immutable and thread-safe.
/// </summary>
public sealed partial class RunRecord
{
    private readonly RunCatalog _catalog;
    private readonly JournalReader _reader;
    private readonly RunEntry _entry;

    internal RunRecord(RunCatalog catalog, JournalReader reader, RunEntry entry)
    {
        (_catalog, _reader, _entry) = (catalog, reader, entry);
        ReadLines(reader, entry);
        RecordedTags = Tags;
        Tags = catalog.Annotations.TagsOf(entry.Id, RecordedTags);
    }
    /// <summary>32 lower-case hexadecimal digits.</summary>
    public string Id => Fingerprint.Hex(_entry.Id);

    /// <summary>Name of the experiment.</summary>
    public string Experiment { get; private set; } = "";

    /// <summary>Version of the experiment; empty when the run has none.</summary>
    public string Version { get; private set; } = "";

    /// <summary>How the run stands.</summary>
    public RunStatus Status => _entry.Status;

    /// <summary>Its place in the plan that ran it.</summary>
    public long Index { get; private set; } = -1;

    /// <summary>The attempt this record is of, from 1: the latest one that counts.</summary>
    public int Attempt => _entry.Attempt;

    /// <summary>How many attempts the store knows, this one included.</summary>
    public int Attempts => _entry.Attempts;

    /// <summary>The parameters by member name; nested records are nested dictionaries. Values are long, double, string, bool, null, lists and dictionaries.</summary>
    public IReadOnlyDictionary<string, object?> Params { get; private set; } = JsonObjects.Empty;

    /// <summary>The labels of the run's variables; empty for other spaces.</summary>
    public IReadOnlyDictionary<string, object?> Labels { get; private set; } = JsonObjects.Empty;

    /// <summary>The metrics in the order they were recorded: long, double, string, bool or null. Empty while the run has not ended.</summary>
    public IReadOnlyDictionary<string, object?> Metrics { get; private set; } = JsonObjects.Empty;

    /// <summary>Marks of the experiment and of the run, with what <see cref="Store.Tag"/> added and took away.</summary>
    public IReadOnlyList<string> Tags { get; private set; } = [];

    /// <summary>What was said of the run after it was recorded, by <see cref="Store.Note"/> or <c>assay note</c>, oldest first. What the run itself remarked stands in <see cref="Log"/>.</summary>
    public IReadOnlyList<RunNote> Notes => _catalog.Annotations.NotesOf(_entry.Id);

    /// <summary>Facts the experiment gave.</summary>
    public IReadOnlyDictionary<string, object?> Metadata { get; private set; } = JsonObjects.Empty;

    /// <summary>The run's seeds; null when it has none.</summary>
    public SeedBundle? Seed { get; private set; }

    /// <summary>When it started, in UTC.</summary>
    public DateTimeOffset StartedAt => new(_entry.StartedAt, TimeSpan.Zero);

    /// <summary>How long it took; null while it has not ended.</summary>
    public TimeSpan? Duration { get; private set; }

    /// <summary>Why it did not succeed; null if it did or has not ended.</summary>
    public RunError? Error { get; private set; }

    /// <summary>Identifies the point across replicates, the context and the code; by name <c>params</c>, <c>context</c>, <c>code</c>.</summary>
    public IReadOnlyDictionary<string, object?> Fingerprints { get; private set; } = JsonObjects.Empty;

    /// <summary>Commit, branch and whether the tree had changes; empty when there was no repository.</summary>
    public IReadOnlyDictionary<string, object?> Git { get; private set; } = JsonObjects.Empty;

    /// <summary>The journal the run stands in.</summary>
    public string Journal => _catalog.Journals[_entry.Journal];

    /// <summary>The tags that the run's own lines say.</summary>
    internal IReadOnlyList<string> RecordedTags { get; }

    /// <summary>Where the run's lines stand in <see cref="Journal"/>.</summary>
    internal RunEntry Place => _entry;

    /// <summary>The attempt that is shown, as annotations name it.</summary>
    internal AttemptPlace Shown => new(Path.GetFileName(Journal), Attempt);

    /// <summary>Every attempt that the store holds of the run, wherever its lines stand.</summary>
    internal IReadOnlyList<AttemptPlace> Places => _catalog.Places(_entry);

    /// <summary>Whether the record was read from this store.</summary>
    internal bool IsOf(StoreLayout store) => _catalog.Layout == store;

    /// <summary>What had been said of the store's runs when the record was read.</summary>
    internal RunAnnotations Annotations => _catalog.Annotations;

    internal string StorePath => _catalog.Layout.Root;

    /// <inheritdoc/>
    public override string ToString() => $"{Id[..8]} {RunStatusText.Text(Status)} {Experiment}:{Version}";

    private void ReadLines(JournalReader reader, in RunEntry entry)
    {
        if (entry.Start >= 0)
        {
            using JsonDocument start = JsonDocument.Parse(reader.Read(entry.Journal, entry.Start, entry.StartLength));
            ReadStart(start.RootElement);
        }

        if (entry.End < 0) return;
        using JsonDocument end = JsonDocument.Parse(reader.Read(entry.Journal, entry.End, entry.EndLength));
        ReadEnd(end.RootElement);
    }

    private void ReadStart(JsonElement line)
    {
        Experiment = Text(line, "experiment_name");
        JsonElement value = line.GetProperty("value");
        Version = Text(value, "version");
        if (value.TryGetProperty("index", out JsonElement index) && index.TryInteger(out long place)) Index = place;
        Params = Object(value, "params");
        Labels = Object(value, "labels");
        Metadata = Object(value, "metadata");
        Fingerprints = Object(value, "fingerprints");
        Git = Object(value, "git");
        Tags = Strings(value, "tags");
        Seed = SeedOf(value);
    }

    private void ReadEnd(JsonElement line)
    {
        if (Experiment.Length == 0) Experiment = Text(line, "experiment_name");
        JsonElement value = line.GetProperty("value");
        if (value.TryGetProperty("duration_ms", out JsonElement duration) && duration.ValueKind == JsonValueKind.Number)
            Duration = LineValue.Duration(duration.GetDouble());
        if (value.TryGetProperty("metrics", out JsonElement metrics)) Metrics = JsonObjects.Dictionary(metrics);
        Tags = [.. Tags.Union(Strings(value, "tags"), StringComparer.Ordinal)];
        if (value.TryGetProperty("error", out JsonElement error) && error.ValueKind == JsonValueKind.Object)
            Error = new RunError(Text(error, "kind"), Text(error, "type"), Text(error, "message"), Text(error, "stack") is { Length: > 0 } stack ? stack : null);
    }

    // Sound JSON can still be damaged or foreign: what is not as expected is missing, and doctor says so.
    internal static SeedBundle? SeedOf(JsonElement value)
    {
        if (!value.TryGetProperty("seed", out JsonElement seed) || seed.ValueKind != JsonValueKind.Object) return null;
        if (!seed.TryGetProperty("base", out JsonElement first) || !first.TryInteger(out long number)) return null;
        if (!seed.TryGetProperty("replicate", out JsonElement second) || !second.TryInteger(out long replicate) || replicate is < 0 or > int.MaxValue) return null;
        return new SeedBundle(number, (int)replicate, Text(seed, "point") is { Length: > 0 } point ? point : null);
    }

    private static string Text(JsonElement value, string name) => value.TryGetProperty(name, out JsonElement text) && text.ValueKind == JsonValueKind.String ? JsonObjects.Text(text) : "";

    private static IReadOnlyDictionary<string, object?> Object(JsonElement value, string name) =>
        value.TryGetProperty(name, out JsonElement item) ? JsonObjects.Dictionary(item) : JsonObjects.Empty;

    private static IReadOnlyList<string> Strings(JsonElement value, string name) =>
        value.TryGetProperty(name, out JsonElement list) && list.ValueKind == JsonValueKind.Array ? Strings(list) : [];

    internal static IReadOnlyList<string> Strings(JsonElement list) => [.. list.EnumerateArray().Select(t => t.ValueKind == JsonValueKind.String ? JsonObjects.Text(t) : t.GetRawText())];
}
