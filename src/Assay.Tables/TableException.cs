namespace Assay;

/// <summary>
/// A table cannot be built, changed, read or written as asked. The message names the value, what was expected and what to do; for a faulty
/// file it also names the position.
/// </summary>
public sealed class TableException : Exception
{
    /// <summary>Creates the exception with a message that names value, expectation and remedy.</summary>
    public TableException(string message) : base(message) { }

    /// <summary>Creates the exception with the fault that caused it.</summary>
    public TableException(string message, Exception? innerException) : base(message, innerException) { }

    /// <summary>A fault at an offset from the start of a file in bytes.</summary>
    internal static TableException At(long offset, string message, Exception? inner = null) => new(message, inner) { ByteOffset = offset };

    /// <summary>Line of the fault in a text file, counted from 1; null where the fault has no line.</summary>
    public long? Line { get; init; }

    /// <summary>Offset of the fault from the start of the file in bytes, counted from 0; null where it is not known.</summary>
    public long? ByteOffset { get; init; }
}
