using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Assay.Import;

/// <summary>A line of an exprag run.</summary>
internal sealed class ExpragRecord
{
    public const string RunStart = "run_start";

    // Fields of our own envelope; all others of a line are kept beside it.
    private static readonly HashSet<string> Known =
        ["schema_version", "run_id", "experiment_name", "kind", "value", "created_at", "elapsed_ms", "note"];

    private readonly JsonElement _root;
    private readonly string _createdAt;

    private ExpragRecord(JsonElement root, long line)
    {
        (_root, Line) = (root, line);
        if (root.ValueKind != JsonValueKind.Object) throw new JsonException("expected a JSON object");
        RunId = Required("run_id");
        Kind = Required("kind");
        Experiment = Required("experiment_name");
        if (!ForeignJson.TryMember(root, "value", out JsonElement value)) throw new JsonException("expected the field 'value'");
        Value = value;
        if (Kind == RunStart && value.ValueKind != JsonValueKind.Object)
            throw new JsonException("expected an object in the 'value' of a run_start");
        _createdAt = Required("created_at");
        CreatedAt = ForeignJson.Member(root, "created_at") is { } text && JournalTime.TryParse(text, out DateTimeOffset time)
            ? time : throw new JsonException($"expected an RFC 3339 time in 'created_at', and not '{_createdAt}'");
        Elapsed = ForeignJson.Member(root, "elapsed_ms") is { } elapsed && elapsed.TryInteger(out long ms) && ms is >= 0 and < 1L << 50
            ? TimeSpan.FromMilliseconds(ms) : throw new JsonException("expected a whole number in 'elapsed_ms'");
        Note = ForeignJson.Text(root, "note");
    }

    public long Line { get; }

    public string RunId { get; }

    public string Kind { get; }

    public string Experiment { get; }

    public JsonElement Value { get; }

    public string? Note { get; }

    /// <summary>To a tenth of a microsecond; exprag writes nanoseconds.</summary>
    public DateTimeOffset CreatedAt { get; }

    public TimeSpan Elapsed { get; }

    public string? Version => ForeignJson.Text(_root, "exprag_version");

    /// <exception cref="JsonException">The line is no record; the message says why.</exception>
    public static ExpragRecord Parse(ReadOnlySpan<byte> line, long number) => new(ForeignJson.Parse(line), number);

    /// <summary>What the envelope of a journal lacks, as JSON: the exact time, and fields of other versions. Null for nothing.</summary>
    public byte[]? Rest()
    {
        string? exact = new JsonBuffer().Time(CreatedAt).ToString() == $"\"{_createdAt}\"" ? null : _createdAt;
        JsonProperty[] unknown = [.. _root.EnumerateObject().Where(IsUnknown)];
        if (exact is null && unknown.Length == 0) return null;
        var json = new JsonBuffer();
        using (var rest = new ObjectWriter(json)) rest.Text("created_at", exact).All(unknown);
        return json.ToArray();

        bool IsUnknown(JsonProperty member) =>
            !Known.Contains(JsonObjects.Name(member)) || (Note is null && JsonObjects.Name(member) == "note");
    }

    private string Required(string name) => ForeignJson.Text(_root, name) ?? throw new JsonException($"expected text in '{name}'");
}

/// <summary>What the records of a run have in common, and the places of the records in its file, in their order.</summary>
internal sealed class ExpragRun(ExpragRecord first)
{
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly List<(long Number, Range Place)> _others = [];

    public string Id => first.RunId;

    public string Experiment => first.Experiment;

    /// <summary>The first record that says how the run began; null when the file has none.</summary>
    public ExpragRecord? Start { get; private set; }

    public IReadOnlyList<(long Number, Range Place)> Others => _others;

    /// <summary>When the run began, as far as its records tell.</summary>
    public DateTimeOffset FirstAt { get; private set; } = DateTimeOffset.MaxValue;

    public DateTimeOffset LastAt { get; private set; } = DateTimeOffset.MinValue;

    public TimeSpan LongestElapsed { get; private set; }

    /// <summary>The same 128 bits where the id is a UUID, as those of exprag are.</summary>
    public UInt128 RunId => Fingerprint.TryParse(Id.Replace("-", "", StringComparison.Ordinal), out UInt128 uuid)
        ? uuid : Fingerprint.Of(Encoding.UTF8.GetBytes("exprag\n" + Id));

    public void Add(ExpragRecord record, ReadOnlySpan<byte> line, Range place)
    {
        _hash.AppendData(line);
        _hash.AppendData("\n"u8);
        DateTimeOffset begun = record.CreatedAt.Ticks > record.Elapsed.Ticks ? record.CreatedAt - record.Elapsed : record.CreatedAt;
        if (begun < FirstAt) FirstAt = begun;
        if (record.CreatedAt > LastAt) LastAt = record.CreatedAt;
        if (record.Elapsed > LongestElapsed) LongestElapsed = record.Elapsed;
        if (Start is null && record.Kind == ExpragRecord.RunStart) Start = record;
        else _others.Add((record.Line, place));
    }

    public string Digest() => Convert.ToHexStringLower(_hash.GetCurrentHash())[..32];
}
