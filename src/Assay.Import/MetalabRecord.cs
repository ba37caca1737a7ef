using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Assay.Import;

/// <summary>A run as metalab's record has it.</summary>
internal sealed class MetalabRecord
{
    private static readonly HashSet<string> Known = new(
    [
        "run_id", "experiment_id", "status", "context_fingerprint", "params_fingerprint", "seed_fingerprint", "started_at", "finished_at", "duration_ms", "metrics", "error", "params_resolved", "tags",
        "warnings", "notes", "artifacts",
    ], StringComparer.Ordinal);

    private MetalabRecord(JsonElement root, string id, string experiment) => (Root, Id, Experiment) = (root, id, experiment);

    public JsonElement Root { get; }

    public string Id { get; }

    public string Experiment { get; }

    /// <summary>Null for a run that has not ended, or of which nobody knows.</summary>
    public RunStatus? Status => ForeignJson.Text(Root, "status") switch
    {
        "success" => RunStatus.Success,
        "failed" => RunStatus.Failed,
        "cancelled" => RunStatus.Cancelled,
        _ => null,
    };

    public string StatusText => ForeignJson.Member(Root, "status")?.GetRawText() ?? "missing";

    public JsonElement? Error => ForeignJson.Member(Root, "error");

    /// <summary>
    /// Metalab's 16 digits, so that a run is found by them here too, and 16 more: the same digits may stand for runs of two experiments.
    /// </summary>
    public UInt128 RunId
    {
        get
        {
            string hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"metalab\n{Experiment}\n{Id}")));
            bool isPlain = Id.Length == 16 && Id.All(char.IsAsciiHexDigitLower);
            return Fingerprint.TryParse(isPlain ? Id + hash[..16] : hash[..32], out UInt128 id) ? id : throw new InvalidOperationException(hash);
        }
    }

    /// <summary>Members that have no place of their own in a journal.</summary>
    public IEnumerable<JsonProperty> Others => Root.EnumerateObject().Where(m => !Known.Contains(JsonObjects.Name(m)));

    /// <exception cref="JsonException">The file is no record.</exception>
    public static MetalabRecord Read(string file)
    {
        using JsonDocument document = ForeignJson.Read(file);
        JsonElement root = document.RootElement.ValueKind == JsonValueKind.Object ? document.RootElement.Clone() : throw new JsonException("expected a JSON object");
        string id = ForeignJson.Text(root, "run_id") ?? throw new JsonException("expected text in 'run_id'");
        string experiment = ForeignJson.Text(root, "experiment_id") ?? throw new JsonException("expected text in 'experiment_id'");
        foreach (string name in (ReadOnlySpan<string>)["metrics", "params_resolved"])
        {
            if (ForeignJson.Member(root, name) is { ValueKind: not JsonValueKind.Object }) throw new JsonException($"expected an object in '{name}'");
        }

        return new MetalabRecord(root, id, experiment);
    }

    /// <summary>Of the record and of all files that belong to it; of artifacts their names and lengths, because the record has their hashes.</summary>
    public string Digest(MetalabFolder folder, IEnumerable<string> logs)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (string file in (string[])[folder.Record(Id), folder.Derived(Id), .. MetalabFolder.Files(folder.Results(Id)), .. logs])
        {
            if (!File.Exists(file)) continue;
            Add(hash, file);
            using FileStream content = File.OpenRead(file);
            byte[] block = new byte[1 << 16];
            for (int read; (read = content.Read(block)) > 0;) hash.AppendData(block, 0, read);
        }

        foreach (string file in MetalabFolder.Files(folder.Artifacts(Id))) Add(hash, file);
        return Convert.ToHexStringLower(hash.GetHashAndReset())[..32];

        void Add(IncrementalHash target, string file) => target.AppendData(Encoding.UTF8.GetBytes($"\n{Path.GetRelativePath(folder.Path, file)} {new FileInfo(file).Length}\n"));
    }
}
