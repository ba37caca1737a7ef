namespace Assay;

/// <summary>
/// A name of a value that cannot be read, or that no run has. The message has the name, the place of the fault, and the names there are.
/// </summary>
/// <param name="message">The value, what was expected, and what to do.</param>
public sealed class NameException(string message) : AssayException(message);
