namespace Assay.Storage;

/// <summary>A path with the links in it followed, so that two ways to one folder compare equal.</summary>
public static class RealPath
{
    /// <summary>Whether a path is a folder or lies in it, by whatever links.</summary>
    public static bool IsWithin(string path, string folder)
    {
        string relative = Path.GetRelativePath(Of(folder), Of(path));
        if (relative == ".." || Path.IsPathRooted(relative)) return false;
        return !relative.StartsWith(".." + Path.DirectorySeparatorChar, StringComparison.Ordinal);
    }

    /// <summary>The absolute path with every link on the way followed.</summary>
    public static string Of(string path)
    {
        string full = Path.TrimEndingDirectorySeparator(Path.GetFullPath(path));
        string? parent = Path.GetDirectoryName(full);
        if (parent is null) return full;
        string real = Path.Combine(Of(parent), Path.GetFileName(full));
        return Directory.Exists(real) && new DirectoryInfo(real).ResolveLinkTarget(returnFinalTarget: true) is { } target
            ? Of(target.FullName) : real;
    }

    /// <summary>A folder's own name and, of links, each that it leads to, the folder itself last; folders above are real.</summary>
    public static IEnumerable<string> Steps(string path)
    {
        string full = Path.TrimEndingDirectorySeparator(Path.GetFullPath(path));
        string named = Path.GetDirectoryName(full) is { } parent ? Path.Combine(Of(parent), Path.GetFileName(full)) : full;
        yield return named;
        if (!Directory.Exists(named) || new DirectoryInfo(named).ResolveLinkTarget(returnFinalTarget: false) is not { } target) yield break;
        foreach (string step in Steps(target.FullName)) yield return step;
    }
}

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
