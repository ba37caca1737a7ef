namespace Assay;

/// <summary>
/// A store cannot be opened, read or written: missing, of a newer format, read-only, full, or in use by another coordinator.
/// </summary>
public sealed class StoreException : AssayException
{
    /// <summary>Creates the exception with a message that names the path, the trouble and the remedy.</summary>
    public StoreException(string message, Exception? innerException = null) : base(message, innerException) { }

    /// <summary>Whether a file is not as the index or an earlier look described it, so that reading again may succeed.</summary>
    internal bool IsOfChangedFile { get; init; }
}
