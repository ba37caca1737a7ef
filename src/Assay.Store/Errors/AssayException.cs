namespace Assay;

/// <summary>
/// The root of everything Assay throws on purpose. Its message is written for the person at the keyboard: it names the value, what was
/// expected, and what to do. A run that fails is not an exception but a record with an error.
/// </summary>
public class AssayException : Exception
{
    /// <summary>Creates the exception with a message that names value, expectation and remedy.</summary>
    public AssayException(string message) : base(message) { }

    /// <summary>Creates the exception with the fault that caused it.</summary>
    public AssayException(string message, Exception? innerException) : base(message, innerException) { }
}
