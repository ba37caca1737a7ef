namespace Assay;

/// <summary>
/// A copy of a repository's index, in which no file is hidden from git: neither those that are assumed to be unchanged nor those that are said not to be checked out although they are
/// there. Programs run what is on the disk, whatever git was told of it.
/// </summary>
internal static class PrivateIndex
{
    /// <summary>Whether git would pass over files that are there.</summary>
    public static bool IsNeeded(GitRepository repository) =>
        IndexFile.Read(repository.Index, repository.HashLength) is { } index && (index.Base is null ? Hidden(repository, index).Any() : HidesAny(repository, index));

    /// <summary>Makes the copy; nothing where there is no index.</summary>
    /// <param name="repository">The repository.</param>
    /// <param name="to">The file to make.</param>
    /// <exception cref="GitException">A split index could not be joined.</exception>
    public static void Copy(GitRepository repository, string to)
    {
        if (!File.Exists(repository.Index)) return;
        File.Copy(repository.Index, to);
        // Git takes a file for unchanged when its times are older than the index: the copy must not look newer than it is, or a change of the last moment would be missed.
        File.SetLastWriteTimeUtc(to, File.GetLastWriteTimeUtc(repository.Index));
        IndexFile? index = IndexFile.Read(to, repository.HashLength);
        if (index?.Base is not null && HidesAny(repository, index))
        {
            Looking(repository, to).Ask("update-index", "--no-split-index", "--force-write-index");
            index = IndexFile.Read(to, repository.HashLength);
        }

        if (index is null or { Base: not null }) return;
        IndexEntry[] hidden = [.. Hidden(repository, index)];
        if (hidden.Length == 0) return;
        DateTime time = File.GetLastWriteTimeUtc(to);
        index.Show(hidden);
        index.Write(to);
        File.SetLastWriteTimeUtc(to, time);
    }

    /// <summary>Git for a repository with another index than its own.</summary>
    public static GitProgram Looking(GitRepository repository, string index) =>
        repository.Git with { Variables = new Dictionary<string, string>(repository.Git.Variables) { ["GIT_INDEX_FILE"] = index } };

    private static IEnumerable<IndexEntry> Hidden(GitRepository repository, IndexFile index) => index.Entries.Where(e => e.Mode != IndexEntry.Folder && Hides(repository, e));

    // What is not checked out stays as HEAD has it.
    private static bool Hides(GitRepository repository, IndexEntry entry) => entry.IsSkipped ? Path.Exists(Path.Combine(repository.Root, entry.Path)) : entry.IsAssumed;

    // Entries of the one file replace those of the other by their places, so names and bits do not stand together.
    private static bool HidesAny(GitRepository repository, IndexFile split) =>
        split.Entries.Concat(IndexFile.Read(Path.Combine(repository.Folder, "sharedindex." + split.Base), repository.HashLength)?.Entries ?? []).Any(e => e.IsAssumed || e.IsSkipped);
}
