using System.Globalization;
using System.Text;

namespace Assay;

/// <summary>A commit that holds a working tree as it was, uncommitted changes included.</summary>
/// <param name="Commit">The commit; its parent is HEAD.</param>
/// <param name="Ref">What it is found by, and what keeps it: a full name.</param>
/// <param name="Remarks">What is to be said of files that git does not keep byte by byte, or could not read.</param>
internal sealed record Snapshot(string Commit, string Ref, IReadOnlyList<string> Remarks)
{
    /// <summary>Files that a checkout does not have byte by byte.</summary>
    public IReadOnlyList<string> Altered { get; init; } = [];

    /// <summary>Those of them that were written to while the snapshot was made.</summary>
    public IReadOnlyList<string> Changed { get; init; } = [];

    public const string SharedRefs = "refs/assay/snapshots/";
    public const string BranchRefs = "refs/heads/run/";

    // The names of the tree without entries, in repositories of both kinds of hashes: there is nothing to keep.
    private const string EmptyTree = "4b825dc642cb6eb9a060e54bf8d69288fbee4904";
    private const string EmptyTreeOfSha256 = "6ef19b41225c5369f1c104d45d8d85efa9b057b53b14b4b9b939dd74decc5321";

    // Before the first commit there is no time to go by; the same for everybody, so that equal trees are one commit.
    private const string FirstTime = "946684800";

    private const string Author = "assay";
    private const string Address = "assay@localhost";
    private const string Subject = "assay: uncommitted changes when a run started";

    /// <summary>
    /// Makes the snapshot with an index of its own, a copy of the real one: git then reads only files that changed since, and staged files that would be ignored are in it.
    /// </summary>
    /// <param name="repository">The repository.</param>
    /// <param name="status">What its status said.</param>
    /// <param name="leftOut">Paths that must not be in the snapshot.</param>
    /// <param name="store">Paths of the store in the working tree.</param>
    /// <param name="branch">The name of the branch to make, without <c>run/</c>; null for a shared ref.</param>
    /// <param name="temporary">Where a folder for the index is made, which is removed.</param>
    /// <returns>Null when the tree is that of HEAD.</returns>
    /// <exception cref="GitException">Git could not make it.</exception>
    public static Snapshot? Make(GitRepository repository, WorkTreeStatus status, IReadOnlyList<LeftOut> leftOut, IReadOnlyList<string> store, string? branch, string temporary)
    {
        using var folder = TemporaryFolder.Make(temporary);
        string index = folder.File("index");
        GitProgram git = PrivateIndex.Looking(repository, index);
        (string tree, IReadOnlyList<string> remarks) = WriteTree(git, repository, status, leftOut, store, index);
        (string headTree, string time) = Head(git, status, tree);
        if (tree == headTree) return remarks.Any(IsError) ? throw new GitException(string.Join("; ", remarks.Where(IsError))) : null;
        HashSet<string> changed = [.. status.Without([.. leftOut.Select(l => l.Path), .. store]).Where(e => e.Submodule[0] != 'S').Select(e => e.Path)];
        var converted = ConvertedFiles.Find(repository, git, index, changed, folder.File("restored"));
        string commit = MakeCommit(git, status.Head, tree, time);
        string name = Name(git, commit, status.Head, branch, out string? refused);
        return new Snapshot(commit, name, [.. remarks, .. converted.Remarks(), .. (string[])(refused is null ? [] : [refused])]) { Altered = [.. converted.Lost, .. converted.Changed], Changed = converted.Changed };
    }

    /// <summary>
    /// Gives the commit checked out a name of its own, where it is a snapshot itself: it was made for other runs, whose names for it may go with them.
    /// </summary>
    /// <returns>Null when the commit is anybody's.</returns>
    /// <exception cref="GitException">Git could not name it.</exception>
    public static Snapshot? Share(GitRepository repository, WorkTreeStatus status, string? branch)
    {
        // What is on another branch is kept by that one. Git is only asked where it may be needed.
        bool mayBe = status.Head.Length > 0 && (status.Branch.Length == 0 || status.Branch.StartsWith(BranchRefs["refs/heads/".Length..], StringComparison.Ordinal));
        if (!mayBe || !IsOne(repository.Git, status.Head)) return null;
        string name = Name(repository.Git, status.Head, status.Head, branch, out string? refused);
        return new Snapshot(status.Head, name, refused is null ? [] : [refused]);
    }

    /// <summary>Whether a commit was made by Assay, and is as it was made: one that somebody amended has its author and subject still, but another committer.</summary>
    /// <exception cref="GitException">There is no such commit.</exception>
    public static bool IsOne(GitProgram git, string commit) =>
        git.Ask("show", "--no-patch", "--no-show-signature", "--format=%an <%ae> %cn <%ce> %s", commit) == $"{Author} <{Address}> {Author} <{Address}> {Subject}";

