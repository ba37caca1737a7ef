namespace Assay;

/// <summary>A path with the links in it followed, so that two ways to one folder compare equal.</summary>
internal static class RealPath
{
    public static string Of(string path)
    {
        string full = Path.TrimEndingDirectorySeparator(Path.GetFullPath(path));
        string? parent = Path.GetDirectoryName(full);
        if (parent is null) return full;
        string real = Path.Combine(Of(parent), Path.GetFileName(full));
        return Directory.Exists(real) && new DirectoryInfo(real).ResolveLinkTarget(returnFinalTarget: true) is { } target ? Of(target.FullName) : real;
    }
}
