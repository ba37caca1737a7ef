namespace Assay.Questions;

/// <summary>Files that a person names for an answer.</summary>
internal static class OutputFile
{
    /// <summary>Writes to a place; a fault of the disk names it and says what to do.</summary>
    /// <exception cref="AssayException">The place cannot be written.</exception>
    public static void Write(string? place, Action write)
    {
        try
        {
            write();
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new AssayException($"'{place}' cannot be written: {fault.Message} Expected a writable place; choose another one. "
                + "The store was only read.", fault);
        }
    }
}
