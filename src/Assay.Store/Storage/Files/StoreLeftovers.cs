namespace Assay.Storage;

/// <summary>Removes the temporary files and folders of killed writers. What is being written keeps its time of change fresh.</summary>
internal static class StoreLeftovers
{
    public static readonly TimeSpan Old = TimeSpan.FromDays(1);

    /// <summary>Removes temporary files that nobody has written to for a day; what cannot be removed stays.</summary>
    public static void Remove(StoreLayout layout, TimeProvider clock)
    {
        foreach (string file in Find(layout, clock)) TryDelete(file);
    }

    /// <summary>Temporary files that nobody has written to for a day.</summary>
    public static IReadOnlyList<string> Find(StoreLayout layout, TimeProvider clock)
    {
        DateTimeOffset before = clock.GetUtcNow() - Old;
        // A file that is gone has a time of change in the year 1601, and deleting it does nothing.
        return [.. Places(layout).SelectMany(p => Files(p.Folder, p.Pattern)).Where(file => File.GetLastWriteTimeUtc(file) < before)];
    }

    /// <summary>The folders that temporary files are in, and the names they have there.</summary>
    public static IReadOnlyList<(string Folder, string Pattern)> Places(StoreLayout layout) =>
    [
        // Beside the description others may have files of theirs.
        (layout.Incoming, "*"), (layout.Root, Path.GetFileName(layout.Description) + ".*.tmp"), (layout.Locks, "*.tmp"), (layout.Index, "*.tmp"), (layout.Annotations, "*.tmp"), (layout.Journals, "*" + StoreLayout.Importing),
    ];

    /// <summary>Removes this user's temporary folders that nobody has written to for a day, outside of any store; what cannot be removed stays.</summary>
    /// <param name="above">The folder they are in; others may put theirs there too.</param>
    /// <param name="clock">Tells their age.</param>
    public static void RemoveFolders(string above, TimeProvider clock)
    {
        DateTimeOffset before = clock.GetUtcNow() - Old;
        foreach (string folder in Folders(above, TemporaryFolder.Prefix + "*").Where(f => TemporaryFolder.IsName(Path.GetFileName(f)) && IsOwn(new DirectoryInfo(f)) && Directory.GetLastWriteTimeUtc(f) < before))
            TryDeleteFolder(folder);
    }

    /// <summary>Deletes a file if that is possible.</summary>
    public static void TryDelete(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
        }
    }

    private static void TryDeleteFolder(string path)
    {
        try
        {
            TemporaryFolder.Delete(path);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
        }
    }

    // Where everybody may make folders, one of another user may have such a name, or be a link to something precious.
    private static bool IsOwn(DirectoryInfo folder) => folder.LinkTarget is null && (OperatingSystem.IsWindows() || folder.UnixFileMode == TemporaryFolder.OwnerOnly);

    private static string[] Files(string folder, string pattern) => Entries(folder, f => Directory.GetFiles(f, pattern));

    private static string[] Folders(string folder, string pattern) => Entries(folder, f => Directory.GetDirectories(f, pattern));

    private static string[] Entries(string folder, Func<string, string[]> list)
    {
        try
        {
            return Directory.Exists(folder) ? list(folder) : [];
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }
}
