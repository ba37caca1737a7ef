using System.Text.Json;

namespace Assay;

/// <summary>
/// The content of artifacts that no run refers to. Found anew from what the journals say, because what two runs recorded alike is kept once. Where it cannot be told for certain, nothing goes.
/// </summary>
internal sealed class ArtifactPart : CleanupPart
{
    public override IEnumerable<CleanupItem> Find(CleanupScan scan)
    {
        var folder = new ArtifactFolder(scan.Layout);
        JournalContents[] staying = [.. scan.Journals.Where(j => !j.CanGo)];
        var live = new HashSet<ArtifactAddress>();
        foreach (JournalContents journal in staying) live.UnionWith(journal.Artifacts);
        string? unsure = Unsure(scan, staying) ?? AddDirectories(folder, staying, live);
        DateTimeOffset before = scan.Clock.GetUtcNow() - scan.Options.Grace;
        var found = new List<CleanupItem>();
        foreach ((string name, string path) in folder.All())
        {
            if (ArtifactAddress.TryParse(name) is not { } address || live.Contains(address) || File.GetLastWriteTimeUtc(path) >= before) continue;
            found.Add(CleanupItem.File(CleanupKind.Artifact, path, "no run refers to it", () => Delete(scan, path)));
        }

        if (found.Count == 0 || unsure is null) return found;
        scan.Keep($"{(found.Count == 1 ? "an artifact" : $"{found.Count} artifacts")} to which no readable line refers {(found.Count == 1 ? "stays" : "stay")}, because {unsure}.");
        return [];
    }

    // Much may have gone before it is its turn: a run elsewhere, whose lock shows late, may have found it meanwhile, and made it look new.
    private static bool Delete(CleanupScan scan, string path) => File.GetLastWriteTimeUtc(path) < scan.Clock.GetUtcNow() - scan.Options.Grace && CleanupItem.Delete(path);

    private static string? Unsure(CleanupScan scan, JournalContents[] staying)
    {
        if (scan.Writers.Count > 0) return $"somebody writes to the store ({string.Join(", ", scan.Writers.Take(3).Select(w => Told(scan, w)))}{(scan.Writers.Count > 3 ? ", …" : "")}) and may be about to name one; clean up again later";
        return Array.Find(staying, j => j.Damage.Count > 0) is { } damaged ? $"'{damaged.Path}' cannot be read in whole and may refer to them; 'assay doctor' says where" : null;
    }

    // Who writes elsewhere cannot be seen at work here, so it is told who that was and when it was last heard of.
    private static string Told(CleanupScan scan, string writer) =>
        LockHolder.TryRead(Path.Combine(scan.Layout.Locks, writer) + ".json") is { IsHere: false } holder ? $"{writer}: {holder.Told(scan.Clock)}" : writer;

    private static string? AddDirectories(ArtifactFolder folder, JournalContents[] staying, HashSet<ArtifactAddress> live)
    {
        foreach (ArtifactAddress directory in staying.SelectMany(j => j.Directories).Distinct())
        {
            try
            {
                using FileStream manifest = folder.Open(directory.ToString());
                foreach ((_, string sha256) in DirectoryManifest.Read(manifest))
                {
                    if (ArtifactAddress.TryParse(sha256) is { } file) live.Add(file);
                }
            }
            catch (Exception fault) when (fault is StoreException or IOException or UnauthorizedAccessException or JsonException or KeyNotFoundException or InvalidOperationException)
            {
                return $"the list of files {directory} of a recorded folder cannot be read, so nobody knows what it needs; 'assay doctor' says more";
            }
        }

        return null;
    }
}
