using System.Security.Cryptography;

namespace Assay;

/// <summary>A repository with a working tree, as one call of git describes it.</summary>
/// <param name="Root">The working tree's folder.</param>
/// <param name="Folder">The folder of this working tree's HEAD and index.</param>
/// <param name="Common">The folder of refs, objects and configuration; another one in a linked working tree.</param>
/// <param name="Index">The index file; it need not exist.</param>
internal sealed record GitRepository(string Root, string Folder, string Common, string Index)
{
    private const int Answers = 6;

    public GitProgram Git { get; init; } = new(Root);

    /// <summary>How many bytes the hashes of its objects have.</summary>
    public int HashLength { get; init; } = SHA1.HashSizeInBytes;

    /// <summary>The folder it was found from, relative to the root, with slashes; empty for the root.</summary>
    public string Prefix { get; init; } = "";

    /// <param name="folder">A folder in the working tree.</param>
    /// <param name="why">Why there is none: the words of git.</param>
    /// <exception cref="GitException">There is no git program.</exception>
    public static GitRepository? Find(string folder, out string? why)
    {
        GitAnswer answer = new GitProgram(folder).Run(null, "rev-parse", "--path-format=absolute", "--show-prefix", "--show-toplevel", "--git-dir", "--git-common-dir", "--git-path", "index", "--show-object-format");
        string[] lines = answer.Text.Split('\n');
        why = answer.Succeeded ? lines.Length == Answers ? null : $"git rev-parse answered with {lines.Length} lines instead of {Answers}" : answer.Errors;
        return why is null ? new GitRepository(lines[1], lines[2], lines[3], lines[4]) { Prefix = lines[0].TrimEnd('/'), HashLength = lines[5] == "sha256" ? SHA256.HashSizeInBytes : SHA1.HashSizeInBytes } : null;
    }

    /// <summary>The address of <c>origin</c>, or of the first remote, as the repository's own configuration has it, without a password; null without a remote.</summary>
    public string? Remote()
    {
        string config = Path.Combine(Common, "config");
        return File.Exists(config) ? GitRemote.Read(File.ReadLines(config)) : null;
    }

    /// <summary>The names of the store's folders in the working tree, relative to its root, and of links that lead to it; none when all of them lie outside.</summary>
    public IReadOnlyList<string> Inside(string store)
    {
        string root = RealPath.Of(Root);
        return [.. RealPath.Steps(store).SelectMany(p => Inside(root, p)).Distinct(StringComparer.Ordinal)];
    }

    private static IReadOnlyList<string> Inside(string root, string path)
    {
        string relative = Path.GetRelativePath(root, path).Replace('\\', '/');
        if (relative == ".") return FileStorage.Entries;
        return relative.StartsWith("../", StringComparison.Ordinal) || relative == ".." || Path.IsPathRooted(relative) ? [] : [relative];
    }
}
