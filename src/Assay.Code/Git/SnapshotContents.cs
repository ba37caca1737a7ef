namespace Assay.Git;

/// <summary>The part of a working tree that a snapshot holds: everything that differs from HEAD and is not left out.</summary>
internal sealed class SnapshotContents
{
    private readonly GitRepository _repository;
    private readonly WorkTreeStatus _status;

    /// <param name="repository">The repository.</param>
    /// <param name="status">Its status.</param>
    /// <param name="store">The paths of the store in the working tree, which are no part of the code.</param>
    /// <param name="options">The rules for what is left out.</param>
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

    /// <summary>The changes that a snapshot holds.</summary>
    public IReadOnlyList<WorkTreeEntry> Kept { get; }

    /// <summary>The changes that it does not hold.</summary>
    public IReadOnlyList<LeftOut> LeftOut { get; }

    /// <summary>Writes the working tree as a tree of git. Only files that changed are read.</summary>
    /// <param name="git">Works with <paramref name="index"/>.</param>
    /// <param name="index">A file that does not exist yet, for a private copy of the index.</param>
    /// <returns>The tree's hash.</returns>
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
