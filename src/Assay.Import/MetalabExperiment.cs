using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Assay.Import;

/// <summary>An experiment as its manifests describe it; the newest counts.</summary>
internal sealed class MetalabExperiment
{
    private const int MostReplicates = 1_000_000;

    private readonly Dictionary<string, (long Base, int Replicate)> _seeds = new(StringComparer.Ordinal);
    private readonly JsonElement[] _manifests;
    private readonly string _description;

    public MetalabExperiment(string id, IEnumerable<JsonElement> manifests)
    {
        Id = id;
        _manifests = [.. manifests.Where(m => ForeignJson.Text(m, "experiment_id") == id)
            .OrderBy(m => ForeignJson.Text(m, "submitted_at") ?? "", StringComparer.Ordinal)];
        JsonElement? newest = _manifests.Length > 0 ? _manifests[^1] : null;
        int colon = id.LastIndexOf(':');
        Name = ForeignJson.Text(newest, "name") ?? (colon > 0 ? id[..colon] : id);
        Version = ForeignJson.Text(newest, "version") ?? (colon > 0 ? id[(colon + 1)..] : "");
        _description = ForeignJson.Text(newest, "description") ?? "";
        Tags = ForeignJson.Member(newest, "tags") is { ValueKind: JsonValueKind.Array } tags ? tags : null;
        Metadata = ForeignJson.Member(newest, "metadata");
        foreach (JsonElement manifest in _manifests) AddSeeds(ForeignJson.Member(manifest, "seeds"));
    }

    public string Id { get; }

    public string Name { get; }

    public string Version { get; }

    public JsonElement? Tags { get; }

    public JsonElement? Metadata { get; }

    /// <summary>The seed of a fingerprint. Records have the fingerprint alone, so those of the manifests' seeds are tried.</summary>
    public (long Base, int Replicate)? Seed(string? fingerprint) =>
        fingerprint is not null && _seeds.TryGetValue(fingerprint, out (long, int) seed) ? seed : null;

    /// <summary>The first 16 digits of the hash of what metalab calls the canonical form.</summary>
    public static string SeedFingerprint(long root, int replicate)
    {
        FormattableString canonical = $$"""{"replicate_index":{{replicate}},"root_seed":{{root}}}""";
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(FormattableString.Invariant(canonical))))[..16];
    }

    /// <summary>Writes the value of <c>session_start</c>: what is common to the runs of the journal.</summary>
    public void WriteSession(JsonBuffer json, JsonElement? contextManifest, string folder)
    {
        using var value = new ObjectWriter(json);
        value.Text("version", Version).Text("description", _description);
        using ObjectWriter imported = value.Object("imported");
        imported.Text("from", "metalab").Text("experiment_id", Id).Text("folder", folder);
        imported.List("manifests", _manifests, WriteManifest).Value("context_manifest", contextManifest);
    }

    // Without the ids of the runs, which are as many as the runs.
    private static void WriteManifest(JsonBuffer json, JsonElement manifest)
    {
        using var members = new ObjectWriter(json);
        members.All(manifest.EnumerateObject().Where(m => JsonObjects.Name(m) != "run_ids"));
    }

    private void AddSeeds(JsonElement? seeds)
    {
        if (ForeignJson.Member(seeds, "base") is not { } first || !first.TryInteger(out long root)) return;
        if (ForeignJson.Member(seeds, "replicates") is not { } number || !number.TryInteger(out long replicates)) return;
        for (int i = 0; i < Math.Min(replicates, MostReplicates); i++) _seeds[SeedFingerprint(root, i)] = (root, i);
    }
}
