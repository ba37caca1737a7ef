using System.Text;

namespace Assay;

/// <summary>What <c>git status</c> says of a working tree, of files that git was told to pass over as of all others.</summary>
/// <param name="Head">The commit checked out; empty before the first one.</param>
/// <param name="Branch">The branch's name; empty when HEAD is detached.</param>
/// <param name="Entries">Files that are not as in HEAD, untracked ones included, ignored ones not; in the order of git.</param>
internal sealed record WorkTreeStatus(string Head, string Branch, IReadOnlyList<WorkTreeEntry> Entries)
{
    public static WorkTreeStatus Read(GitRepository repository)
    {
        if (!PrivateIndex.IsNeeded(repository)) return Read(repository.Git);
        using var folder = TemporaryFolder.Make(Path.GetTempPath());
        PrivateIndex.Copy(repository, folder.File("index"));
        WorkTreeStatus status = Read(PrivateIndex.Looking(repository, folder.File("index")));
        return status with { Entries = status.Without(repository.Inside(folder.Path)) };
    }

    /// <summary>The entries that do not lie under some paths.</summary>
    public WorkTreeEntry[] Without(IReadOnlyList<string> paths) =>
        [.. Entries.Where(e => !paths.Any(s => e.Path == s || e.Path == s + "/" || e.Path.StartsWith(s + "/", StringComparison.Ordinal)))];

    private static WorkTreeStatus Read(GitProgram git) => Parse(git
        .Run(null, "status", "--porcelain=v2", "--branch", "-z", "--untracked-files=all", "--ignore-submodules=none", "--no-renames").Expected().Output);

    internal static WorkTreeStatus Parse(byte[] output)
    {
        string head = "", branch = "";
        var entries = new List<WorkTreeEntry>();
        foreach (string line in Encoding.UTF8.GetString(output).Split('\0', StringSplitOptions.RemoveEmptyEntries))
        {
            if (line.StartsWith("# branch.oid ", StringComparison.Ordinal)) head = line["# branch.oid ".Length..];
            else if (line.StartsWith("# branch.head ", StringComparison.Ordinal)) branch = line["# branch.head ".Length..];
            else if (line[0] != '#') entries.Add(WorkTreeEntry.Parse(line));
        }

        return new WorkTreeStatus(head == "(initial)" ? "" : head, branch == "(detached)" ? "" : branch, entries);
    }
}

/// <summary>A file, submodule or nested repository that is not as in HEAD.</summary>
/// <param name="Path">Relative to the working tree's root, with slashes; of a nested repository it ends with one.</param>
/// <param name="State">Two characters as git prints them: of the index against HEAD, and of the file against the index; <c>??</c> when untracked.</param>
/// <param name="Submodule">Four characters: <c>N...</c>, or S and marks for a moved commit, changed files and untracked files.</param>
/// <param name="HeadMode">The file's mode in HEAD; zeros when it has none there.</param>
/// <param name="HeadHash">The file's object in HEAD; zeros when it has none there.</param>
internal sealed record WorkTreeEntry(string Path, string State, string Submodule, string HeadMode, string HeadHash)
{
    public bool Untracked => State == "??";

    /// <summary>An untracked folder with a repository of its own, which git would store as a link without content.</summary>
    public bool NestedRepository => Untracked && Path.EndsWith('/');

    public bool Staged => State[0] is not ('.' or '?');

    /// <summary>Whether the file itself, and not only the index, holds something new.</summary>
    public bool ChangedOnDisk => State[1] is not ('.' or 'D');

    /// <summary>A submodule with edits that no commit holds.</summary>
    public bool SubmoduleWithEdits => Submodule[0] == 'S' && (Submodule[2] == 'M' || Submodule[3] == 'U');

    public override string ToString() => $"{State} {Path}";

    // 1 XY sub mH mI mW hH hI path, u XY sub m1 m2 m3 mW h1 h2 h3 path, ? path
    public static WorkTreeEntry Parse(string line)
    {
        if (line[0] == '?') return new WorkTreeEntry(line[2..], "??", "N...", Zeros(6), Zeros(40));
        int fields = line[0] == 'u' ? 11 : 9;
        string[] parts = line.Split(' ', fields);
        if (parts.Length < fields) throw new GitException($"git status answered with «{line}», which is in no known form");
        return line[0] == 'u'
            ? new WorkTreeEntry(parts[10], parts[1], parts[2], parts[4], parts[8])
            : new WorkTreeEntry(parts[8], parts[1], parts[2], parts[3], parts[6]);
    }

    private static string Zeros(int count) => new('0', count);
}
