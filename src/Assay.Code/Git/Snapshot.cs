namespace Assay.Git;

/// <summary>A commit with uncommitted changes, the ref that keeps it, and the files that may have other bytes in a checkout.</summary>
internal sealed record Snapshot(string Commit, string Ref, IReadOnlyList<string> Altered, IReadOnlyList<string> Remarks)
{
    public const string SharedRefs = "refs/assay/snapshots/";
    public const string BranchRefs = "refs/heads/run/";

    private const int MostNames = 10;

    // The time of a snapshot before the first commit.
    private const string FirstTime = "946684800";

    private const string Author = "assay";
    private const string Address = "assay@localhost";
    private const string Subject = "assay: uncommitted changes when a run started";

    /// <summary>Makes it with a private index, under a branch or else a shared ref; null when the tree is that of HEAD.</summary>
    /// <exception cref="GitException">Git could not make it.</exception>
    public static Snapshot? Make(GitRepository repository, string head, SnapshotContents contents, string? branch, string temporary)
    {
        using var folder = new TemporaryFolder(temporary);
        string index = folder.File("index");
        GitProgram git = repository.Git.With("GIT_INDEX_FILE", index);
        string tree = contents.WriteTree(git, index);
        string[] facts = head.Length == 0 ? ["", FirstTime]
            : git.Ask("show", "--no-patch", "--no-show-signature", "--format=%T %ct", head).Split(' ');
        if (tree == facts[0]) return null;
        IReadOnlyList<string> altered = AlteredFiles.Find(
            git, repository.Root, contents.Kept.Select(entry => entry.Path), folder.File("restored"));
        string commit = MakeCommit(git, head, tree, facts[1]);
        string name = MakeRef(git, commit, branch, out string? refused);
        string? changed = altered.Count == 0 ? null : AlteredRemark(altered);
        return new Snapshot(commit, name, altered, [.. new[] { changed, refused }.OfType<string>()]);
    }

    private static string AlteredRemark(IReadOnlyList<string> files) =>
        $"{Plural.Of(files.Count, "file")} may have other bytes in a checkout: {string.Join(", ", files.Take(MostNames))}"
            + (files.Count > MostNames ? ", …" : "");

    // Author and time do not depend on who starts a run, so that equal changes are one commit; and no identity has to be known to git.
    private static string MakeCommit(GitProgram git, string head, string tree, string time)
    {
        foreach (string role in (string[])["AUTHOR", "COMMITTER"])
            git = git.With($"GIT_{role}_NAME", Author).With($"GIT_{role}_EMAIL", Address).With($"GIT_{role}_DATE", $"{time} +0000");
        string[] parent = head.Length == 0 ? [] : ["-p", head];
        return git.Ask(["commit-tree", tree, .. parent, "-m", Subject]);
    }

    private static string MakeRef(GitProgram git, string commit, string? branch, out string? refused)
    {
        refused = null;
        string shared = SharedRefs + commit;
        if (branch is not null)
        {
            GitAnswer answer = git.Run(null, "update-ref", BranchRefs + branch, commit);
            if (answer.Succeeded) return BranchRefs + branch;
            refused = $"no branch run/{branch} could be made ({answer.Errors}); the snapshot is kept as {shared}";
        }

        git.Ask("update-ref", shared, commit);
        return shared;
    }
}

/// <summary>The part of a working tree that a snapshot holds: everything that differs from HEAD and is not left out.</summary>
internal sealed class SnapshotContents
{
    private readonly GitRepository _repository;
    private readonly WorkTreeStatus _status;

    public SnapshotContents(GitRepository repository, WorkTreeStatus status, IReadOnlyList<string> store, SnapshotOptions options)
    {
        (_repository, _status) = (repository, status);
        var kept = new List<WorkTreeEntry>();
        var leftOut = new List<LeftOut>();
        foreach (WorkTreeEntry entry in status.Outside(store))
        {
            string path = Path.Combine(repository.Root, entry.Path);
            long? size = File.Exists(path) ? new FileInfo(path).Length : null;
            string? reason = Reason(entry, path, size, options);
            if (reason is not null) leftOut.Add(new LeftOut(entry.Path.TrimEnd('/'), reason, size));
            // The commit of a submodule is kept even when the changes inside cannot be.
            if (reason is null || entry.IsSubmodule) kept.Add(entry);
        }

        (Kept, LeftOut) = (kept, leftOut);
    }

    public IReadOnlyList<WorkTreeEntry> Kept { get; }

    public IReadOnlyList<LeftOut> LeftOut { get; }

    /// <summary>Writes the working tree as a tree of git, with a private copy of the index. Only files that changed are read.</summary>
    /// <exception cref="GitException">Git could not write it.</exception>
    public string WriteTree(GitProgram git, string index)
    {
        if (File.Exists(_repository.Index))
        {
            File.Copy(_repository.Index, index);
            // Git takes a file that is older than the index for unchanged: with a later time it would miss an edit of the last moment.
            File.SetLastWriteTimeUtc(index, File.GetLastWriteTimeUtc(_repository.Index));
        }

        HashSet<string> kept = [.. Kept.Select(entry => entry.Path)];
        // What is staged of a file that is left out goes back to HEAD. Deletions come before files that take the place of a folder.
        string[] info =
        [
            .. Kept.Where(entry => entry.IsGone).Select(entry => $"0 {entry.HeadHash}\t{entry.Path}"),
            .. _status.Entries.Where(entry => entry.IsStaged && !kept.Contains(entry.Path))
                .Select(entry => $"{entry.HeadMode} {entry.HeadHash}\t{entry.Path}"),
        ];
        if (info.Length > 0) git.RunOn(info, "update-index", "-z", "--index-info").Expected();
        string[] files = [.. Kept.Where(entry => !entry.IsGone).Select(entry => entry.Path)];
        string[] update = ["update-index", "-z", "--add", "--remove", "--replace", "--ignore-skip-worktree-entries", "--stdin"];
        if (files.Length > 0) git.RunOn(files, update).Expected();
        return git.Ask("write-tree");
    }

    private static string? Reason(WorkTreeEntry entry, string path, long? size, SnapshotOptions options)
    {
        if (entry.IsNestedRepository) return "a repository of its own; git keeps no content of it";
        if (entry.HasChangesInside) return "a submodule with uncommitted edits; only its commit is kept";
        if (entry.Path.Contains('\uFFFD', StringComparison.Ordinal)) return "its name is not UTF-8";
        if (entry.IsSubmodule || size is null) return null;
        if (LikelySecrets.Reason(path, entry.Path, options.Secrets) is { } secret) return secret;
        if (!entry.IsChangedOnDisk) return null;
        return size > options.MaxFileSize ? $"larger than {options.MaxFileSize} bytes" : Unreadable(path);
    }

    private static string? Unreadable(string path)
    {
        var file = new FileInfo(path);
        // Opening a pipe, whose length is 0, would wait for a writer.
        if (file.Length == 0 || file.LinkTarget is not null) return null;
        try
        {
            using FileStream opened = file.OpenRead();
            return null;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return $"it cannot be read: {fault.Message}";
        }
    }
}
