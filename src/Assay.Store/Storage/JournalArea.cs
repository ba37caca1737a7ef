namespace Assay.Storage;

/// <summary>The sets of journals in a store.</summary>
public enum JournalArea
{
    /// <summary>What runs recorded: one journal per writer, appended to while the writer lives.</summary>
    Runs,

    /// <summary>Notes, tags and removals: each journal is written once, as a whole.</summary>
    Annotations,

    /// <summary>Metrics derived from runs later: one journal per call, appended to while it lasts.</summary>
    Derived,

    /// <summary>Answers of models, kept by key: one journal per session that was given some, appended to while it lasts.</summary>
    Answers,
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

/// <summary>The reading side of one journal. Reads by several threads may overlap.</summary>
public abstract class JournalSource : IDisposable
{
    /// <summary>Its length in bytes at this moment.</summary>
    /// <exception cref="IOException">The length cannot be read.</exception>
    public abstract long Length { get; }

    /// <summary>Reads bytes.</summary>
    /// <param name="buffer">Is filled from its start.</param>
    /// <param name="offset">Where in the journal reading begins.</param>
    /// <returns>How many bytes were read; 0 at the end.</returns>
    /// <exception cref="IOException">The journal cannot be read.</exception>
    public abstract int Read(Span<byte> buffer, long offset);

    /// <inheritdoc/>
    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Releases what the source holds.</summary>
    protected abstract void Dispose(bool disposing);
}
