namespace Assay.Git;

/// <summary>A commit that holds a working tree with its uncommitted changes.</summary>
/// <param name="Commit">The commit; its parent is HEAD.</param>
/// <param name="Ref">The full name of the ref that keeps it.</param>
/// <param name="Altered">Paths of files that a checkout may write with other bytes.</param>
/// <param name="Remarks">What a reader of the snapshot has to know, in sentences without a full stop.</param>
internal sealed record Snapshot(string Commit, string Ref, IReadOnlyList<string> Altered, IReadOnlyList<string> Remarks)
{
    public const string SharedRefs = "refs/assay/snapshots/";
    public const string BranchRefs = "refs/heads/run/";

    private const int MostNames = 10;

    // The time of a snapshot before the first commit.
    private const string FirstTime = "946684800";

    private const string Author = "assay";
    private const string Address = "assay@localhost";
    private const string Subject = "assay: uncommitted changes when a run started";

    /// <summary>Makes the snapshot with a private index; HEAD, index, files, stash and reflogs stay as they are.</summary>
    /// <param name="repository">The repository.</param>
    /// <param name="head">The commit checked out; empty before the first one.</param>
    /// <param name="contents">What the snapshot holds.</param>
    /// <param name="branch">The name of the branch to make, without <c>run/</c>; null for a shared ref.</param>
    /// <param name="temporary">The folder in which a folder for temporary files is made.</param>
    /// <returns>Null when the tree is that of HEAD.</returns>
    /// <exception cref="GitException">Git could not make it.</exception>
    public static Snapshot? Make(GitRepository repository, string head, SnapshotContents contents, string? branch, string temporary)
    {
        using var folder = TemporaryFolder.Make(temporary);
        string index = folder.File("index");
        GitProgram git = repository.Git.With("GIT_INDEX_FILE", index);
        string tree = contents.WriteTree(git, index);
        string[] facts = head.Length == 0 ? ["", FirstTime]
            : git.Ask("show", "--no-patch", "--no-show-signature", "--format=%T %ct", head).Split(' ');
        if (tree == facts[0]) return null;
        IReadOnlyList<string> altered = AlteredFiles.Find(
            git, repository.Root, contents.Kept.Select(entry => entry.Path), folder.File("restored"));
        string commit = MakeCommit(git, head, tree, facts[1]);
        string name = MakeRef(git, commit, branch, out string? refused);
        string? changed = altered.Count == 0 ? null : AlteredRemark(altered);
        return new Snapshot(commit, name, altered, [.. new[] { changed, refused }.OfType<string>()]);
    }

    private static string AlteredRemark(IReadOnlyList<string> files) =>
        $"{Plural.Of(files.Count, "file")} may have other bytes in a checkout: {string.Join(", ", files.Take(MostNames))}"
            + (files.Count > MostNames ? ", …" : "");

    // Author and time do not depend on who starts a run, so that equal changes are one commit; and no identity has to be known to git.
    private static string MakeCommit(GitProgram git, string head, string tree, string time)
    {
        foreach (string role in (string[])["AUTHOR", "COMMITTER"])
            git = git.With($"GIT_{role}_NAME", Author).With($"GIT_{role}_EMAIL", Address).With($"GIT_{role}_DATE", $"{time} +0000");
        string[] parent = head.Length == 0 ? [] : ["-p", head];
        return git.Ask(["commit-tree", tree, .. parent, "-m", Subject]);
    }

    private static string MakeRef(GitProgram git, string commit, string? branch, out string? refused)
    {
        refused = null;
        string shared = SharedRefs + commit;
        if (branch is not null)
        {
            GitAnswer answer = git.Run(null, "update-ref", BranchRefs + branch, commit);
            if (answer.Succeeded) return BranchRefs + branch;
            refused = $"no branch run/{branch} could be made ({answer.Errors}); the snapshot is kept as {shared}";
        }

        git.Ask("update-ref", shared, commit);
        return shared;
    }
}
