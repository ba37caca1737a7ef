using System.Collections.Concurrent;
using System.Security.Cryptography;

namespace Assay.Storage;

/// <summary>
/// Where a store keeps its bytes: journals of lines, artifacts by content, leases. It knows nothing of the content of lines. Everything a
/// store does goes through this class, so a backend that passes the contract suite (<c>StorageContract</c> in the tests) can hold stores.
/// Instances are thread-safe. Listing and reading create nothing.
/// </summary>
/// <remarks>
/// What a backend promises: lines that <see cref="JournalAppender.Append"/> has taken survive <c>kill -9</c> of the writer; readers see a
/// prefix of what was appended; a journal or an artifact that was written as a whole appears whole or not at all; two processes never hold
/// a lease at once while both can renew it; a lease ends with its process.
/// </remarks>
public abstract class StorageBackend
{
    private const long LargeContent = 1 << 20;

    // Content that was written just now could be written again within the same tick of a file system's clock.
    private static readonly TimeSpan TimeOfFiles = TimeSpan.FromSeconds(2);

    private readonly ConcurrentDictionary<string, StoredArtifact> _compared = new(StringComparer.Ordinal);

    /// <summary>What users name the store by: an absolute path or a URL. Passwords are not part of it.</summary>
    public abstract string Address { get; }

    /// <summary>The address with links followed, for journals: a copy names its original. Default: <see cref="Address"/>.</summary>
    public virtual string RealAddress => Address;

    /// <summary>A folder of this machine for derived files, such as the index. It may be deleted at any time, or not exist.</summary>
    public abstract string CacheFolder { get; }

    /// <summary>Whether it is another user's and was not named, so that nothing is written to it, nor an index. Default: no.</summary>
    public virtual bool IsReadOnly => false;

    /// <summary>The description of the store that <see cref="WriteDescription"/> has written; null where there is no store.</summary>
    /// <exception cref="StoreException">The place cannot be read, or something else is there.</exception>
    public abstract byte[]? ReadDescription();

    /// <summary>Creates the store with a description, or replaces the description of one that exists.</summary>
    /// <exception cref="StoreException">The store cannot be created.</exception>
    public abstract void WriteDescription(ReadOnlySpan<byte> description);

    /// <summary>The journals of an area in ordinal order of their names; none where the store does not exist.</summary>
    public abstract IReadOnlyList<JournalInfo> ListJournals(JournalArea area);

    /// <summary>The location of a journal, for messages: a path or a URL. It need not exist.</summary>
    public abstract string Locate(JournalArea area, string name);

    /// <summary>Creates the journal of runs of a writer that holds the lease of its name.</summary>
    /// <inheritdoc cref="CreateJournal(JournalArea, string, bool)"/>
    public JournalAppender CreateJournal(string name, bool durable = true) => CreateJournal(JournalArea.Runs, name, durable);

    /// <summary>Creates the journal of one writer.</summary>
    /// <param name="area">The area.</param>
    /// <param name="name">A new name in that area; in <see cref="JournalArea.Runs"/> that of the lease which the writer holds.</param>
    /// <param name="durable">
    /// Whether its existence is on the disk when the call returns. Otherwise the first <see cref="JournalAppender.Sync"/> does that.
    /// </param>
    /// <exception cref="StoreException">The name is taken, or the store cannot be written.</exception>
    public abstract JournalAppender CreateJournal(JournalArea area, string name, bool durable = true);

    /// <summary>Writes a whole journal at once. It is on the disk, whole, when the call returns; after a failure there is none.</summary>
    /// <param name="area">The area.</param>
    /// <param name="name">A new name in that area; a journal is never replaced.</param>
    /// <param name="write">Writes the lines.</param>
    /// <exception cref="StoreException">The name is taken.</exception>
    /// <exception cref="IOException">The store cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The store may not be written.</exception>
    public abstract void WriteJournal(JournalArea area, string name, Action<Stream> write);

    /// <summary>Opens a journal for reading.</summary>
    /// <exception cref="IOException">It does not exist or cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read.</exception>
    public abstract JournalSource OpenJournal(JournalArea area, string name);

    /// <summary>Deletes a journal; one that does not exist is passed over.</summary>
    /// <exception cref="IOException">It cannot be deleted.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be deleted.</exception>
    public abstract void DeleteJournal(JournalArea area, string name);

