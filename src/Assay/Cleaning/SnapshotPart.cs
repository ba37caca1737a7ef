namespace Assay;

/// <summary>
/// Snapshots of the code that were made for runs whose journals go, when no run that stays names their commit. Only what journals of this store say it made is ever looked at, because a repository
/// may be that of several stores; and of that only what still points where it did, and what nobody has checked out.
/// </summary>
internal sealed class SnapshotPart : CleanupPart
{
    public override IEnumerable<CleanupItem> Find(CleanupScan scan)
    {
        JournalUse[] going = [.. scan.Journals.Where(j => j.CanGo && j.Snapshots.Count > 0)];
        if (going.Length == 0) return [];
        HashSet<string> named = new(scan.Journals.Where(j => !j.CanGo).SelectMany(j => j.Commits), StringComparer.Ordinal);
        (string Ref, string Commit)[] unused = [.. going.SelectMany(j => j.Snapshots).Distinct().Where(s => IsOurs(s.Ref) && !named.Contains(s.Commit))];
        (string Ref, string Commit)[] free = [.. unused.Where(s => IsOfOneRun(s.Ref) || scan.Options.SharedSnapshots)];
        if (free.Length < unused.Length)
        {
            int count = unused.Length - free.Length;
            scan.Keep($"{(count == 1 ? "a shared snapshot" : $"{count} shared snapshots")} of the code, of removed runs only, {(count == 1 ? "stays" : "stay")}: runs of another store may need {(count == 1 ? "it" : "them")}. --shared-snapshots frees {(count == 1 ? "it" : "them")}.");
        }

        if (free.Length > 0 && scan.Writers.Count > 0 && scan.Options.SharedSnapshots)
        {
            scan.Keep("snapshots of the code stay, because somebody writes to the store and may be about to name one; clean up again later.");
            return [];
        }

        return free.Length == 0 ? [] : InGit(scan, free, [.. going.SelectMany(j => j.Folders), scan.Layout.Root]);
    }

    private static bool IsOfOneRun(string name) => name.StartsWith(Snapshot.BranchRefs, StringComparison.Ordinal);

    private static bool IsOurs(string name) => IsOfOneRun(name) || name.StartsWith(Snapshot.SharedRefs, StringComparison.Ordinal);

    private static List<CleanupItem> InGit(CleanupScan scan, (string Ref, string Commit)[] free, IEnumerable<string> folders)
    {
        var items = new List<CleanupItem>();
        var left = new HashSet<(string Ref, string Commit)>(free);
        var looked = new HashSet<string>(StringComparer.Ordinal);
        try
        {
            foreach (string folder in folders.Where(Directory.Exists).Distinct(StringComparer.Ordinal))
            {
                if (left.Count == 0 || GitRepository.Find(folder, out _) is not { } repository || !looked.Add(repository.Common)) continue;
                foreach (SnapshotRef found in SnapshotRef.List(repository).Where(r => left.Remove((r.Name, r.Commit))))
                {
                    if (found.CheckedOutAt.Length > 0) scan.Keep($"the branch '{found.Name}' stays, because it is checked out in '{found.CheckedOutAt}'.");
                    else items.Add(new CleanupItem(CleanupKind.Snapshot, found.Name, 0, $"no run of this store that is left refers to it; it is in the repository '{repository.Root}'", () => found.Delete(repository)));
                }
            }
        }
        catch (GitException fault)
        {
            scan.Keep($"snapshots of the code stay, because git did not answer: {Foreign.Sentence(fault)}");
            return [];
        }

        return items;
    }
}

/// <summary>A ref of git under which snapshots are kept.</summary>
/// <param name="Name">Its full name.</param>
/// <param name="Commit">Where it points.</param>
/// <param name="CheckedOutAt">The working tree that has it checked out; empty for none.</param>
internal sealed record SnapshotRef(string Name, string Commit, string CheckedOutAt)
{
    public static IEnumerable<SnapshotRef> List(GitRepository repository) =>
        repository.Git.Ask("for-each-ref", "--format=%(refname)%00%(objectname)%00%(worktreepath)", Snapshot.SharedRefs, Snapshot.BranchRefs)
            .Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split('\0')).Select(parts => new SnapshotRef(parts[0], parts[1], parts[2]));

    /// <summary>Deletes it, unless it points elsewhere by now.</summary>
    /// <exception cref="GitException">Git did not.</exception>
    public void Delete(GitRepository repository) => repository.Git.Ask("update-ref", "-d", Name, Commit);
}
