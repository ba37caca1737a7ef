namespace Assay;

/// <summary>
/// The working tree as the object a snapshot would hold, to be compared with: it lies in a folder of its own beside the repository's objects, and is gone when this is disposed.
/// </summary>
internal sealed class PassingTree : IDisposable
{
    private readonly TemporaryFolder _folder;

    private PassingTree(TemporaryFolder folder, GitProgram git) => (_folder, Git) = (folder, git);

    /// <summary>Sees the tree beside everything the repository has.</summary>
    public GitProgram Git { get; }

    /// <summary>The tree's hash.</summary>
    public string Tree { get; private set; } = "";

    /// <summary>The commit the working tree is based on; empty before the first one.</summary>
    public string Head { get; private set; } = "";

    /// <summary>The branch; empty when HEAD is detached.</summary>
    public string Branch { get; private set; } = "";

    /// <summary>How many files are not as in HEAD.</summary>
    public int Changes { get; private set; }

    /// <summary>Uncommitted files that the tree does not hold, as no snapshot would.</summary>
    public IReadOnlyList<LeftOut> LeftOut { get; private set; } = [];

    /// <param name="repository">The repository; nothing is written to it.</param>
    /// <param name="store">The store's folder, which is no part of the tree.</param>
    /// <param name="options">What is left out.</param>
    /// <param name="temporary">Where a folder for what is written is made.</param>
    /// <exception cref="GitException">Git could not make it.</exception>
    public static PassingTree Make(GitRepository repository, string store, SnapshotOptions options, string temporary)
    {
        var folder = TemporaryFolder.Make(temporary);
        string index = folder.File("index"), objects = folder.File("objects");
        var tree = new PassingTree(folder, repository.Git with
        {
            Variables = new Dictionary<string, string>
            {
                ["GIT_INDEX_FILE"] = index,
                ["GIT_OBJECT_DIRECTORY"] = objects,
                ["GIT_ALTERNATE_OBJECT_DIRECTORIES"] = Quoted(Path.Combine(repository.Common, "objects")),
            },
        });
        try
        {
            Directory.CreateDirectory(objects);
            tree.Write(repository, store, options, index);
            return tree;
        }
        catch
        {
            tree.Dispose();
            throw;
        }
    }

    public void Dispose() => _folder.Dispose();

    private void Write(GitRepository repository, string store, SnapshotOptions options, string index)
    {
        WorkTreeStatus status = WorkTreeStatus.Read(repository);
        IReadOnlyList<string> inside = repository.Inside(store);
        WorkTreeEntry[] changes = status.Without(inside);
        (Head, Branch, Changes) = (status.Head, status.Branch, changes.Length);
        LeftOut = [.. SnapshotRules.LeaveOut(repository, changes, options)];
        (Tree, _) = Snapshot.WriteTree(Git, repository, status, LeftOut, inside, index);
    }

    // Git splits the variable at colons, unless a path stands in quotes.
    private static string Quoted(string path) => "\"" + path.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal) + "\"";
}
