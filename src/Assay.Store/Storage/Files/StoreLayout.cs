namespace Assay.Storage;

/// <summary>The names of the files and folders in a store.</summary>
internal sealed record StoreLayout(string Root)
{
    /// <summary>What the names of journals end with while they are imported; no reader takes such a file for a journal.</summary>
    public const string Importing = ".importing";

    public string Description => Path.Combine(Root, "store.json");

    public string Journals => Path.Combine(Root, "runs");

    /// <summary>Notes, tags and removals of runs.</summary>
    public string Annotations => Path.Combine(Root, "annotations");

    /// <summary>Metrics derived from runs.</summary>
    public string DerivedMetrics => Path.Combine(Root, "derived");

    /// <summary>Answers of models.</summary>
    public string Answers => Path.Combine(Root, "answers");

    public string Artifacts => Path.Combine(Root, "artifacts");

    public string Incoming => Path.Combine(Artifacts, "incoming");

    /// <summary>The locks of writers; disposable when there are none.</summary>
    public string Locks => Path.Combine(Root, "locks");

    /// <summary>Derived and disposable.</summary>
    public string Index => Path.Combine(Root, "index");

    public string FolderOf(JournalArea area) => area switch
    {
        JournalArea.Runs => Journals,
        JournalArea.Annotations => Annotations,
        JournalArea.Derived => DerivedMetrics,
        _ => Answers,
    };

    /// <summary>What is named like a journal, in ordinal order; it may be something else.</summary>
    public IEnumerable<string> FilesOf(JournalArea area) => FolderOf(area) is var folder && Directory.Exists(folder)
        ? Directory.EnumerateFiles(folder, "*" + JournalInfo.Extension).Order(StringComparer.Ordinal)
        : [];

    public string Journal(string writer) => Path.Combine(Journals, writer + JournalInfo.Extension);

    public string Artifact(string sha256) => Path.Combine(Artifacts, sha256[..2], sha256[2..]);

    /// <summary>A lock, without its ending.</summary>
    public string Lock(string name) => Path.Combine(Locks, name);

    public static IReadOnlyList<string> Entries { get; } =
        ["store.json", "runs", "annotations", "derived", "answers", "artifacts", "locks", "index"];

    /// <summary>What must be the store's own before anything is done with it.</summary>
    public IEnumerable<string> Own =>
    [
        Description, Journals, Annotations, DerivedMetrics, Answers, Artifacts, Incoming, Locks, Index, Path.Combine(Index, "runs"),
        Path.Combine(Index, "file-hashes.jsonl"),
    ];
}

/// <summary>Removes the temporary files of killed writers. What is being written keeps its time of change fresh.</summary>
internal static class StoreLeftovers
{
    public static readonly TimeSpan Old = TimeSpan.FromDays(1);

    /// <summary>Removes temporary files that were not written to for a day; those that cannot be removed stay.</summary>
    public static void Remove(StoreLayout layout, TimeProvider clock)
    {
        foreach (string file in Find(layout, clock)) TryDelete(file);
    }

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

    public static void TryDelete(string path) => StoreFaults.Try(() => File.Delete(path));

    private static string[] Files(string folder, string pattern) =>
        StoreFaults.Or([], () => Directory.Exists(folder) ? Directory.GetFiles(folder, pattern) : []);
}
