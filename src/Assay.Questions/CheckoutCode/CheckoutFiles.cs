using System.Runtime.Versioning;

namespace Assay.Questions;

/// <summary>How the files of a checkout compare with those of its commit.</summary>
/// <param name="Missing">Files that are not there.</param>
/// <param name="Converted">Files with other bytes than the commit has, and those with an attribute by which git converts them.</param>
internal sealed record CheckoutFiles(IReadOnlyList<string> Missing, IReadOnlyList<string> Converted)
{
    /// <summary>Files that are there, says git, and whose names cannot be given to the system from here.</summary>
    public IReadOnlyList<string> Unread { get; init; } = [];

    private static readonly string[] Converting = ["filter", "ident", "working-tree-encoding"];

    /// <param name="tree">The checkout.</param>
    /// <param name="commit">Its commit.</param>
    /// <param name="prefix">Put before the names.</param>
    public static CheckoutFiles Read(GitRepository tree, string commit, string prefix = "")
    {
        TreeEntry[] files = [.. TreeEntry.Of(tree.Git, commit).Where(e => !e.IsSubmodule)];
        HashSet<string> gone = files.Any(e => e.IsUnreadable) ? Gone(tree.Git) : [];
        HashSet<string> missing = [.. files.Where(e => e.IsUnreadable ? gone.Contains(e.Path) : !Path.Exists(Path.Combine(tree.Root, e.Path))).Select(e => e.Path)], attributed = Attributed(tree.Git, files);
        return new CheckoutFiles([.. missing.Select(p => prefix + p)], [.. files.Where(e => !e.IsLink && !missing.Contains(e.Path) && (attributed.Contains(e.Path) || Differs(tree, e))).Select(e => prefix + e.Path)])
        {
            Unread = [.. files.Where(e => e.IsUnreadable && !missing.Contains(e.Path)).Select(e => prefix + e.Path)],
        };
    }

    public static CheckoutFiles Of(IReadOnlyList<CheckoutFiles> parts) => new([.. parts.SelectMany(p => p.Missing)], [.. parts.SelectMany(p => p.Converted)]) { Unread = [.. parts.SelectMany(p => p.Unread)] };

    /// <summary>Which files git would write just as they are: those that it only takes for changed, because its filters do not undo each other.</summary>
    public static IReadOnlySet<string> AsWritten(GitRepository tree, IReadOnlyList<string> paths)
    {
        paths = [.. paths.Where(p => !TreeEntry.Unreadable(p))];
        if (paths.Count == 0) return new HashSet<string>();
        using var folder = TemporaryFolder.Make(Path.GetTempPath());
        GitFiles.Write(tree.Git, paths, folder.Path).Expected();
        return paths.Where(p => IsSame(tree, Path.Combine(tree.Root, p), folder.File(p))).ToHashSet(StringComparer.Ordinal);
    }

    private static bool IsSame(GitRepository tree, string path, string written) =>
        File.Exists(path) && File.Exists(written) && new FileInfo(path).LinkTarget == new FileInfo(written).LinkTarget && (OperatingSystem.IsWindows() || IsProgram(path) == IsProgram(written)) &&
        BlobHash.Of(path, tree.HashLength) == BlobHash.Of(written, tree.HashLength);

    [UnsupportedOSPlatform("windows")]
    private static bool IsProgram(string path) => File.GetUnixFileMode(path).HasFlag(UnixFileMode.UserExecute);

    private static bool Differs(GitRepository tree, TreeEntry entry)
    {
        string path = Path.Combine(tree.Root, entry.Path);
        return File.Exists(path) && BlobHash.Of(path, tree.HashLength) != entry.Hash;
    }

    // Files of the index that are not on the disk.
    private static HashSet<string> Gone(GitProgram git) => [.. git.Ask("ls-files", "-z", "--deleted", "--full-name", ":/").Split('\0', StringSplitOptions.RemoveEmptyEntries)];

    private static HashSet<string> Attributed(GitProgram git, TreeEntry[] files) =>
        [.. GitFiles.Attributes(git, files.Select(e => e.Path), Converting).Where(f => Array.Exists(f.Values, v => v is not ("unspecified" or "unset"))).Select(f => f.Path)];
}

/// <summary>A file, link or submodule of a commit.</summary>
internal sealed record TreeEntry(string Mode, string Hash, string Path)
{
    public bool IsSubmodule => Mode == "160000";

    public bool IsLink => Mode == "120000";

    /// <summary>Whether its name is not UTF-8, as git gives it: no text stands for it then.</summary>
    public bool IsUnreadable => Unreadable(Path);

    public static bool Unreadable(string path) => path.Contains('\uFFFD', StringComparison.Ordinal);

    public static IEnumerable<TreeEntry> Of(GitProgram git, string commit)
    {
        // mode type hash TAB path
        foreach (string entry in git.Ask("ls-tree", "-r", "-z", "--full-tree", commit).Split('\0', StringSplitOptions.RemoveEmptyEntries))
        {
            string[] facts = entry.Split(' ', '\t');
            yield return new TreeEntry(facts[0], facts[2], entry[(entry.IndexOf('\t', StringComparison.Ordinal) + 1)..]);
        }
    }
}
