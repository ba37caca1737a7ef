namespace Assay;

/// <summary>
/// Enumerates the files of a folder and its sub-folders. Links to folders are followed, except links to a folder that contains them.
/// </summary>
internal static class FolderWalk
{
    public static IEnumerable<string> Files(string folder, string pattern)
    {
        // A pattern may begin with folders, as in Directory.EnumerateFiles.
        string start = Path.Combine(folder, Path.GetDirectoryName(pattern) ?? "");
        return Files(start, Path.GetFileName(pattern), [RealPath(Path.GetFullPath(start))]);
    }

    private static IEnumerable<string> Files(string folder, string pattern, string[] ancestors)
    {
        foreach (string file in Directory.EnumerateFiles(folder, pattern)) yield return file;
        foreach (string inner in Directory.EnumerateDirectories(folder))
        {
            bool isLink = new DirectoryInfo(inner).LinkTarget is not null;
            string real = isLink ? RealPath(Path.GetFullPath(inner)) : Path.Combine(ancestors[^1], Path.GetFileName(inner));
            if (isLink && ancestors.Contains(real)) continue;
            foreach (string file in Files(inner, pattern, [.. ancestors, real])) yield return file;
        }
    }

    // The recursion ends, because the system has resolved the path before and therefore it contains no cycle of links.
    private static string RealPath(string path)
    {
        if (Path.GetDirectoryName(path) is not { } parent) return path;
        string real = Path.Combine(RealPath(parent), Path.GetFileName(path));
        FileSystemInfo? target = Directory.ResolveLinkTarget(real, returnFinalTarget: true);
        return target is null ? real : RealPath(Path.GetFullPath(target.FullName));
    }
}
