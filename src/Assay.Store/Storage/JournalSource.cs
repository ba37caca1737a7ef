namespace Assay.Storage;

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
