using System.Text.Json;

namespace Assay.Import;

/// <summary>The artifacts of one run: what its record and the manifest beside the files tell, and files that neither tells of.</summary>
internal sealed class MetalabArtifacts(MetalabFolder folder, MetalabRecord record, ImportLedger ledger)
{
    private const string ManifestName = "_manifest.json";

    private readonly OrderedDictionary<string, JsonElement?> _byName = new(StringComparer.Ordinal);
    private readonly HashSet<string> _taken = new(StringComparer.Ordinal);

    /// <summary>Each artifact with its file; null for the description of a file that nothing describes.</summary>
    public IReadOnlyList<(string Name, string File, JsonElement? Description)> Find()
    {
        Describe(ForeignJson.Member(record.Root, "artifacts"), folder.Record(record.Id));
        string manifest = Path.Combine(folder.Artifacts(record.Id), ManifestName);
        if (File.Exists(manifest)) Describe(Read(manifest), manifest);
        var found = new List<(string, string, JsonElement?)>();
        foreach ((string name, JsonElement? description) in _byName)
        {
            if (Locate(description!.Value, name) is not { } file) continue;
            _taken.Add(file);
            found.Add((name, file, description));
        }

        foreach (string file in MetalabFolder.Files(folder.Artifacts(record.Id)).Where(f => Path.GetFileName(f) != ManifestName && !_taken.Contains(f)))
            found.Add((Path.GetRelativePath(folder.Artifacts(record.Id), file).Replace('\\', '/'), file, null));
        return found;
    }

    /// <summary>Compares what was copied with what metalab had written down.</summary>
    /// <param name="description">What metalab had written down, if anything.</param>
    /// <param name="file">The file.</param>
    /// <param name="sha256">The hash of its content; null where it was not looked at.</param>
    /// <param name="size">Its length.</param>
    public void Check(JsonElement? description, string file, string? sha256, long size)
    {
        if (description is not { } told) return;
        if (ForeignJson.Text(told, "content_hash") is { Length: 16 } hash && sha256?.StartsWith(hash, StringComparison.OrdinalIgnoreCase) == false)
            ledger.Damage(file, null, $"its content is another than metalab recorded: {hash} is the beginning of the hash there, {sha256[..16]} of the file. It came over as it is.");
        else if (ForeignJson.Member(told, "size_bytes") is { } length && length.TryInteger(out long bytes) && bytes != size)
            ledger.Damage(file, null, $"has {size} bytes, and metalab recorded {bytes}. It came over as it is.");
    }

    private JsonElement? Read(string manifest)
    {
        try
        {
            using JsonDocument document = ForeignJson.Read(manifest);
            return ForeignJson.Member(document.RootElement.Clone(), "artifacts");
        }
        catch (JsonException fault)
        {
            ledger.Damage(manifest, null, $"{ForeignJson.Reason(fault)} The artifacts came over as the run's record describes them.");
            return null;
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

    // The address is absolute and may be that of another machine: what counts is the part within the run's folder. Nothing outside is ever read.
    private string? Locate(JsonElement description, string name)
    {
        string own = folder.Artifacts(record.Id), uri = (ForeignJson.Text(description, "uri") ?? "").Replace('\\', '/');
        string mark = $"/artifacts/{record.Id}/";
        int at = uri.LastIndexOf(mark, StringComparison.Ordinal);
        string relative = at >= 0 ? uri[(at + mark.Length)..] : uri.Split('/')[^1];
        string file = Path.GetFullPath(Path.Combine(own, relative));
        if (relative.Length > 0 && file.StartsWith(own + Path.DirectorySeparatorChar, StringComparison.Ordinal) && File.Exists(file)) return file;
        ledger.Damage(folder.Record(record.Id), null, $"the artifact '{name}' has no file in artifacts/{record.Id}/ (its address is '{uri}')");
        return null;
    }
}
