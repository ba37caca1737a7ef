namespace Assay.Storage;

/// <summary>The writing side of one journal, owned by exactly one writer. Not thread-safe, but for <see cref="Sync"/>.</summary>
public abstract class JournalAppender : IDisposable
{
    /// <summary>The location of the journal, for messages: a path or a URL.</summary>
    public abstract string Location { get; }

    /// <summary>Whether nothing was appended.</summary>
    public abstract bool IsEmpty { get; }

    /// <summary>Whether everything that was appended is on the disk.</summary>
    public abstract bool IsOnDisk { get; }

    /// <summary>Appends whole lines. When it returns they are with the operating system or server: a killed process loses none.</summary>
    /// <exception cref="StoreException">They could not be appended; the journal ends with the last whole line that could.</exception>
    public abstract void Append(ReadOnlySpan<byte> lines);

    /// <summary>Returns when everything that was appended before is on the disk.</summary>
    /// <exception cref="StoreException">The disk does not confirm it; what is on it is unknown.</exception>
    public abstract void Sync();

    /// <summary>Closes the journal without syncing it.</summary>
    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Releases what the journal holds.</summary>
    protected abstract void Dispose(bool disposing);
}

/// <summary>When acknowledged runs reach the disk. Either way they have reached the operating system and outlive the process.</summary>
public enum Durability
{
    /// <summary>Within one second: a power failure may cost the last second. The default.</summary>
    Second,

    /// <summary>Before a run is reported finished, at the price of waiting: nothing reported is lost to a power failure.</summary>
    Immediate,
}
