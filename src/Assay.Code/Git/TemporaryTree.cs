namespace Assay.Git;

/// <summary>The tree that a snapshot would hold, for comparisons. Its objects are in a temporary folder, not in the repository.</summary>
internal sealed record TemporaryTree(
    TemporaryFolder Folder, GitProgram Git, string Tree, string Head, string Branch, IReadOnlyList<LeftOut> LeftOut) : IDisposable
{
    /// <exception cref="GitException">Git could not write the tree.</exception>
    public static TemporaryTree Make(GitRepository repository, string store, SnapshotOptions options, string temporary)
    {
        var folder = new TemporaryFolder(temporary);
        try
        {
            string index = folder.File("index"), objects = folder.File("objects");
            Directory.CreateDirectory(objects);
            GitProgram git = repository.Git.With("GIT_INDEX_FILE", index).With("GIT_OBJECT_DIRECTORY", objects)
                .With("GIT_ALTERNATE_OBJECT_DIRECTORIES", Quoted(Path.Combine(repository.Common, "objects")));
            var status = WorkTreeStatus.Read(repository);
            var contents = new SnapshotContents(repository, status, repository.Inside(store), options);
            return new TemporaryTree(folder, git, contents.WriteTree(git, index), status.Head, status.Branch, contents.LeftOut);
        }
        catch
        {
            folder.Dispose();
            throw;
        }
    }

    public void Dispose() => Folder.Dispose();

    // Git splits the variable at colons, unless a path is quoted.
    private static string Quoted(string path) =>
        "\"" + path.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal) + "\"";
}

/// <summary>A folder for what git writes for one call; other users cannot read it, because it may hold code.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    private readonly string _path;

    public TemporaryFolder(string above)
    {
        _path = Path.Combine(above, "assay-git-" + Path.GetRandomFileName());
        if (OperatingSystem.IsWindows()) Directory.CreateDirectory(_path);
        else Directory.CreateDirectory(_path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    public string File(string name) => Path.Combine(_path, name);

    public void Dispose()
    {
        // Git makes its objects read-only, and Windows deletes no read-only file.
        foreach (string file in OperatingSystem.IsWindows() ? Directory.EnumerateFiles(_path, "*", SearchOption.AllDirectories) : [])
            System.IO.File.SetAttributes(file, FileAttributes.Normal);
        Directory.Delete(_path, recursive: true);
    }
}