    /// <summary>Writes the working tree as one object, by way of an index of its own.</summary>
    /// <param name="git">Looks at <paramref name="index"/>, and writes objects where its variables say.</param>
    /// <param name="repository">The repository.</param>
    /// <param name="status">What its status said.</param>
    /// <param name="leftOut">Paths that must not be in the tree.</param>
    /// <param name="store">Paths of the store in the working tree.</param>
    /// <param name="index">The file of the index; it is made.</param>
    /// <returns>The tree, and what git said of files that it could not read.</returns>
    /// <exception cref="GitException">Git could not write it.</exception>
    public static (string Tree, IReadOnlyList<string> Remarks) WriteTree(
        GitProgram git, GitRepository repository, WorkTreeStatus status, IReadOnlyList<LeftOut> leftOut, IReadOnlyList<string> store, string index)
    {
        // A submodule's commit is kept even where its edits cannot be.
        string[] submodules = [.. status.Entries.Where(e => e.Submodule[0] == 'S').Select(e => e.Path)];
        // The folder of the index may be in the working tree, too.
        string[] excluded = [.. leftOut.Select(l => l.Path).Except(submodules, StringComparer.Ordinal), .. store, .. repository.Inside(Path.GetDirectoryName(index)!)];
        PrivateIndex.Copy(repository, index);
        Unstage(git, status, excluded);
        IReadOnlyList<string> remarks = AddAll(git, excluded);
        return (git.Ask("write-tree"), remarks);
    }

    // What is staged of them goes back to what HEAD has.
    private static void Unstage(GitProgram git, WorkTreeStatus status, IReadOnlyList<string> excluded)
    {
        var lines = new StringBuilder();
        foreach (WorkTreeEntry entry in status.Entries.Where(e => e.Staged && e.Submodule[0] != 'S'))
        {
            if (!excluded.Any(e => IsUnder(entry.Path, e))) continue;
            lines.Append(CultureInfo.InvariantCulture, $"{(entry.HeadMode == "000000" ? "0" : entry.HeadMode)} {entry.HeadHash}\t{entry.Path}\0");
        }

        if (lines.Length > 0) git.Run(Encoding.UTF8.GetBytes(lines.ToString()), "update-index", "-z", "--index-info").Expected();
    }

    private static IReadOnlyList<string> AddAll(GitProgram git, IReadOnlyList<string> excluded)
    {
        string pathspec = string.Concat(excluded.SelectMany(Exclusion).Prepend(":/\0"));
        // Files outside of what is to be checked out are files all the same.
        GitAnswer answer = git.Run(Encoding.UTF8.GetBytes(pathspec), "add", "--all", "--sparse", "--ignore-errors", "--pathspec-from-file=-", "--pathspec-file-nul");
        string[] said = answer.Errors.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        // A file that cannot be read is no reason to lose all others; it is named in what git said. Anything else went wrong as a whole.
        bool unreadable = said.Any(l => l.StartsWith("error: open(", StringComparison.Ordinal)) && !said.Any(l => l.Contains("insert into database", StringComparison.Ordinal));
        if (!unreadable) answer.Expected();
        return said;
    }

    // Where a path that is excluded is ignored as well, git takes it for one that was asked for, and refuses. It compares only what stands before the first special character, so
    // that a path which begins with one is beyond that; and a pattern means a folder's content only where it says so.
    private static IEnumerable<string> Exclusion(string path)
    {
        string pattern = "\\" + string.Concat(path.Select((c, i) => i > 0 && c is '*' or '?' or '[' or ']' or '\\' ? $"\\{c}" : c.ToString()));
        yield return $":(top,exclude,glob){pattern}\0";
        yield return $":(top,exclude,glob){pattern}/**\0";
    }

    private static (string Tree, string Time) Head(GitProgram git, WorkTreeStatus status, string tree)
    {
        if (status.Head.Length == 0) return (tree.Length == EmptyTree.Length ? EmptyTree : EmptyTreeOfSha256, FirstTime);
        string[] parts = git.Ask("show", "--no-patch", "--no-show-signature", "--format=%T %ct", status.Head).Split(' ');
        return (parts[0], parts[1]);
    }

    // By Assay at the time of HEAD: equal changes make one and the same commit, whoever starts a run, and whether or not a committer is known to git.
    private static string MakeCommit(GitProgram git, string head, string tree, string time)
    {
        var variables = new Dictionary<string, string>(git.Variables);
        foreach (string role in (string[])["AUTHOR", "COMMITTER"])
        {
            variables[$"GIT_{role}_NAME"] = Author;
            variables[$"GIT_{role}_EMAIL"] = Address;
            variables[$"GIT_{role}_DATE"] = $"{time} +0000";
        }

        string[] parent = head.Length == 0 ? [] : ["-p", head];
        return (git with { Variables = variables }).Ask(["commit-tree", tree, .. parent, "-m", Subject]);
    }

    private static string Name(GitProgram git, string commit, string head, string? branch, out string? refused)
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

    private static bool IsError(string line) => line.StartsWith("error: ", StringComparison.Ordinal);

    private static bool IsUnder(string path, string folder) => path == folder || path.StartsWith(folder + "/", StringComparison.Ordinal);
}
