using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Assay.Import;

/// <summary>What metalab's manifests say of an experiment; the newest counts.</summary>
internal sealed class MetalabExperiment
{
    private readonly Dictionary<string, (long Base, int Replicate)> _seeds = new(StringComparer.Ordinal);

    private MetalabExperiment(string id, IReadOnlyList<JsonElement> manifests)
    {
        (Id, Manifests) = (id, manifests);
        JsonElement? newest = manifests.Count > 0 ? manifests[^1] : null;
        int colon = id.LastIndexOf(':');
        Name = (newest is { } named ? ForeignJson.Text(named, "name") : null) ?? (colon > 0 ? id[..colon] : id);
        Version = (newest is { } versioned ? ForeignJson.Text(versioned, "version") : null) ?? (colon > 0 ? id[(colon + 1)..] : "");
        Description = (newest is { } described ? ForeignJson.Text(described, "description") : null) ?? "";
        Tags = newest is { } tagged && ForeignJson.Member(tagged, "tags") is { ValueKind: JsonValueKind.Array } tags ? tags : null;
        Metadata = newest is { } told ? ForeignJson.Member(told, "metadata") : null;
        foreach (JsonElement manifest in manifests) AddSeeds(manifest);
    }

    public string Id { get; }

    public string Name { get; }

    public string Version { get; }

    public string Description { get; }

    public JsonElement? Tags { get; }

    public JsonElement? Metadata { get; }

    /// <summary>The oldest first.</summary>
    public IReadOnlyList<JsonElement> Manifests { get; }

    public static MetalabExperiment Of(string id, IEnumerable<JsonElement> manifests) => new(
        id, [.. manifests.Where(m => ForeignJson.Text(m, "experiment_id") == id).OrderBy(m => ForeignJson.Text(m, "submitted_at") ?? "", StringComparer.Ordinal)]);

    /// <summary>The seed a fingerprint was made of. Records have the fingerprint alone, so those of the seeds of the manifests are tried.</summary>
    public (long Base, int Replicate)? Seed(string? fingerprint) => fingerprint is not null && _seeds.TryGetValue(fingerprint, out (long, int) seed) ? seed : null;

    /// <summary>The first 16 digits of the hash of what metalab calls the canonical form.</summary>
    public static string SeedFingerprint(long root, int replicate) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(string.Create(System.Globalization.CultureInfo.InvariantCulture, $$"""{"replicate_index":{{replicate}},"root_seed":{{root}}}"""))))[..16];

    /// <summary>The manifest without the ids of its runs, which are as many as the runs.</summary>
    public static void WriteManifest(JsonBuffer json, JsonElement manifest)
    {
        bool first = true;
        json.Raw((byte)'{');
        ForeignJson.Members(json, manifest.EnumerateObject().Where(m => JsonObjects.Name(m) != "run_ids"), ref first);
        json.Raw((byte)'}');
    }

    private void AddSeeds(JsonElement manifest)
    {
        const int Most = 1_000_000;
        if (ForeignJson.Member(manifest, "seeds") is not { } seeds || ForeignJson.Member(seeds, "base") is not { } first || !first.TryInteger(out long root)) return;
        if (ForeignJson.Member(seeds, "replicates") is not { } number || !number.TryInteger(out long replicates)) return;
        for (int i = 0; i < Math.Min(replicates, Most); i++) _seeds[SeedFingerprint(root, i)] = (root, i);
    }
}
