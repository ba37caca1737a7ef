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

    public string Artifacts => Path.Combine(Root, "artifacts");

    /// <summary>Artifacts being written.</summary>
    public string Incoming => Path.Combine(Artifacts, "incoming");

    /// <summary>The locks of writers; disposable when there are none.</summary>
    public string Locks => Path.Combine(Root, "locks");

    /// <summary>Derived and disposable.</summary>
    public string Index => Path.Combine(Root, "index");

    /// <summary>The folder of the journals of an area.</summary>
    public string FolderOf(JournalArea area) => area == JournalArea.Runs ? Journals : Annotations;

    /// <summary>What is named like a journal, in ordinal order; it may be a link or a special file.</summary>
    public IEnumerable<string> FilesOf(JournalArea area) => FolderOf(area) is var folder && Directory.Exists(folder)
        ? Directory.EnumerateFiles(folder, "*" + JournalInfo.Extension).Order(StringComparer.Ordinal)
        : [];

    public string Journal(string writer) => Path.Combine(Journals, writer + JournalInfo.Extension);

    public string Artifact(string sha256) => Path.Combine(Artifacts, sha256[..2], sha256[2..]);

    /// <summary>A lock, without its ending.</summary>
    public string Lock(string name) => Path.Combine(Locks, name);

    /// <summary>The names at the top of a store.</summary>
    public static IReadOnlyList<string> Entries { get; } = ["store.json", "runs", "annotations", "artifacts", "locks", "index"];

    /// <summary>What is named like a journal and is none: reading it would wait for ever, or never end.</summary>
    public IReadOnlyList<string> SpecialFiles() =>
        [.. FilesOf(JournalArea.Runs).Concat(FilesOf(JournalArea.Annotations)).Where(SpecialFile.Is)];
}
