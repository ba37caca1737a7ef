namespace Assay;

/// <summary>
/// The root of everything Assay throws on purpose. Its message is written for the person at the keyboard: it names the value, what was
/// expected, and what to do. A run that fails is not an exception but a record with an error.
/// </summary>
/// <remarks>
/// When such an exception ends the program, the runtime prints its message and the line of the program's own code that it came through.
/// With ASSAY_TRACE=1 in the environment it prints the whole stack.
/// </remarks>
public class AssayException : Exception
{
    private static volatile bool _endsProgram;

    // The runtime raises the event before it prints the exception.
    static AssayException() => AppDomain.CurrentDomain.UnhandledException += (_, _) => _endsProgram = true;

    /// <summary>Creates the exception with a message that names value, expectation and remedy.</summary>
    public AssayException(string message) : base(message) { }

    /// <summary>Creates the exception with the fault that caused it.</summary>
    public AssayException(string message, Exception? innerException) : base(message, innerException) { }

    /// <summary>The message with the stack; shorter when the exception ends the program.</summary>
    public override string ToString() => _endsProgram && !UserStack.IsWhole
        ? $"{GetType()}: {Printable.Block(Message)}\n{UserStack.PlaceOf(this)}   (ASSAY_TRACE=1 shows the whole stack)"
        : base.ToString();
}

/// <summary>
/// A name of a value that cannot be read, or that no run has. The message has the name, the place of the fault, and the names there are.
/// </summary>
/// <param name="message">The value, what was expected, and what to do.</param>
public sealed class NameException(string message) : AssayException(message);

/// <summary>A store cannot be opened, read or written: missing, newer, read-only, full, or in use by another coordinator.</summary>
public sealed class StoreException : AssayException
{
    /// <summary>Creates the exception with a message that names the path, the trouble and the remedy.</summary>
    public StoreException(string message, Exception? innerException = null) : base(message, innerException) { }

    /// <summary>Whether a file is not as the index or an earlier look described it, so that reading again may succeed.</summary>
    internal bool IsOfChangedFile { get; init; }
}
