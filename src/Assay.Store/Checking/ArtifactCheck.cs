using System.Security.Cryptography;
using System.Text.Json;

namespace Assay;

/// <summary>Hashes every artifact, and compares the artifacts with the lines that refer to them.</summary>
internal sealed class ArtifactCheck(StorageBackend storage, StoreHealth health, ArtifactUses uses)
{
    private readonly HashSet<ArtifactAddress> _found = [];

    public void Run()
    {
        uses.AddDirectories(storage);
        foreach (StoredArtifact artifact in storage.ListArtifacts().OrderBy(a => a.Sha256, StringComparer.Ordinal))
            Check(ArtifactAddress.TryParse(artifact.Sha256)!.Value, PlaceOf(artifact.Sha256));
        if (storage is FileStorage { Layout: var layout })
        {
            foreach ((_, string path) in new ArtifactFolder(layout).Files().Where(f => ArtifactAddress.TryParse(f.Name) is null))
                AddNote(FindingKind.ForeignFile, path, "its name is no address of an artifact, so nothing refers to it.");
        }

        foreach ((ArtifactAddress address, ArtifactUse use) in uses.All.Where(u => !_found.Contains(u.Key) && !u.Value.MayBeMissing))
        {
            Add(use, FindingKind.MissingArtifact, $"'{use.Name}' refers to the artifact {address}, which is not in the store. "
                + $"Restore '{PlaceOf(address.ToString())}' from a copy, or run the run again.");
        }
    }

    private string PlaceOf(string sha256) =>
        storage is FileStorage { Layout: var layout } ? layout.Artifact(sha256) : $"{storage.Address}/{sha256}";

    private void Check(ArtifactAddress address, string path)
    {
        health.Artifacts++;
        _found.Add(address);
        try
        {
            using Stream content = storage.OpenArtifact(address.ToString())
                ?? throw new StoreException("it is a link, or no file at all, so no reader takes it for an artifact.");
            string actual = Convert.ToHexStringLower(SHA256.HashData(content));
            health.Bytes += content.Length;
            if (actual != address.ToString()) AddDamaged(address, path, actual, content.Length);
            else Compare(address, path, content.Length);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or StoreException)
        {
            health.AddUnreadable(path, fault);
        }
    }

    private void AddDamaged(ArtifactAddress address, string path, string actual, long length)
    {
        ArtifactUse? use = uses.Find(address);
        string size = use?.Size is { } expected && expected != length
            ? FormattableString.Invariant($" and is {length:N0} bytes long instead of {expected:N0}")
            : "";
        string user = use is null ? "" : $" It is '{use.Name}' of run {use.RunId}.";
        health.Add(new Finding(
            FindingKind.DamagedArtifact, $"the content hashes to {actual}{size}.{user} Restore it from a copy, or run the run again.")
        { File = path, RunId = use?.RunId });
    }

    private void Compare(ArtifactAddress address, string path, long length)
    {
        if (uses.Find(address) is not { } use)
        {
            AddNote(FindingKind.UnreferencedArtifact, path, FormattableString.Invariant(
                $"no readable line refers to it ({length:N0} {Plural.Form(length, "byte", "bytes")}): ")
                + "a killed run left it, or its line is damaged.");
        }
        else if (use.Size is { } expected && expected != length)
        {
            Add(use, FindingKind.ArtifactSize, FormattableString.Invariant(
                $"'{use.Name}' is recorded with {expected:N0} bytes; its content, which is sound, has {length:N0}."));
        }
    }

    private void AddNote(FindingKind kind, string path, string message) => health.Add(new Finding(kind, message) { File = path });

    private void Add(ArtifactUse use, FindingKind kind, string message) => health.Add(
        new Finding(kind, message) { File = use.Journal, Line = use.Line, ByteOffset = use.Offset, RunId = use.RunId });
}

/// <summary>The artifacts that journals refer to, each with the first line that does.</summary>
internal sealed class ArtifactUses
{
    private readonly Dictionary<ArtifactAddress, ArtifactUse> _uses = [];

    public IEnumerable<KeyValuePair<ArtifactAddress, ArtifactUse>> All => _uses;

    public ArtifactUse? Find(ArtifactAddress address) => _uses.GetValueOrDefault(address);

    public void Add(JsonElement value, ArtifactUse place)
    {
        if (value.TryGetProperty("data", out _)) return;
        ArtifactAddress address = ArtifactAddress.TryParse(value.GetProperty("sha256").GetString()!)!.Value;
        // The size of a directory is that of its files, whereas its address is that of their list.
        bool isDirectory = value.GetProperty("kind").ValueEquals("directory"u8);
        Add(address, place with { IsDirectory = isDirectory, Size = isDirectory ? null : value.GetProperty("size").GetInt64() });
    }

    // An artifact that one run may lack, another run may need.
    private void Add(ArtifactAddress address, ArtifactUse use)
    {
        if (!_uses.TryAdd(address, use) && _uses[address].MayBeMissing) _uses[address] = use;
    }

    /// <summary>Adds the files that directory artifacts list. A list that cannot be read is damaged, which its hash shows.</summary>
    public void AddDirectories(StorageBackend storage)
    {
        foreach ((ArtifactAddress address, ArtifactUse use) in _uses.Where(u => u.Value.IsDirectory).ToArray())
        {
            foreach (ArtifactAddress file in DirectoryManifest.TryRead(storage, address) ?? [])
                Add(file, use with { IsDirectory = false, Size = null });
        }
    }
}

internal sealed record ArtifactUse(string Journal, long Line, long Offset, string RunId, string Name)
{
    public bool IsDirectory { get; init; }

    /// <summary>Whether a cleanup has freed the run, so that its artifacts may be gone.</summary>
    public bool MayBeMissing { get; init; }

    /// <summary>The length of the content according to the line; null where the line does not contain it.</summary>
    public long? Size { get; init; }
}
