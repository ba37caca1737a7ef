using Assay.Git;

namespace Assay;

/// <summary>
/// The part of a cleanup that deletes snapshots of code which no run of the store needs:
/// <c>new CleanupOptions { Parts = [new SnapshotPart()] }</c>. Equal code makes one snapshot for all stores of a repository, so use it only
/// when no other store, and no copy of this one, has runs in the repository. A ref that was moved or is checked out stays.
/// </summary>
/// <param name="folder">
/// A folder of the repository. The repository around the store is searched too. Default: the current folder.
/// </param>
public sealed class SnapshotPart(string? folder = null) : CleanupPart
{
    /// <inheritdoc/>
    public override IEnumerable<CleanupItem> Find(CleanupScan scan)
    {
        ArgumentNullException.ThrowIfNull(scan);
        Dictionary<string, string> unneeded = scan.UnneededSnapshots.Where(IsOurs).DistinctBy(snapshot => snapshot.Ref)
            .ToDictionary(snapshot => snapshot.Ref, snapshot => snapshot.Commit, StringComparer.Ordinal);
        if (unneeded.Count == 0) return [];
        string why = "a process writes to the store and may be about to refer to one; clean up again later.";
        try
        {
            GitRepository[] repositories = scan.IsWrittenTo ? [] : [.. Repositories(scan.Store)];
            if (repositories.Length > 0) return [.. repositories.SelectMany(r => Refs(r, unneeded).Select(name => Item(r, name)))];
            if (!scan.IsWrittenTo)
                why = "there is no git repository around the folder or the store; clean up again in the repository of the runs.";
        }
        catch (GitException fault)
        {
            why = $"git did not answer: {ExceptionText.Sentence(fault)}";
        }

        scan.Keep(
            scan.UnneededSnapshots.Where(snapshot => unneeded.ContainsKey(snapshot.Ref)),
            $"snapshots of the code stay, and with them the journals that name them, because {why}");
        return [];
    }

    private static bool IsOurs(RecordedSnapshot snapshot) => snapshot.Ref.StartsWith(Snapshot.BranchRefs, StringComparison.Ordinal)
        || snapshot.Ref.StartsWith(Snapshot.SharedRefs, StringComparison.Ordinal);

    // A folder that a journal names is not searched: a store may come from a stranger.
    private IEnumerable<GitRepository> Repositories(string store) => new[] { store, folder ?? Directory.GetCurrentDirectory() }
        .Select(place => GitRepository.Find(place, out _)).OfType<GitRepository>().DistinctBy(repository => repository.Common);

    private static IEnumerable<string> Refs(GitRepository repository, Dictionary<string, string> unneeded) => repository.Git
        .Ask("for-each-ref", "--format=%(refname)%00%(objectname)%00%(worktreepath)", Snapshot.SharedRefs, Snapshot.BranchRefs)
        .Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split('\0'))
        .Where(parts => parts[2].Length == 0 && unneeded.TryGetValue(parts[0], out string? commit) && parts[1] == commit)
        .Select(parts => parts[0]);

    private static CleanupItem Item(GitRepository repository, string name) => new(
        CleanupKind.Snapshot, name, 0, $"no run of this store that is left needs it; it is in the repository '{repository.Root}'", () =>
        {
            const string Heads = "refs/heads/";
            try
            {
                // Git itself refuses to delete a branch that is checked out, or that a rebase or bisection returns to.
                if (name.StartsWith(Heads, StringComparison.Ordinal)) repository.Git.Ask("branch", "-D", "--", name[Heads.Length..]);
                else repository.Git.Ask("update-ref", "-d", name);
                return true;
            }
            catch (GitException fault)
            {
                throw new IOException(fault.Message, fault);
            }
        });
}
