using System.Text.Json;

namespace Assay.Import;

/// <summary>A line of an exprag run. Valid until it is disposed.</summary>
internal sealed class ExpragRecord : IDisposable
{
    public const string Start = "run_start";
    public const string Track = "track";

    // What our own envelope says; everything else of a line is kept beside it.
    private static readonly HashSet<string> Known = new(["schema_version", "run_id", "experiment_name", "kind", "value", "created_at", "elapsed_ms", "note"], StringComparer.Ordinal);

    private readonly JsonDocument _document;
    private readonly string _createdAt;

    private ExpragRecord(JsonDocument document)
    {
        _document = document;
        JsonElement root = document.RootElement;
        if (root.ValueKind != JsonValueKind.Object) throw new JsonException("expected a JSON object");
        RunId = ForeignJson.Text(root, "run_id") ?? throw new JsonException("expected text in 'run_id'");
        Kind = ForeignJson.Text(root, "kind") ?? throw new JsonException("expected text in 'kind'");
        Experiment = ForeignJson.Text(root, "experiment_name") ?? throw new JsonException("expected text in 'experiment_name'");
        if (!ForeignJson.TryMember(root, "value", out JsonElement value)) throw new JsonException("expected the field 'value'");
        Value = value;
        if (Kind == Start && value.ValueKind != JsonValueKind.Object) throw new JsonException("expected an object in the 'value' of a run_start");
        _createdAt = ForeignJson.Text(root, "created_at") ?? throw new JsonException("expected text in 'created_at'");
        CreatedAt = ForeignJson.TryMember(root, "created_at", out JsonElement createdAt) && JournalTime.TryParse(createdAt, out DateTimeOffset time) ? time : throw new JsonException($"expected an RFC 3339 time in 'created_at', and not '{_createdAt}'");
        if (ForeignJson.TryMember(root, "elapsed_ms", out JsonElement elapsed) && elapsed.TryInteger(out long ms) && ms is >= 0 and < 1L << 50) Elapsed = TimeSpan.FromMilliseconds(ms);
        else throw new JsonException("expected a whole number in 'elapsed_ms'");
        Note = ForeignJson.Text(root, "note");
    }

    public string RunId { get; }

    public string Kind { get; }

    public string Experiment { get; }

    public JsonElement Value { get; }

    public string? Note { get; }

    /// <summary>To a tenth of a microsecond; exprag writes nanoseconds.</summary>
    public DateTimeOffset CreatedAt { get; }

    public TimeSpan Elapsed { get; }

    public string? Version => ForeignJson.Text(_document.RootElement, "exprag_version");

    /// <exception cref="JsonException">The line is no record; the message says why.</exception>
    public static ExpragRecord Parse(ReadOnlySpan<byte> line)
    {
        JsonDocument document = ForeignJson.Parse(line);
        try
        {
            return new ExpragRecord(document);
        }
        catch
        {
            document.Dispose();
            throw;
        }
    }

    /// <summary>Writes what the envelope does not say, with a comma before it: the exact time, and fields of other versions.</summary>
    public void WriteRest(JsonBuffer json)
    {
        var rest = new JsonBuffer();
        bool first = true;
        if (!_createdAt.StartsWith(new JsonBuffer().Time(CreatedAt).ToString().Trim('"')[..^"+00:00".Length] + "+", StringComparison.Ordinal))
        {
            rest.Raw("\"created_at\":"u8).String(_createdAt);
            first = false;
        }

        JsonElement root = _document.RootElement;
        ForeignJson.Members(rest, root.EnumerateObject().Where(m => !Known.Contains(JsonObjects.Name(m)) || (JsonObjects.Name(m) == "note" && Note is null)), ref first);
        if (!first) json.Raw(",\"source\":{"u8).Raw(rest.Written).Raw((byte)'}');
    }

    public void Dispose() => _document.Dispose();
}
