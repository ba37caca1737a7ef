namespace Assay;

/// <summary>Finds the files of a folder and of those below it. Links to folders are followed unless they lead back to a folder on the way.</summary>
internal static class FolderWalk
{
    public static IEnumerable<string> Files(string folder, string pattern)
    {
        // A pattern may begin with folders, as it may for the framework's own enumeration.
        string start = Path.Combine(folder, Path.GetDirectoryName(pattern) ?? "");
        return Below(start, Path.GetFileName(pattern), [RealPath(Path.GetFullPath(start))]);
    }

    private static IEnumerable<string> Below(string folder, string pattern, string[] way)
    {
        foreach (string file in Directory.EnumerateFiles(folder, pattern)) yield return file;
        foreach (string inner in Directory.EnumerateDirectories(folder))
        {
            bool isLink = new DirectoryInfo(inner).LinkTarget is not null;
            string real = isLink ? RealPath(Path.GetFullPath(inner)) : Path.Combine(way[^1], Path.GetFileName(inner));
            if (isLink && way.Contains(real)) continue;
            foreach (string file in Below(inner, pattern, [.. way, real])) yield return file;
        }
    }

    // Ends because the system has followed the path before: it is no endless chain of links.
    private static string RealPath(string path)
    {
        if (Path.GetDirectoryName(path) is not { } parent) return path;
        string at = Path.Combine(RealPath(parent), Path.GetFileName(path));
        return Directory.ResolveLinkTarget(at, returnFinalTarget: true) is { } target ? RealPath(Path.GetFullPath(target.FullName)) : at;
    }
}
