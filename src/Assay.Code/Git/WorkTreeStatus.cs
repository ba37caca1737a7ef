namespace Assay.Git;

/// <summary>The answer of <c>git status</c>; the head is empty before the first commit, the branch when HEAD is detached.</summary>
internal sealed record WorkTreeStatus(string Head, string Branch, IReadOnlyList<WorkTreeEntry> Entries)
{
    public static WorkTreeStatus Read(GitRepository repository)
    {
        string head = "", branch = "";
        var entries = new List<WorkTreeEntry>();
        foreach (string line in repository.Git.Run(
            null, "status", "--porcelain=v2", "--branch", "-z", "--untracked-files=all", "--ignore-submodules=none", "--no-renames")
            .Expected().Parts)
        {
            if (line.StartsWith("# branch.oid ", StringComparison.Ordinal)) head = line["# branch.oid ".Length..];
            else if (line.StartsWith("# branch.head ", StringComparison.Ordinal)) branch = line["# branch.head ".Length..];
            else if (line[0] != '#') entries.Add(WorkTreeEntry.Parse(line));
        }

        return new WorkTreeStatus(head == "(initial)" ? "" : head, branch == "(detached)" ? "" : branch, entries);
    }

    /// <summary>The entries that are not at or below some paths.</summary>
    public IReadOnlyList<WorkTreeEntry> Outside(IReadOnlyList<string> paths) => [.. Entries.Where(entry =>
        !paths.Any(path => entry.Path.TrimEnd('/') == path || entry.Path.StartsWith(path + "/", StringComparison.Ordinal)))];
}

/// <summary>What differs from HEAD: a file, submodule or nested repository (whose path ends with a slash). State is git's.</summary>
internal sealed record WorkTreeEntry(string Path, string State, string Submodule, string HeadMode, string HeadHash, bool IsGone)
{
    public bool Untracked => State == "??";

    /// <summary>Whether it is an untracked folder with a repository of its own, of which git keeps no content.</summary>
    public bool IsNestedRepository => Untracked && Path.EndsWith('/');

    public bool IsStaged => State[0] is not ('.' or '?');

    /// <summary>Whether the file itself, and not only the index, differs.</summary>
    public bool IsChangedOnDisk => State[1] != '.';

    public bool IsSubmodule => Submodule[0] == 'S';

    /// <summary>Whether it is a submodule with changes that no commit holds.</summary>
    public bool HasChangesInside => IsSubmodule && (Submodule[2] == 'M' || Submodule[3] == 'U');

    public override string ToString() => $"{State} {Path}";

    // The form of a line is "1 XY sub mH mI mW hH hI path", "u XY sub m1 m2 m3 mW h1 h2 h3 path" or "? path".
    public static WorkTreeEntry Parse(string line)
    {
        const string NoMode = "000000";
        if (line[0] == '?') return new WorkTreeEntry(line[2..], "??", "N...", NoMode, new string('0', 40), false);
        string[] parts = line.Split(' ', line[0] == 'u' ? 11 : 9);
        return (line[0], parts.Length) switch
        {
            ('1', 9) => new WorkTreeEntry(parts[8], parts[1], parts[2], parts[3], parts[6], parts[5] == NoMode),
            ('u', 11) => new WorkTreeEntry(parts[10], parts[1], parts[2], parts[4], parts[8], parts[6] == NoMode),
            _ => throw new GitException($"git status answered with «{line}», which is in no known form"),
        };
    }
}
