namespace Assay.Questions;

/// <summary>
/// Puts the code of a run into a new working tree of its repository. HEAD, index, files, stash, branches and reflogs of the others stay as
/// they are, and no hooks are run.
/// </summary>
internal static class CodeCheckout
{
    /// <param name="store">The store of the run.</param>
    /// <param name="run">The run.</param>
    /// <param name="options">Where from and where to.</param>
    /// <exception cref="AssayException">
    /// The run has no code recorded, its commit is in no repository here, or the folder is not free: nothing was changed. Or files of what
    /// git has made are missing: it stays, and
    /// the message says how it is removed.
    /// </exception>
    public static CodeCheckoutReport Restore(Store store, RunRecord run, CodeCheckoutOptions options)
    {
        RecordedCode code = RecordedCode.Of(run);
        string? folder = null;
        try
        {
            GitRepository repository = CodeRepository.Holding(store, options.Folder, code);
            var place = CheckoutPlace.For(store, repository, run.Id, options);
            folder = place.Path;
            code.StartIn(folder);
            using var turn = CheckoutTurn.Take(repository, FullWorkTree.Patience);
            bool existed = place.IsTaken(code.Commit);
            if (!existed)
            {
                place.Prepare();
                // Only beside the store a working tree that git knows and that is gone was deleted for certain; elsewhere it may be on a
                // disk that is away for a while.
                FullWorkTree.Add(repository, place.Path, code.Commit, force: place.IsOwn);
            }

            List<RestoredSubmodule> submodules = [];
            RestoreSubmodules(repository, place.Path, code.Commit, "", existed, submodules);
            return Report(store, repository, code, place.Path, existed, submodules);
        }
        catch (GitException fault)
        {
            throw new AssayException($"the code of run {run.Id} could not be restored{To(folder)}: {fault.Message}.", fault);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new QuestionException(
                $"the code of run {run.Id} could not be restored{To(folder)}: {fault.Message}",
                "Choose another folder with --path.", "'assay checkout RUN --path DIR' at a shell takes another folder.", fault);
        }
    }

    private static string To(string? folder) => folder is null ? "" : $" to '{folder}'";

    // Submodules come from their repositories here, as further working trees of those: nothing is fetched.
    private static void RestoreSubmodules(
        GitRepository from, string to, string commit, string prefix, bool existed, List<RestoredSubmodule> restored)
    {
        foreach ((string wanted, string path) in SubmodulesOf(from.Git, commit))
        {
            string target = Path.Combine(to, path);
            bool isThere = existed && Directory.Exists(target) && Directory.EnumerateFileSystemEntries(target).Any();
            GitRepository? source = SourceOf(from, path, wanted);
            if (!isThere && source is not null) FullWorkTree.Add(source, target, wanted, force: true);
            restored.Add(new RestoredSubmodule(prefix + path, wanted, isThere || source is not null));
            if (source is not null) RestoreSubmodules(source, target, wanted, $"{prefix}{path}/", existed, restored);
        }
    }

    private static IEnumerable<(string Commit, string Path)> SubmodulesOf(GitProgram git, string commit)
    {
        const string Submodule = "160000 ";
        // mode type hash TAB path
        foreach (string entry in git.Ask("ls-tree", "-r", "-z", "--full-tree", commit).Split('\0', StringSplitOptions.RemoveEmptyEntries))
        {
            if (entry.StartsWith(Submodule, StringComparison.Ordinal))
                yield return (entry.Split(' ', '\t')[2], entry[(entry.IndexOf('\t', StringComparison.Ordinal) + 1)..]);
        }
    }

    // Below a submodule that is not checked out here git finds the repository around it.
    private static GitRepository? SourceOf(GitRepository repository, string path, string commit)
    {
        string folder = Path.Combine(repository.Root, path);
        return Directory.Exists(folder) && GitRepository.Find(folder, out _) is { Prefix: "" } source
            && source.Git.Run(null, "cat-file", "-e", commit + "^{commit}").Succeeded
            ? source
            : null;
    }

    private static CodeCheckoutReport Report(
        Store store, GitRepository repository, RecordedCode code, string path, bool existed, List<RestoredSubmodule> submodules)
    {
        GitRepository tree = GitRepository.Find(path, out string? why) ?? throw new GitException(why!);
        IReadOnlyList<WorkTreeEntry> entries = WorkTreeStatus.Read(tree).Entries;
        if (!existed && entries.FirstOrDefault(e => e.State[1] == 'D') is { } missing)
        {
            throw new AssayException($"the checkout '{path}' of run {code.RunId} lacks '{missing.Path}' of commit {code.Commit}, "
                + "although git says that it has written all. "
                + $"Remove it with: git worktree remove --force {ShellText.Quoted(path)}, and see what removes files there.");
        }

        // What differs in a new one git has made so itself, by filters.
        int untracked = entries.Count(e => e.Untracked), changed = existed ? entries.Count - untracked : 0;
        string start = code.StartIn(path);
        return new CodeCheckoutReport(
            store.Path, code.RunId, repository.Root, code.Commit, path, Directory
                .Exists(start) ? start : path, existed, changed, untracked, code.Exact, code.LeftOut, submodules,
            [.. code.Remarks, .. Remarks(submodules, existed, changed, untracked)]);
    }

    private static IEnumerable<string> Remarks(List<RestoredSubmodule> submodules, bool existed, int changed, int untracked)
    {
        foreach (RestoredSubmodule missing in submodules.Where(s => !s.Restored))
        {
            yield return $"the submodule '{missing.Path}' is not restored, because no repository here has its commit {missing.Commit}: "
                + "in the checkout, "
                + $"git submodule update --init {ShellText.Quoted(missing.Path)} fetches it";
        }

        if (changed > 0)
        {
            yield return $"{Words.Count(changed, "file of the checkout was", "files of the checkout were")} changed since: "
                + "it is no longer the code of the run";
        }

        if (existed && untracked > 0)
            yield return $"{Words.Count(untracked, "file of the checkout is", "files of the checkout are")} not of the run";
    }
}
