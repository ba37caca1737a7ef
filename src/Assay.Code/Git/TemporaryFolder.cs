namespace Assay.Git;

/// <summary>
/// A folder for what git writes for one call. Other users cannot read it, because it may hold code; it is deleted when this is disposed of.
/// </summary>
internal sealed class TemporaryFolder : IDisposable
{
    private TemporaryFolder(string path) => Path = path;

    public string Path { get; }

    /// <param name="above">
    /// Where it is created. On Windows each user has a folder for temporary files, so that no further rights are needed.
    /// </param>
    public static TemporaryFolder Make(string above)
    {
        string path = System.IO.Path.Combine(above, "assay-git-" + System.IO.Path.GetRandomFileName());
        if (OperatingSystem.IsWindows()) Directory.CreateDirectory(path);
        else Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        return new TemporaryFolder(path);
    }

    public string File(string name) => System.IO.Path.Combine(Path, name);

    public void Dispose()
    {
        // Git makes its objects read-only, and Windows deletes no read-only file.
        foreach (string file in OperatingSystem.IsWindows() ? Directory.EnumerateFiles(Path, "*", SearchOption.AllDirectories) : [])
            System.IO.File.SetAttributes(file, FileAttributes.Normal);
        Directory.Delete(Path, recursive: true);
    }
}
