namespace Assay.Questions;

/// <summary>
/// Puts the code of a run into a new working tree of its repository. HEAD, index, files, stash, branches and reflogs of the others stay as they are, and no hooks are run.
/// </summary>
internal static class CodeCheckout
{
    /// <param name="store">The store of the run.</param>
    /// <param name="run">The run.</param>
    /// <param name="options">Where from and where to.</param>
    /// <exception cref="AssayException">The run has no code recorded, its commit is in no repository here, or the folder is not free: nothing was changed. Or files of what git has made are missing: it stays, and the message says how it is removed.</exception>
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
            if (!existed) Add(repository, place, code.Commit);
            List<RestoredSubmodule> submodules = [];
            Submodules(repository, place.Path, code.Commit, "", existed, submodules);
            return Report(store, repository, code, place.Path, existed, submodules);
        }
        catch (GitException fault)
        {
            throw new AssayException($"the code of run {run.Id} could not be restored{To(folder)}: {fault.Message}.", fault);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new QuestionException(
                $"the code of run {run.Id} could not be restored{To(folder)}: {fault.Message}", "Choose another folder with --path.", "'assay checkout RUN --path DIR' at a shell takes another folder.", fault);
        }
    }

    private static string To(string? folder) => folder is null ? "" : $" to '{folder}'";

    private static void Add(GitRepository repository, CheckoutPlace place, string commit)
    {
        place.Prepare();
        // Forced is only a place of our own, of a working tree that git knows and somebody has deleted; elsewhere it may be one that is away for a while.
        FullWorkTree.Add(repository, place.Path, commit, force: place.IsOwn);
    }

    /// <summary>Submodules come from the repositories of the submodules here, as further working trees of those: nothing is fetched.</summary>
    private static void Submodules(GitRepository from, string to, string commit, string prefix, bool existed, List<RestoredSubmodule> restored)
    {
        TreeEntry[] submodules = [.. TreeEntry.Of(from.Git, commit).Where(e => e.IsSubmodule)];
        var sources = new Lazy<SubmoduleSources>(() => new SubmoduleSources(from, commit));
        foreach ((_, string wanted, string path) in submodules)
        {
            string target = Path.Combine(to, path);
            bool there = existed && Directory.Exists(target) && Directory.EnumerateFileSystemEntries(target).Any();
            GitRepository? source = sources.Value.Find(path, wanted);
            if (!there && source is not null) FullWorkTree.Add(source, target, wanted, force: true);
            there = there || source is not null;
            restored.Add(new RestoredSubmodule(prefix + path, wanted, there));
            if (there && source is not null) Submodules(source, target, wanted, $"{prefix}{path}/", existed, restored);
        }
    }

    private static CodeCheckoutReport Report(Store store, GitRepository repository, RecordedCode code, string path, bool existed, List<RestoredSubmodule> submodules)
    {
        GitRepository tree = Tree(path);
        WorkTreeStatus status = WorkTreeStatus.Read(tree);
        var files = CheckoutFiles.Of([CheckoutFiles.Read(tree, code.Commit), .. submodules.Where(s => s.Restored).Select(s => CheckoutFiles.Read(Tree(Path.Combine(path, s.Path)), s.Commit, s.Path + "/"))]);
        if (!existed && files.Missing.Count > 0)
            throw new AssayException($"the checkout '{path}' of run {code.RunId} lacks {ConvertedFiles.Names(files.Missing)} of commit {code.Commit}, although git says that it has written all. " +
                $"Remove it with: git worktree remove --force {ShellText.Quoted(path)}, and see what removes files there.");
        // Of a new one whatever differs was made so by git.
        HashSet<string> changed = existed ? [.. Changed(tree, status), .. files.Missing] : [];
        int untracked = status.Entries.Count(e => e.Untracked);
        string start = code.StartIn(path);
        return new CodeCheckoutReport(store.Path, code.RunId, repository.Root, code.Commit, path, Directory.Exists(start) ? start : path, existed, changed.Count, untracked, code.Exact, code.LeftOut, submodules,
            [.. code.Remarks, .. Says(submodules, existed, changed.Count, untracked, [.. files.Converted.Except(changed, StringComparer.Ordinal)], [.. files.Unread.Except(changed, StringComparer.Ordinal)])]);
    }

    private static IEnumerable<string> Changed(GitRepository tree, WorkTreeStatus status)
    {
        WorkTreeEntry[] entries = [.. status.Entries.Where(e => !e.Untracked)];
        IReadOnlySet<string> written = CheckoutFiles.AsWritten(tree, [.. entries.Where(e => e.State == ".M" && e.Submodule[0] != 'S').Select(e => e.Path)]);
        return entries.Select(e => e.Path).Where(p => !written.Contains(p));
    }

    private static IEnumerable<string> Says(List<RestoredSubmodule> submodules, bool existed, int changed, int untracked, string[] converted, string[] unread)
    {
        foreach (RestoredSubmodule missing in submodules.Where(s => !s.Restored))
            yield return $"the submodule '{missing.Path}' is not restored, because no repository here has its commit {missing.Commit}: in the checkout, git submodule update --init {ShellText.Quoted(missing.Path)} fetches it";
        if (changed > 0) yield return $"{Words.Count(changed, "file of the checkout was", "files of the checkout were")} changed since: it is no longer the code of the run";
        if (existed && untracked > 0) yield return $"{Words.Count(untracked, "file of the checkout is", "files of the checkout are")} not of the run";
        if (converted.Length > 0) yield return $"git converts {ConvertedFiles.Names(converted)} of the checkout, by line ends, filters, keywords or encodings: such a file may have other bytes than it had in the run";
        if (unread.Length > 0) yield return $"{ConvertedFiles.Names(unread)} of the checkout {(unread.Length == 1 ? "has a name that is" : "have names that are")} not UTF-8: git has written {(unread.Length == 1 ? "it, and its" : "them, and their")} bytes were not compared";
    }

    private static GitRepository Tree(string path) => GitRepository.Find(path, out string? why) ?? throw new GitException(why!);
}
