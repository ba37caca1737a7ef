using System.Text.Json;

namespace Assay;

/// <summary>
/// The content of artifacts that no run refers to. Found anew from what the journals say, because what two runs recorded alike is kept
/// once. In doubt, nothing goes.
/// </summary>
internal sealed class ArtifactPart : CleanupPart
{
    public override IEnumerable<CleanupItem> Find(CleanupScan scan)
    {
        JournalContents[] staying = [.. scan.Journals.Where(j => !j.CanGo)];
        var live = new HashSet<ArtifactAddress>();
        foreach (JournalContents journal in staying) live.UnionWith(journal.Artifacts);
        string? unsure = Unsure(scan, staying) ?? AddDirectories(scan.Storage, staying, live);
        DateTimeOffset before = scan.Clock.GetUtcNow() - scan.Options.Grace;
        List<CleanupItem> found =
        [
            .. scan.Storage.ListArtifacts()
                .Where(a => a.WrittenAt < before && ArtifactAddress.TryParse(a.Sha256) is { } address && !live.Contains(address))
                .Select(a => Item(scan, a)),
        ];
        if (found.Count == 0 || unsure is null) return found;
        string artifacts = found.Count == 1 ? "an artifact" : $"{found.Count} artifacts";
        scan.Keep($"{artifacts} to which no readable line refers {Plural.Form(found.Count, "stays", "stay")}, because {unsure}.");
        return [];
    }

    // Much time may pass before it is its turn: a run elsewhere, whose lock shows late, may have put the same content meanwhile, which
    // renews it.
    private static CleanupItem Item(CleanupScan scan, StoredArtifact artifact) =>
        new(CleanupKind.Artifact, scan.NameOf(artifact), artifact.Size, "no run refers to it", () =>
        {
            if (scan.Storage.FindArtifact(artifact.Sha256) is not { } now || now.WrittenAt >= scan.Clock.GetUtcNow() - scan.Options.Grace)
                return false;
            scan.Storage.DeleteArtifact(artifact.Sha256);
            return true;
        });

    private static string? Unsure(CleanupScan scan, JournalContents[] staying)
    {
        if (scan.Writers.Count > 0)
        {
            string writers = ValueText.First(scan.Writers.Select(w => WriterText(scan, w)), most: 3);
            return $"somebody writes to the store ({writers}) and may be about to name one; clean up again later";
        }

        return Array.Find(staying, j => j.Damage.Count > 0) is { } damaged
            ? $"'{damaged.Journal.Location}' cannot be read in whole and may refer to them; 'assay doctor' says where"
            : null;
    }

    // A writer on another host cannot be seen at work here, so the message says who it is and when it was last heard of.
    private static string WriterText(CleanupScan scan, string writer) =>
        scan.Storage.FindHolder(writer) is { IsHere: false } holder ? $"{writer}: {holder.Describe(scan.Clock)}" : writer;

    private static string? AddDirectories(StorageBackend storage, JournalContents[] staying, HashSet<ArtifactAddress> live)
    {
        foreach (ArtifactAddress directory in staying.SelectMany(j => j.Directories).Distinct())
        {
            try
            {
                using Stream manifest = storage.ReadArtifact(directory.ToString());
                foreach ((_, string sha256) in DirectoryManifest.Read(manifest))
                {
                    if (ArtifactAddress.TryParse(sha256) is { } file) live.Add(file);
                }
            }
            catch (Exception fault) when (fault is StoreException or IOException or UnauthorizedAccessException or JsonException
                or KeyNotFoundException or InvalidOperationException)
            {
                return $"the list of files {directory} of a recorded folder cannot be read, so nobody knows what it needs; "
                    + "'assay doctor' says more";
            }
        }

        return null;
    }
}
