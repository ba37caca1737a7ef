namespace Assay;

/// <summary>
/// The exception for a value that an operation cannot record: a value without a canonical form, a missing file, or a run that has ended. It
/// is thrown inside the operation, so it fails that run and no other.
/// </summary>
public sealed class CaptureException : AssayException
{
    /// <summary>Creates the exception with a message that gives the value, what was expected, and the remedy.</summary>
    public CaptureException(string message, Exception? innerException = null) : base(message, innerException) { }
}
