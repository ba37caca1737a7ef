using System.Security.Cryptography;

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
            using Stream content = storage.ReadArtifact(address.ToString());
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
