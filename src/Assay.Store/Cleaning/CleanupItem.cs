namespace Assay;

/// <summary>Something that a cleanup frees. Immutable.</summary>
public sealed class CleanupItem
{
    private readonly Func<bool> _free;

    /// <summary>Creates an item.</summary>
    /// <param name="kind">What it is.</param>
    /// <param name="name">The file's absolute path, or the name of the ref.</param>
    /// <param name="bytes">The file's length; 0 for a ref.</param>
    /// <param name="why">Why nothing needs it.</param>
    /// <param name="free">
    /// Deletes it, and returns false when it is needed again. May throw <see cref="IOException"/> when it cannot be deleted.
    /// </param>
    public CleanupItem(CleanupKind kind, string name, long bytes, string why, Func<bool> free) =>
        (Kind, Name, Bytes, Why, _free) = (kind, name, bytes, why, free);

    /// <summary>What it is.</summary>
    public CleanupKind Kind { get; }

    /// <summary>The file, an absolute path; or the name of the ref in git.</summary>
    public string Name { get; }

    /// <summary>How long the file is; 0 for a ref.</summary>
    public long Bytes { get; }

    /// <summary>Why nothing needs it.</summary>
    public string Why { get; }

    internal static CleanupItem File(CleanupKind kind, string path, string why) =>
        new(kind, path, new FileInfo(path) is { Exists: true } file ? file.Length : 0, why, () =>
        {
            System.IO.File.Delete(path);
            return true;
        });

    /// <summary>A journal to delete, unless a check throws because it is needed again.</summary>
    internal static CleanupItem Of(CleanupKind kind, JournalRef journal, string why, Action? check = null)
    {
        long bytes = journal.Storage.ListJournals(journal.Area).FirstOrDefault(j => j.Name == journal.Name).Length;
        return new CleanupItem(kind, journal.Location, bytes, why, () =>
        {
            check?.Invoke();
            journal.Storage.DeleteJournal(journal.Area, journal.Name);
            return true;
        });
    }

    /// <returns>False when it is needed again by now.</returns>
    /// <exception cref="IOException">The file cannot be deleted.</exception>
    internal bool Free() => _free();
}

/// <summary>What a cleanup frees.</summary>
public enum CleanupKind
{
    /// <summary>A snapshot of the code in git that only removed runs refer to.</summary>
    Snapshot,

    /// <summary>A journal of which every run is removed.</summary>
    Journal,

    /// <summary>The content of an artifact that no run refers to.</summary>
    Artifact,

    /// <summary>Annotations of removed runs whose journals are gone.</summary>
    Annotations,

    /// <summary>Derived values of removed runs whose journals are gone.</summary>
    Derived,

    /// <summary>A file that a killed program left: a temporary one, or a lock.</summary>
    Leftover,

    /// <summary>A file of the index that nothing refers to.</summary>
    Index,
}
