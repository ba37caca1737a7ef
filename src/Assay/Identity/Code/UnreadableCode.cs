namespace Assay;

/// <summary>
/// Handles references to missing code, such as an optional dependency. A marker replaces the reference in the normal form; it is the same
/// in every build. The runtime cannot execute such code either, so no reached code is left out.
/// </summary>
internal static class UnreadableCode
{
    public static bool IsCause(Exception e) =>
        e is FileNotFoundException or FileLoadException or TypeLoadException or MissingMemberException or BadImageFormatException;

    public static string ReadOrMark(Func<string> read)
    {
        try
        {
            return read();
        }
        catch (Exception e) when (IsCause(e))
        {
            return Marker(e);
        }
    }

    /// <summary>The marker. It does not contain the message of the exception, which may be translated and contain paths.</summary>
    public static string Marker(Exception e) => $"unreadable {e.GetType().Name} {(e as TypeLoadException)?.TypeName}";
}
