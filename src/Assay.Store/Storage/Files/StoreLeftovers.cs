namespace Assay.Storage;

/// <summary>Removes the temporary files of killed writers. What is being written keeps its time of change fresh.</summary>
internal static class StoreLeftovers
{
    public static readonly TimeSpan Old = TimeSpan.FromDays(1);

    /// <summary>Removes temporary files that were not written to for a day; those that cannot be removed stay.</summary>
    public static void Remove(StoreLayout layout, TimeProvider clock)
    {
        foreach (string file in Find(layout, clock)) TryDelete(file);
    }

    /// <summary>Temporary files that were not written to for a day.</summary>
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
        (layout.Root, Path.GetFileName(layout.Description) + ".*.tmp"),
        (layout.Incoming, "*"), (layout.Locks, "*.tmp"), (layout.Index, "*.tmp"), (layout.Annotations, "*.tmp"),
        (layout.Journals, "*" + StoreLayout.Importing), (layout.Journals, "*.tmp"),
    ];

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

    private static string[] Files(string folder, string pattern)
    {
        try
        {
            return Directory.Exists(folder) ? Directory.GetFiles(folder, pattern) : [];
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }
}
