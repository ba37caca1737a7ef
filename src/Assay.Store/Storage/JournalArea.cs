namespace Assay.Storage;

/// <summary>The two sets of journals in a store.</summary>
public enum JournalArea
{
    /// <summary>What runs recorded: one journal per writer, appended to while the writer lives.</summary>
    Runs,

    /// <summary>Notes, tags and removals: each journal is written once, as a whole.</summary>
    Annotations,
}

/// <summary>A journal as a backend lists it.</summary>
/// <param name="Name">Its name in its area, with the ending <c>.jsonl</c>; equal names in one area are one journal.</param>
/// <param name="Length">Its length in bytes. <see cref="long.MaxValue"/> when the backend cannot tell; reading then reports why.</param>
/// <param name="ChangedAt">When it was last appended to, in ticks of UTC.</param>
public readonly record struct JournalInfo(string Name, long Length, long ChangedAt)
{
    /// <summary>The ending of every name.</summary>
    public const string Extension = ".jsonl";

    /// <summary>The name of the journal's writer, which is also the name of the lease it holds.</summary>
    public string Writer => WriterOf(Name);

    /// <summary>The name of the writer of a journal.</summary>
    public static string WriterOf(string name) => Path.GetFileNameWithoutExtension(name);

    /// <summary>The name of the journal of a writer.</summary>
    public static string NameOf(string writer) => writer + Extension;
}
