namespace Assay.Git;

/// <summary>The tree that a snapshot would hold, for comparisons. Its objects are in a temporary folder, not in the repository.</summary>
internal sealed class TemporaryTree : IDisposable
{
    private readonly TemporaryFolder _folder;

    private TemporaryTree(TemporaryFolder folder, GitRepository repository, string store, SnapshotOptions options)
    {
        _folder = folder;
        string index = folder.File("index"), objects = folder.File("objects");
        Directory.CreateDirectory(objects);
        Git = repository.Git.With("GIT_INDEX_FILE", index).With("GIT_OBJECT_DIRECTORY", objects)
            .With("GIT_ALTERNATE_OBJECT_DIRECTORIES", Quoted(Path.Combine(repository.Common, "objects")));
        var status = WorkTreeStatus.Read(repository);
        var contents = new SnapshotContents(repository, status, repository.Inside(store), options);
        (Head, Branch, LeftOut, Tree) = (status.Head, status.Branch, contents.LeftOut, contents.WriteTree(Git, index));
    }

    /// <summary>Reads the tree and everything the repository has.</summary>
    public GitProgram Git { get; }

    /// <summary>The tree's hash.</summary>
    public string Tree { get; }

    /// <summary>The commit the working tree is based on; empty before the first one.</summary>
    public string Head { get; }

    /// <summary>The branch; empty when HEAD is detached.</summary>
    public string Branch { get; }

    /// <summary>Uncommitted files that the tree does not hold.</summary>
    public IReadOnlyList<LeftOut> LeftOut { get; }

    /// <exception cref="GitException">Git could not write the tree.</exception>
    public static TemporaryTree Make(GitRepository repository, string store, SnapshotOptions options, string temporary)
    {
        var folder = TemporaryFolder.Make(temporary);
        try
        {
            return new TemporaryTree(folder, repository, store, options);
        }
        catch
        {
            folder.Dispose();
            throw;
        }
    }

    public void Dispose() => _folder.Dispose();

    // Git splits the variable at colons, unless a path is quoted.
    private static string Quoted(string path) =>
        "\"" + path.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal) + "\"";
}

/// <summary>A folder for what git writes for one call; other users cannot read it, because it may hold code.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    private TemporaryFolder(string path) => Path = path;

    public string Path { get; }

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