    /// <summary>Returns when deleted and written journals of an area are so on the disk, also after a power failure.</summary>
    /// <exception cref="IOException">The disk does not confirm it.</exception>
    public abstract void Settle(JournalArea area);

    /// <summary>Keeps content under its SHA-256, on the disk on return; equal content is kept once, and counts as written anew.</summary>
    /// <param name="content">The content; read to its end.</param>
    /// <exception cref="StoreException">The store cannot be written.</exception>
    public abstract StoredArtifact PutArtifact(Stream content);

    /// <inheritdoc cref="PutArtifact(Stream)"/>
    public virtual StoredArtifact PutArtifact(byte[] content) => PutArtifact(new MemoryStream(content, writable: false));

    /// <summary>Looks for an artifact.</summary>
    /// <param name="sha256">64 lower-case hexadecimal digits; anything else is not found.</param>
    public abstract StoredArtifact? FindArtifact(string sha256);

    /// <summary>Opens the content of an artifact, a stream that can seek; null where it does not exist. The caller disposes it.</summary>
    public abstract Stream? OpenArtifact(string sha256);

    /// <summary>
    /// Opens the content of an artifact that a record names, once it was compared with its hash; to be disposed. Large content that this
    /// instance has compared, and that has the same length and time since, is not compared again: it may be read in many parts.
    /// </summary>
    /// <exception cref="StoreException">It is not in the store, it is damaged, or the address is none.</exception>
    public Stream ReadArtifact(string sha256)
    {
        if (ArtifactAddress.TryParse(sha256) is null)
            throw new StoreException(
                $"'{sha256}' is no address of an artifact; expected 64 lower-case hexadecimal digits. "
                + "The line that names it is damaged: see 'assay doctor'.");
        Stream content = OpenArtifact(sha256) ?? throw new StoreException(
            $"the artifact {sha256} is not in the store '{Address}'. Expected it beside the journals; "
            + "copy the whole store, artifacts included.");
        StoredArtifact? stored = content.Length < LargeContent ? null : FindArtifact(sha256);
        if (stored is { } known && _compared.TryGetValue(sha256, out StoredArtifact before) && before == known) return content;
        string actual = Convert.ToHexStringLower(SHA256.HashData(content));
        if (actual == sha256)
        {
            content.Position = 0;
            if (stored is { } found && TimeProvider.System.GetUtcNow() - found.WrittenAt > TimeOfFiles) _compared[sha256] = found;
            return content;
        }

        content.Dispose();
        throw new StoreException($"the content of the artifact {sha256} in the store '{Address}' hashes to {actual}: it is damaged. "
            + "Restore it from a copy, or run the run again.");
    }

    /// <summary>All artifacts, in no order.</summary>
    public abstract IEnumerable<StoredArtifact> ListArtifacts();

    /// <summary>Deletes an artifact; one that does not exist is passed over.</summary>
    /// <exception cref="IOException">It cannot be deleted.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be deleted.</exception>
    public abstract void DeleteArtifact(string sha256);

    /// <summary>Takes a lease.</summary>
    /// <param name="name">Its name; letters, digits, hyphens and dots.</param>
    /// <param name="kind">Whether the name is used once.</param>
    /// <param name="clock">Tells the time for renewals and for the silence of other hosts.</param>
    /// <param name="holder">Who holds it when the result is null, where that is known.</param>
    /// <returns>The lease; null when another process holds it, or this one.</returns>
    /// <exception cref="StoreException">The store cannot be written.</exception>
    public abstract Lease? TryTakeLease(string name, LeaseKind kind, TimeProvider clock, out LeaseHolder? holder);

    /// <summary>Whether a live process holds a lease. Changes nothing.</summary>
    public abstract bool IsLeased(string name, TimeProvider clock);

    /// <summary>Whether this process holds a lease.</summary>
    public abstract bool IsLeasedHere(string name);

    /// <summary>Who holds a lease, or held it and died; null where that is unknown.</summary>
    public abstract LeaseHolder? FindHolder(string name);

    /// <summary>Names of leases that are held, or were held by processes that died.</summary>
    public abstract IReadOnlyList<string> ListLeases();

    /// <summary>Removes leftovers of processes that died a while ago: leases, unfinished content. What cannot go stays.</summary>
    public abstract void RemoveLeftovers(TimeProvider clock);

    /// <inheritdoc/>
    public override string ToString() => Address;
}
