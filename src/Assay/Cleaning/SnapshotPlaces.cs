namespace Assay;

/// <summary>The repositories in which a store's programs ran, each asked once for its refs.</summary>
internal sealed class SnapshotPlaces(CleanupScan scan)
{
    private readonly Dictionary<string, SnapshotPlace?> _byFolder = new(StringComparer.Ordinal);
    private readonly Dictionary<string, SnapshotPlace> _byRepository = new(StringComparer.Ordinal);

    /// <summary>
    /// Looks for a ref where its program ran, then around the store; where nobody knows where it ran, in all repositories of the store. Where the store stood elsewhere, around the store first: a repository may
    /// have been copied with it, and the folder still be the original's.
    /// </summary>
    /// <exception cref="GitException">Git did not answer.</exception>
    public (SnapshotRef? Found, SnapshotPlace? Place) Find(MadeSnapshot made)
    {
        string store = scan.Layout.Root;
        IEnumerable<string> folders = made.Folder.Length == 0 ? [store, .. scan.Journals.SelectMany(j => j.Folders)] : made.Store == scan.Layout.RealRoot ? [made.Folder, store] : [store, made.Folder];
        foreach (string folder in folders)
        {
            if (At(folder) is { } place && place.Refs.TryGetValue(made.Ref, out SnapshotRef? found)) return (found, place);
        }

        return default;
    }

    /// <summary>Whether a folder is in a repository; also where none is known.</summary>
    public bool IsThere(string folder) => folder.Length == 0 || At(folder) is not null;

    private SnapshotPlace? At(string folder)
    {
        if (_byFolder.TryGetValue(folder, out SnapshotPlace? known)) return known;
        // A linked working tree may have gone since; its repository has not.
        string? there = folder;
        while (there is not null && !Directory.Exists(there)) there = Path.GetDirectoryName(there);
        SnapshotPlace? place = null;
        if (there is not null && GitRepository.Find(there, out _) is { } repository && !_byRepository.TryGetValue(repository.Common, out place))
            _byRepository.Add(repository.Common, place = new SnapshotPlace(repository, scan.Journals.Where(j => !j.CanGo)));
        return _byFolder[folder] = place;
    }
}

/// <summary>A repository, and what the runs that stay need in it.</summary>
internal sealed class SnapshotPlace
{
    private readonly HashSet<string> _own = new(StringComparer.Ordinal);
    private readonly HashSet<string> _named = new(StringComparer.Ordinal);

    public SnapshotPlace(GitRepository repository, IEnumerable<JournalUse> staying)
    {
        Repository = repository;
        Refs = SnapshotRef.List(repository).ToDictionary(r => r.Name, StringComparer.Ordinal);
        foreach (JournalUse journal in staying) Need(journal);
    }

    public GitRepository Repository { get; }

    public IReadOnlyDictionary<string, SnapshotRef> Refs { get; }

    /// <summary>Whether a ref was made for a run that stays, too.</summary>
    public bool IsOwn(SnapshotRef found) => _own.Contains(found.Name);

    /// <summary>Whether a run that stays names the commit and has no ref of its own for it.</summary>
    public bool IsNamed(SnapshotRef found) => _named.Contains(found.Commit);

    // What a ref of the journal's own keeps, with the commit it was made on, needs no other.
    private void Need(JournalUse journal)
    {
        MadeSnapshot[] own = [.. journal.Snapshots.Where(s => Refs.TryGetValue(s.Ref, out SnapshotRef? there) && there.Commit == s.Commit)];
        _own.UnionWith(own.Select(s => s.Ref));
        _named.UnionWith(journal.Commits.Where(c => !Array.Exists(own, s => s.Commit == c || s.Head == c)));
    }
}

/// <summary>A ref of git under which snapshots are kept.</summary>
/// <param name="Name">Its full name.</param>
/// <param name="Commit">Where it points.</param>
/// <param name="Use">What somebody does with it just now, in words; empty for nothing.</param>
internal sealed record SnapshotRef(string Name, string Commit, string Use)
{
    public static IEnumerable<SnapshotRef> List(GitRepository repository)
    {
        Dictionary<string, string> unfinished = UnfinishedWork.In(repository);
        return repository.Git.Ask("for-each-ref", "--format=%(refname)%00%(objectname)%00%(worktreepath)", Snapshot.SharedRefs, Snapshot.BranchRefs)
            .Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split('\0'))
            .Select(parts => new SnapshotRef(parts[0], parts[1], parts[2].Length > 0 ? $"it is checked out in '{parts[2]}'" : unfinished.GetValueOrDefault(parts[0], "")));
    }

    /// <summary>Deletes it, unless it points elsewhere by now.</summary>
    /// <exception cref="GitException">Git did not.</exception>
    public void Delete(GitRepository repository) => repository.Git.Ask("update-ref", "-d", Name, Commit);
}
