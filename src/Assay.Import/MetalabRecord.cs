using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Assay.Import;

/// <summary>A run as metalab's record describes it.</summary>
internal sealed class MetalabRecord
{
    private static readonly HashSet<string> Known =
    [
        "run_id", "experiment_id", "status", "context_fingerprint", "params_fingerprint", "seed_fingerprint", "started_at", "finished_at",
        "duration_ms", "metrics", "error", "params_resolved", "tags", "warnings", "notes", "artifacts",
    ];

    private MetalabRecord(JsonElement root)
    {
        Root = root;
        Id = Text("run_id") ?? throw new JsonException("expected text in 'run_id'");
        Experiment = Text("experiment_id") ?? throw new JsonException("expected text in 'experiment_id'");
        foreach (string name in (ReadOnlySpan<string>)["metrics", "params_resolved"])
        {
            if (Member(name) is { ValueKind: not JsonValueKind.Object }) throw new JsonException($"expected an object in '{name}'");
        }
    }

    public JsonElement Root { get; }

    public string Id { get; }

    public string Experiment { get; }

    /// <summary>Null for a run that has not ended, or of which nobody knows.</summary>
    public RunStatus? Status => Text("status") switch
    {
        "success" => RunStatus.Success,
        "failed" => RunStatus.Failed,
        "cancelled" => RunStatus.Cancelled,
        _ => null,
    };

    /// <summary>Metalab's 16 digits, so that a run is found by them, and 16 more: two experiments may have runs of equal digits.</summary>
    public UInt128 RunId
    {
        get
        {
            UInt128 hash = Fingerprint.Of(Encoding.UTF8.GetBytes($"metalab\n{Experiment}\n{Id}"));
            bool isPlain = Id.Length == 16 && Id.All(char.IsAsciiHexDigitLower);
            return isPlain && Fingerprint.TryParse(Id + Fingerprint.Hex(hash)[..16], out UInt128 id) ? id : hash;
        }
    }

    /// <summary>Members that have no equivalent in a journal.</summary>
    public IEnumerable<JsonProperty> Others => Root.EnumerateObject().Where(m => !Known.Contains(JsonObjects.Name(m)));

    /// <exception cref="JsonException">The file is no record.</exception>
    public static MetalabRecord Read(string file) => new(ForeignJson.ReadObject(file));

    public JsonElement? Member(string name) => ForeignJson.Member(Root, name);

    public string? Text(string name) => ForeignJson.Text(Root, name);

    /// <summary>The hash of the record and its files; artifacts count by name and length, because the record has their hashes.</summary>
    public string Digest(MetalabFolder folder, IEnumerable<string> logs)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        byte[] block = new byte[1 << 16];
        foreach (string file in (string[])[folder.Record(Id), folder.Derived(Id), .. MetalabFolder.Files(folder.Results(Id)), .. logs])
        {
            if (!File.Exists(file) || StoreEntry.IsForeign(file)) continue;
            AddName(file);
            using FileStream content = ForeignJson.Open(file);
            for (int read; (read = content.Read(block)) > 0;) hash.AppendData(block, 0, read);
        }

        foreach (string file in MetalabFolder.Files(folder.Artifacts(Id))) AddName(file);
        return Convert.ToHexStringLower(hash.GetHashAndReset())[..32];

        void AddName(string file)
        {
            long length = StoreEntry.IsForeign(file) ? 0 : new FileInfo(file).Length;
            hash.AppendData(Encoding.UTF8.GetBytes($"\n{Path.GetRelativePath(folder.Address, file)} {length}\n"));
        }
    }
}
