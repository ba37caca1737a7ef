namespace Assay.Storage;

/// <summary>Keeps paths in a store from leading out of the folder they are meant for.</summary>
internal static class PathGuard
{
    /// <exception cref="StoreException">The relative path leads out of the folder.</exception>
    public static string Inside(string folder, string relative)
    {
        string root = Path.GetFullPath(folder);
        string full = Path.GetFullPath(Path.Combine(root, relative));
        if (full.StartsWith(root + Path.DirectorySeparatorChar, StringComparison.Ordinal)) return full;
        throw new StoreException(
            $"the path '{relative}' in a directory artifact leads out of '{root}'; expected a path below it. "
            + "The artifact's manifest has been tampered with or damaged.");
    }
}
