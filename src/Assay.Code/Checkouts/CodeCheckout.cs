using Assay.Git;

namespace Assay;

/// <summary>
/// The code of a run in a working tree of its own. HEAD, index, files, stash, branches and reflogs of the other working trees stay as they
/// are, and no hooks are run. Immutable.
/// </summary>
/// <param name="RunId">The id of the run.</param>
/// <param name="Repository">The root of the repository it is from.</param>
/// <param name="Commit">The commit that is checked out.</param>
/// <param name="Path">The folder with the code.</param>
/// <param name="Start">The folder in it that the program was started in.</param>
/// <param name="Existed">Whether it was there already.</param>
/// <param name="Changed">The number of files that differ from the commit.</param>
/// <param name="Untracked">The number of files that the commit does not have.</param>
/// <param name="Exact">Whether the commit holds the code of the run exactly.</param>
/// <param name="LeftOut">The uncommitted files that the commit does not hold; of many the first ones.</param>
/// <param name="Submodules">The submodules.</param>
/// <param name="Remarks">The differences from the code that ran, in clauses.</param>
public sealed record CodeCheckout(
    string RunId, string Repository, string Commit, string Path, string Start, bool Existed, int Changed, int Untracked, bool Exact,
    IReadOnlyList<LeftOut> LeftOut, IReadOnlyList<RestoredSubmodule> Submodules, IReadOnlyList<string> Remarks)
{
    /// <summary>The name of the folder beside a store that holds its checkouts. Git does not see it.</summary>
    public const string FolderName = ".assay-checkouts";

    // Writing all files of a large repository may take longer than every other call of git.
    private static readonly TimeSpan Patience = TimeSpan.FromHours(1);

    /// <summary>The folder of the checkouts of a store.</summary>
    /// <param name="store">The store.</param>
    public static string FolderBeside(Store store) =>
        System.IO.Path.Combine(System.IO.Path.GetDirectoryName(store.Path) ?? store.Path, FolderName);

    /// <summary>Restores the code of a run, or finds the checkout of an earlier call.</summary>
    /// <param name="store">The store of the run.</param>
    /// <param name="run">The run.</param>
    /// <param name="folder">The folder of the user: its repository is looked at first, and a relative path starts there.</param>
    /// <param name="path">A folder that is missing or empty. Default: a folder for the run in <see cref="FolderBeside"/>.</param>
    /// <exception cref="AssayException">
    /// The run has no code recorded, its commit is in no repository here, or the folder is not free: nothing was changed. Or files that git
    /// should have written are missing: the checkout stays, and the message says how it is removed.
    /// </exception>
    public static CodeCheckout Restore(Store store, RunRecord run, string folder, string? path = null)
    {
        ArgumentNullException.ThrowIfNull(store);
        var code = RecordedCode.Of(run);
        string to = "";
        try
        {
            GitRepository repository = CodeRepository.Holding(store, folder, code);
            var place = CheckoutPlace.For(store, repository, run.Id, folder, path);
            to = $" to '{place.Path}'";
            code.FolderIn(place.Path);
            using var turn = CheckoutTurn.Take(repository, Patience);
            bool existed = place.IsTaken(code.Commit);
            if (!existed)
            {
                place.Prepare();
                // A working tree that git knows and that is gone was deleted for certain only beside the store; elsewhere it may be on a
                // disk that is away for a while.
                AddWorkTree(repository, place.Path, code.Commit, force: place.IsBesideStore);
            }

            List<RestoredSubmodule> submodules = [];
            RestoreSubmodules(repository, place.Path, code.Commit, "", existed, submodules);
            return Describe(repository, code, place.Path, existed, submodules);
        }
        catch (GitException fault)
        {
            throw new AssayException($"the code of run {run.Id} could not be restored{to}: {fault.Message}.", fault);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new QuestionException(
                $"the code of run {run.Id} could not be restored{to}: {fault.Message}",
                "Choose another folder with --path.", "'assay checkout RUN --path DIR' at a shell takes another folder.", fault);
        }
    }

    /// <summary>The files that git tracks in the checkout, those of submodules included, relative to it, with slashes.</summary>
    /// <exception cref="AssayException">Git cannot list them.</exception>
    public static IReadOnlyList<string> Files(string path)
    {
        try
        {
            return new GitProgram(path).Run(null, "ls-files", "-z", "--recurse-submodules").Expected().Parts;
        }
        catch (GitException fault)
        {
            throw new AssayException($"the files of the checkout '{path}' cannot be listed: {fault.Message}.", fault);
        }
    }

    // A working tree has every file of the commit, also where the repository is told to check out only some.
    private static void AddWorkTree(GitRepository repository, string path, string commit, bool force)
    {
        string[] forced = force ? ["--force"] : [];
        (repository.Git with { Patience = Patience }).Ask(
            ["-c", "core.sparseCheckout=false", "worktree", "add", .. forced, "--detach", path, commit]);
        GitRepository tree = GitRepository.Find(path, out string? why) ?? throw new GitException(why!);
        // The setting is that of the repository, or was copied from the user's tree, and git would follow it at its next call in this tree.
        // The patterns belong to each tree alone.
        string info = System.IO.Path.Combine(tree.Folder, "info");
        Directory.CreateDirectory(info);
        File.WriteAllText(System.IO.Path.Combine(info, "sparse-checkout"), "/*\n");
    }

    // Submodules come from their repositories here, as further working trees of those: nothing is fetched.
    private static void RestoreSubmodules(
        GitRepository from, string to, string commit, string prefix, bool existed, List<RestoredSubmodule> restored)
    {
        foreach ((string wanted, string path) in SubmodulesOf(from.Git, commit))
        {
            string target = System.IO.Path.Combine(to, path);
            bool isThere = existed && Directory.Exists(target) && Directory.EnumerateFileSystemEntries(target).Any();
            GitRepository? source = SourceOf(from, path, wanted);
            if (!isThere && source is not null) AddWorkTree(source, target, wanted, force: true);
            restored.Add(new RestoredSubmodule(prefix + path, wanted, isThere || source is not null));
            if (source is not null) RestoreSubmodules(source, target, wanted, $"{prefix}{path}/", existed, restored);
        }
    }

    private static IEnumerable<(string Commit, string Path)> SubmodulesOf(GitProgram git, string commit)
    {
        const string Submodule = "160000 ";
        // The form of an entry is "mode type hash TAB path".
        foreach (string entry in git.Run(null, "ls-tree", "-r", "-z", "--full-tree", commit).Expected().Parts)
        {
            if (entry.StartsWith(Submodule, StringComparison.Ordinal))
                yield return (entry.Split(' ', '\t')[2], entry[(entry.IndexOf('\t', StringComparison.Ordinal) + 1)..]);
        }
    }

    // In the folder of a submodule that is not checked out here git finds the repository around it.
    private static GitRepository? SourceOf(GitRepository repository, string path, string commit)
    {
        string folder = System.IO.Path.Combine(repository.Root, path);
        return Directory.Exists(folder) && GitRepository.Find(folder, out _) is { Prefix: "" } source
            && source.Git.Run(null, "cat-file", "-e", commit + "^{commit}").Succeeded
            ? source
            : null;
    }

    private static CodeCheckout Describe(
        GitRepository repository, RecordedCode code, string path, bool existed, List<RestoredSubmodule> submodules)
    {
        GitRepository tree = GitRepository.Find(path, out string? why) ?? throw new GitException(why!);
        IReadOnlyList<WorkTreeEntry> entries = WorkTreeStatus.Read(tree).Entries;
        if (!existed && entries.FirstOrDefault(e => e.State[1] == 'D') is { } missing)
        {
            throw new AssayException($"the checkout '{path}' of run {code.RunId} lacks '{missing.Path}' of commit {code.Commit}, "
                + "although git says that it has written all. "
                + $"Remove it with: git worktree remove --force {ShellText.Quoted(path)}, and see what removes files there.");
        }

        // The differences in a new tree come from filters of git.
        int untracked = entries.Count(e => e.Untracked), changed = existed ? entries.Count - untracked : 0;
        string start = code.FolderIn(path);
        return new CodeCheckout(
            code.RunId, repository.Root, code.Commit, path, Directory.Exists(start) ? start : path, existed, changed, untracked, code.Exact,
            code.LeftOut, submodules, [.. code.Remarks, .. Differences(submodules, existed, changed, untracked)]);
    }

    private static IEnumerable<string> Differences(List<RestoredSubmodule> submodules, bool existed, int changed, int untracked)
    {
        foreach (RestoredSubmodule missing in submodules.Where(s => !s.Restored))
        {
            yield return $"the submodule '{missing.Path}' is not restored, because no repository here has its commit {missing.Commit}: "
                + $"in the checkout, git submodule update --init {ShellText.Quoted(missing.Path)} fetches it";
        }

        if (changed > 0)
        {
            yield return $"{Plural.Of(changed, "file of the checkout was", "files of the checkout were")} changed since: "
                + "it is no longer the code of the run";
        }

        if (existed && untracked > 0)
            yield return $"{Plural.Of(untracked, "file of the checkout is", "files of the checkout are")} not of the run";
    }
}

/// <summary>A submodule of the code. Immutable.</summary>
/// <param name="Path">The path relative to the checkout, with slashes.</param>
/// <param name="Commit">The commit that belongs to the code.</param>
/// <param name="Restored">Whether it is restored; no repository here may have the commit.</param>
public sealed record RestoredSubmodule(string Path, string Commit, bool Restored);
