namespace Assay.Cli;

/// <summary>
/// Puts the code of a run into a new working tree of its repository. HEAD, index, files, stash, branches and reflogs of the others stay as they are, and no hooks are run.
/// </summary>
internal static class CodeCheckout
{
    // Writing all files of a large repository may take longer than anything else git is asked for.
    private static readonly TimeSpan Patience = TimeSpan.FromHours(1);

    /// <param name="store">The store of the run.</param>
    /// <param name="run">The run.</param>
    /// <param name="options">Where from and where to.</param>
    /// <exception cref="AssayException">The run has no code recorded, its commit is in no repository here, or the folder is not free. Nothing was changed.</exception>
    public static CodeCheckoutReport Restore(Store store, RunRecord run, CodeCheckoutOptions options)
    {
        RecordedCode code = RecordedCode.Of(run);
        string? folder = null;
        try
        {
            GitRepository repository = CodeRepository.Holding(store, options.Folder, code);
            var place = CheckoutPlace.For(store, repository, run.Id, options);
            folder = place.Path;
            using var turn = CheckoutTurn.Take(repository, Patience);
            bool existed = place.IsTaken(code.Commit);
            if (!existed) Add(repository, place, code.Commit);
            List<RestoredSubmodule> submodules = [];
            Submodules(repository.Root, place.Path, code.Commit, "", existed, submodules);
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
        (repository.Git with { Patience = Patience }).Ask(["-c", "submodule.recurse=false", "worktree", "add", .. (string[])(place.IsOwn ? ["--force"] : []), "--detach", place.Path, commit]);
    }

    /// <summary>Submodules come from the repositories of the submodules here, as further working trees of those: nothing is fetched.</summary>
    private static void Submodules(string from, string to, string commit, string prefix, bool existed, List<RestoredSubmodule> restored)
    {
        foreach ((string path, string wanted) in Links(new GitProgram(from), commit))
        {
            string source = Path.Combine(from, path), target = Path.Combine(to, path);
            bool there = existed && Directory.Exists(target) && Directory.EnumerateFileSystemEntries(target).Any();
            there = there || TryAdd(source, target, wanted);
            restored.Add(new RestoredSubmodule(prefix + path, wanted, there));
            if (there && Directory.Exists(source)) Submodules(source, target, wanted, $"{prefix}{path}/", existed, restored);
        }
    }

    private static bool TryAdd(string source, string target, string commit)
    {
        // Below a submodule that is not checked out here git finds the repository around it.
        if (!Directory.Exists(source) || GitRepository.Find(source, out _) is not { Prefix: "" } repository) return false;
        if (!repository.Git.Run(null, "cat-file", "-e", commit + "^{commit}").Succeeded) return false;
        (repository.Git with { Patience = Patience }).Ask("-c", "submodule.recurse=false", "worktree", "add", "--force", "--detach", target, commit);
        return true;
    }

    private static IEnumerable<(string Path, string Commit)> Links(GitProgram git, string commit)
    {
        // mode type hash TAB path
        foreach (string entry in git.Ask("ls-tree", "-r", "-z", "--full-tree", commit).Split('\0', StringSplitOptions.RemoveEmptyEntries))
        {
            if (entry.StartsWith("160000 ", StringComparison.Ordinal)) yield return (entry[(entry.IndexOf('\t', StringComparison.Ordinal) + 1)..], entry.Split(' ', '\t')[2]);
        }
    }

    private static CodeCheckoutReport Report(Store store, GitRepository repository, RecordedCode code, string path, bool existed, List<RestoredSubmodule> submodules)
    {
        WorkTreeStatus status = WorkTreeStatus.Read(GitRepository.Find(path, out string? why) ?? throw new GitException(why!));
        int untracked = status.Entries.Count(e => e.Untracked), changed = status.Entries.Count - untracked;
        var remarks = new List<string>(code.Remarks);
        foreach (RestoredSubmodule missing in submodules.Where(s => !s.Restored))
            remarks.Add($"the submodule '{missing.Path}' is not restored, because no repository here has its commit {missing.Commit}: 'git submodule update --init {missing.Path}' in the checkout fetches it");
        if (existed && changed > 0) remarks.Add($"{Words.Count(changed, "file of the checkout was", "files of the checkout were")} changed since: it is no longer the code of the run");
        if (existed && untracked > 0) remarks.Add($"{Words.Count(untracked, "file of the checkout is", "files of the checkout are")} not of the run");
        string start = string.IsNullOrEmpty(code.Folder) ? path : Path.Combine(path, code.Folder);
        return new CodeCheckoutReport(store.Path, code.RunId, repository.Root, code.Commit, path, Directory.Exists(start) ? start : path, existed, changed, untracked, code.Exact, code.LeftOut, submodules, remarks);
    }
}
