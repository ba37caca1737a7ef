using System.Security.Cryptography;

namespace Assay.Questions;

/// <summary>Hashes every artifact and compares what is there with what the journals refer to.</summary>
internal sealed class ArtifactCheck(StoreLayout layout, Findings findings, ArtifactUses uses)
{
    private readonly HashSet<ArtifactAddress> _seen = [];

    public long Artifacts { get; private set; }

    public long Bytes { get; private set; }

    public void Run()
    {
        var folder = new ArtifactFolder(layout);
        uses.AddDirectories(folder);
        foreach ((string name, string path) in folder.All().OrderBy(a => a.Sha256, StringComparer.Ordinal))
        {
            if (ArtifactAddress.TryParse(name) is { } address) Check(address, path);
            else Note(FindingKinds.ForeignFile, path, "its name is no address of an artifact, so nothing refers to it.");
        }

        foreach ((ArtifactAddress address, ArtifactUse use) in uses.All.Where(u => !_seen.Contains(u.Key) && !u.Value.MayBeMissing))
        {
            findings.Add(At(use, FindingKinds.MissingArtifact,
                $"'{use.Name}' refers to the artifact {address}, which is not in the store. "
                    + $"Restore '{layout.Artifact(address.ToString())}' from a copy, or run the run again."));
        }
    }

    private void Check(ArtifactAddress address, string path)
    {
        Artifacts++;
        _seen.Add(address);
        try
        {
            using var content = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
            string actual = Convert.ToHexStringLower(SHA256.HashData(content));
            Bytes += content.Length;
            if (actual != address.ToString()) findings.Add(Damaged(address, path, actual, content.Length));
            else Compare(address, path, content.Length);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
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
