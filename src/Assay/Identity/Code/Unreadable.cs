namespace Assay;

/// <summary>
/// Code may mention what is not there, such as an optional dependency. The mention then counts as missing, in words that are the
/// same from build to build. A body or type that the runtime cannot read for that reason it cannot run either, so nothing is lost.
/// </summary>
internal static class Unreadable
{
    /// <summary>Whether an exception says that something mentioned cannot be found.</summary>
    public static bool Is(Exception e) =>
        e is FileNotFoundException or FileLoadException or TypeLoadException or MissingMemberException or BadImageFormatException;

    /// <summary>What stands in the normal form instead; messages are left out, for they are translated and hold paths.</summary>
    public static string Text(Exception e) => $"unreadable {e.GetType().Name} {(e as TypeLoadException)?.TypeName}";
}
