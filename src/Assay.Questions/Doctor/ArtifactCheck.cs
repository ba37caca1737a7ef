using System.Security.Cryptography;

namespace Assay.Questions;

/// <summary>Hashes every artifact and compares what is there with what the journals refer to.</summary>
internal sealed class ArtifactCheck(StorageBackend storage, Findings findings, ArtifactUses uses)
{
    private readonly HashSet<ArtifactAddress> _seen = [];

    public long Artifacts { get; private set; }

    public long Bytes { get; private set; }

    public void Run()
    {
        uses.AddDirectories(storage);
        foreach (StoredArtifact artifact in storage.ListArtifacts().OrderBy(a => a.Sha256, StringComparer.Ordinal))
            Check(ArtifactAddress.TryParse(artifact.Sha256)!.Value, PlaceOf(artifact.Sha256));
        if (storage is FileStorage { Layout: var layout })
        {
            foreach ((_, string path) in new ArtifactFolder(layout).Files().Where(f => ArtifactAddress.TryParse(f.Name) is null))
                Note(FindingKinds.ForeignFile, path, "its name is no address of an artifact, so nothing refers to it.");
        }

        foreach ((ArtifactAddress address, ArtifactUse use) in uses.All.Where(u => !_seen.Contains(u.Key) && !u.Value.MayBeMissing))
        {
            findings.Add(At(use, FindingKinds.MissingArtifact,
                $"'{use.Name}' refers to the artifact {address}, which is not in the store. Restore '{PlaceOf(address.ToString())}' from a copy, or run the run again."));
        }
    }

    private string PlaceOf(string sha256) => storage is FileStorage { Layout: var layout } ? layout.Artifact(sha256) : $"{storage.Address}/{sha256}";

    private void Check(ArtifactAddress address, string path)
    {
        Artifacts++;
        _seen.Add(address);
        try
        {
            using Stream content = storage.ReadArtifact(address.ToString());
            string actual = Convert.ToHexStringLower(SHA256.HashData(content));
            Bytes += content.Length;
            if (actual != address.ToString()) findings.Add(Damaged(address, path, actual, content.Length));
            else Compare(address, path, content.Length);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or StoreException)
        {
            findings.Unreadable(path, fault);
        }
    }

    private Finding Damaged(ArtifactAddress address, string path, string actual, long length)
    {
        ArtifactUse? use = uses.Find(address);
        string size = use?.Size is { } expected && expected != length ? $" and is {Words.Number(length)} bytes long instead of "
            + $"{Words.Number(expected)}" : "";
        string user = use is null ? "" : $" It is '{use.Name}' of run {use.RunId}.";
        return new Finding(Finding.Problem, FindingKinds.DamagedArtifact, $"the content hashes to {actual}{size}.{user} Restore it from "
            + "a copy, or run the run again.")
        { File = path, RunId = use?.RunId };
    }

    private void Compare(ArtifactAddress address, string path, long length)
    {
        if (uses.Find(address) is not { } use)
        {
            string size = Words.Count(length, "byte");
            const string Why = "a killed run left it, or its line is damaged";
            Note(FindingKinds.UnreferencedArtifact, path, $"no readable line refers to it ({size}): {Why}.");
        }
        else if (use.Size is { } expected && expected != length)
            findings.Add(At(use, FindingKinds.ArtifactSize, $"'{use.Name}' is recorded with {Words.Number(expected)} bytes; its content, "
                + $"which is sound, has {Words.Number(length)}."));
    }

    private void Note(string kind, string path, string message) => findings.Add(new Finding(Finding.Note, kind, message) { File = path });

    private static Finding At(ArtifactUse use, string kind, string message) =>
        new(Finding.Problem, kind, message) { File = use.Journal, Line = use.Line, ByteOffset = use.Offset, RunId = use.RunId };
}
