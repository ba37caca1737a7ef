namespace Assay;

/// <summary>Removes the temporary files of killed writers. What is being written keeps its time of change fresh.</summary>
internal static class StoreLeftovers
{
    private static readonly TimeSpan Old = TimeSpan.FromDays(1);

    /// <summary>Removes temporary files that nobody has written to for a day; what cannot be removed stays.</summary>
    public static void Remove(StoreLayout layout, TimeProvider clock)
    {
        DateTimeOffset before = clock.GetUtcNow() - Old;
        foreach (string file in (string[])[.. Files(layout.Incoming, "*"), .. Files(layout.Root, "*.tmp"), .. Files(layout.Locks, "*.tmp"), .. Files(layout.Index, "*.tmp"), .. Files(layout.Journals, "*" + StoreLayout.Importing)])
        {
            // A file that is gone has a time of change in the year 1601, and deleting it does nothing.
            if (File.GetLastWriteTimeUtc(file) < before) TryDelete(file);
        }
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
