using System.Text.Json;

namespace Assay.Import;

/// <summary>The artifacts of a run: those that its record and the manifest beside the files describe, and all other files.</summary>
internal sealed class MetalabArtifacts(MetalabFolder folder, MetalabRecord record, ImportLedger ledger)
{
    private const string ManifestName = "_manifest.json";

    private readonly OrderedDictionary<string, JsonElement> _byName = new(StringComparer.Ordinal);
    private readonly string _folder = folder.Artifacts(record.Id);

    /// <summary>Each artifact with its file; null for the description of a file that nothing describes.</summary>
    public IReadOnlyList<(string Name, string File, JsonElement? Description)> Find()
    {
        Describe(record.Member("artifacts"), folder.Record(record.Id));
        string manifest = Path.Combine(_folder, ManifestName);
        if (File.Exists(manifest))
        {
            JsonElement? described = ledger.Try<JsonElement?>(
                manifest, f => ForeignJson.Read(f), " The artifacts came over as the run's record describes them.");
            Describe(ForeignJson.Member(described, "artifacts"), manifest);
        }

        var found = new List<(string, string File, JsonElement?)>();
        foreach ((string name, JsonElement description) in _byName)
        {
            if (Locate(description, name) is { } file) found.Add((name, file, description));
        }

        IEnumerable<string> others = MetalabFolder.Files(_folder).Except([manifest, .. found.Select(f => f.File)], StringComparer.Ordinal);
        return [.. found, .. others.Select(f => (Path.GetRelativePath(_folder, f).Replace('\\', '/'), f, (JsonElement?)null))];
    }

    /// <summary>Compares what was copied with what metalab recorded; the hash is null where the file was not read.</summary>
    public void Check(JsonElement? description, string file, string? sha256, long size)
    {
        if (ForeignJson.Text(description, "content_hash") is { Length: 16 } hash
            && sha256?.StartsWith(hash, StringComparison.OrdinalIgnoreCase) == false)
        {
            ledger.Damage(file, null, $"its content is another than metalab recorded: {hash} is the beginning of the hash there, "
                + $"{sha256[..16]} of the file. It came over as it is.");
        }
        else if (ForeignJson.Member(description, "size_bytes") is { } length && length.TryInteger(out long bytes) && bytes != size)
        {
            ledger.Damage(file, null, $"has {size} bytes, and metalab recorded {bytes}. It came over as it is.");
        }
    }

    private void Describe(JsonElement? list, string file)
    {
        if (list is not { } descriptions) return;
        if (descriptions.ValueKind != JsonValueKind.Array)
        {
            ledger.Damage(file, null, "expected a list in 'artifacts'");
            return;
        }

        foreach (JsonElement description in descriptions.EnumerateArray())
        {
            if (ForeignJson.Text(description, "name") is { } name && !string.IsNullOrWhiteSpace(name)) _byName[name] = description;
            else ledger.Damage(file, null, $"an artifact has no name: {description.GetRawText()}");
        }
    }

    // The address is absolute and may be that of another machine: what counts is the part within the run's folder. Nothing outside is read.
    private string? Locate(JsonElement description, string name)
    {
        string uri = (ForeignJson.Text(description, "uri") ?? "").Replace('\\', '/');
        string mark = $"/artifacts/{record.Id}/";
        int at = uri.LastIndexOf(mark, StringComparison.Ordinal);
        string relative = at >= 0 ? uri[(at + mark.Length)..] : uri.Split('/')[^1];
        string file = Path.GetFullPath(Path.Combine(_folder, relative));
        if (file.StartsWith(_folder + Path.DirectorySeparatorChar, StringComparison.Ordinal) && File.Exists(file)) return file;
        ledger.Damage(
            folder.Record(record.Id), null, $"the artifact '{name}' has no file in artifacts/{record.Id}/ (its address is '{uri}')");
        return null;
    }
}
