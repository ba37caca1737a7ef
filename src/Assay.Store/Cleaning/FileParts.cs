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
            if (DirectoryManifest.TryRead(storage, directory) is not { } files)
                return $"the list of files {directory} of a recorded folder cannot be read, so nobody knows what it needs; "
                    + "'assay doctor' says more";
            live.UnionWith(files);
        }

        return null;
    }
}

/// <summary>Journals of which every run is removed. A journal that also holds other runs stays as it is: nothing rewrites one.</summary>
internal sealed class JournalPart : CleanupPart
{
    private static readonly TimeSpan Old = TimeSpan.FromDays(1);

    public override IEnumerable<CleanupItem> Find(CleanupScan scan)
    {
        long before = (scan.Clock.GetUtcNow() - Old).UtcTicks;
        foreach (JournalContents journal in scan.Journals.Where(j => j.IsEmpty && j.ChangedAt < before))
            yield return CleanupItem.Of(CleanupKind.Journal, journal.Journal, "its run was killed before anything was written to it");
        foreach (JournalContents journal in scan.Journals.Where(j => j.IsAllGone))
        {
            string runs = journal.GoneRuns == 1 ? "its run is" : $"all its {journal.GoneRuns} runs are";
            if (journal.CanGo) yield return CleanupItem.Of(CleanupKind.Journal, journal.Journal, $"{runs} removed");
            else if (WhyKept(journal) is { } why) scan.Keep($"'{journal.Journal.Location}' stays, because {why}");
        }
    }

    // The removals of runs may go only when their journals are gone from the disk, even after a power failure.
    internal override void Settle(StorageBackend storage) => storage.Settle(JournalArea.Runs);

    // Why a journal is held was reported with the snapshots it names.
    private static string? WhyKept(JournalContents journal)
    {
        if (journal.IsHeld) return null;
        if (journal.WriterLives) return "somebody writes to it; its runs are removed. Clean up again when its writer has ended.";
        string lines = journal.Damage.Count == 1 ? "a line of it" : $"{journal.Damage.Count} lines of it";
        return $"{lines} cannot be read and may be of a run that is not removed; 'assay doctor' says which.";
    }
}

/// <summary>What killed programs left in a folder: temporary files and free locks. Other backends clear theirs themselves.</summary>
internal sealed class LeftoverPart : CleanupPart
{
    public override IEnumerable<CleanupItem> Find(CleanupScan scan) => scan.Storage is not FileStorage { Layout: var layout } ? [] :
    [
        .. StoreLeftovers.Find(layout, scan.Clock)
            .Select(f => CleanupItem.File(CleanupKind.Leftover, f, "a temporary file that nobody has written to for a day")),
        .. FileLease.Dead(layout, scan.Clock).SelectMany(name => (string[])[name + ".json", name + ".lock"]).Where(File.Exists)
            .Select(f => CleanupItem.File(CleanupKind.Leftover, f, "a lock that nobody holds")),
    ];
}

/// <summary>Index files that its state does not name; all of them when most of what they hold is of journals that are gone.</summary>
internal sealed class IndexPart : CleanupPart
{
    public override IEnumerable<CleanupItem> Find(CleanupScan scan)
    {
        string folder = RunIndex.FolderOf(scan.Storage);
        if (!Directory.Exists(folder)) return [];
        IndexState state = IndexState.Read(folder);
        HashSet<string> staying = [.. scan.Journals.Where(j => !j.CanGo).Select(j => j.Name)];
        bool isMostlyGone = state.Journals.Sum(j => j.IsDead || !staying.Contains(j.Name) ? j.Covered : -j.Covered) > 0;
        IEnumerable<string> files = isMostlyGone ? IndexFolder.All(folder) : IndexFolder.Unnamed(folder, state, scan.Clock);
        string why = isMostlyGone ? "most of what the index holds is of journals that are gone" : "the index does not name it";
        return [.. files.Select(f => CleanupItem.File(CleanupKind.Index, f, why))];
    }
}
