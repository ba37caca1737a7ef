namespace Assay.Git;

/// <summary>
/// The tree that a snapshot of the working tree would hold, for comparisons. Its objects are in a temporary folder, which is deleted when
/// this is disposed of: nothing is written to the repository.
/// </summary>
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

    /// <param name="repository">The repository.</param>
    /// <param name="store">The store's folder, which is no part of the tree.</param>
    /// <param name="options">The rules for what is left out.</param>
    /// <param name="temporary">The folder in which the temporary folder is made.</param>
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
