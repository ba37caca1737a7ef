namespace Assay;

/// <summary>
/// Something an operation wanted to record cannot be recorded: a value without a form, a missing file, or the run has already ended.
/// Thrown inside the operation, so it fails that run and no other.
/// </summary>
public sealed class CaptureException : AssayException
{
    /// <summary>Creates the exception with a message that names the value, what was expected, and the remedy.</summary>
    public CaptureException(string message, Exception? innerException = null) : base(message, innerException) { }
}
