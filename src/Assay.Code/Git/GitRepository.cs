using System.Text.RegularExpressions;

namespace Assay.Git;

/// <summary>A repository with a working tree.</summary>
/// <param name="Root">The working tree's folder.</param>
/// <param name="Folder">The folder of this working tree's HEAD and index.</param>
/// <param name="Common">The folder of refs, objects and configuration; a linked working tree shares it with others.</param>
/// <param name="Index">The index file; it need not exist.</param>
internal sealed partial record GitRepository(string Root, string Folder, string Common, string Index)
{
    private const int Answers = 5;

    public GitProgram Git { get; init; } = new(Root);

    /// <summary>The folder it was found from, relative to the root, with slashes; empty for the root.</summary>
    public string Prefix { get; init; } = "";

    /// <summary>Finds the repository around a folder.</summary>
    /// <param name="folder">A folder in the working tree.</param>
    /// <param name="why">The message of git when there is none, else null.</param>
    /// <exception cref="GitException">There is no git program.</exception>
    public static GitRepository? Find(string folder, out string? why)
    {
        string[] asked = ["--show-prefix", "--show-toplevel", "--git-dir", "--git-common-dir", "--git-path", "index"];
        GitAnswer answer = new GitProgram(folder).Run(null, ["rev-parse", "--path-format=absolute", .. asked]);
        string[] lines = answer.Text.Split('\n');
        why = !answer.Succeeded ? answer.Errors
            : lines.Length == Answers ? null : $"git rev-parse answered with {lines.Length} lines instead of {Answers}";
        return why is null ? new GitRepository(lines[1], lines[2], lines[3], lines[4]) { Prefix = lines[0].TrimEnd('/') } : null;
    }

    /// <summary>The address of <c>origin</c>, or of the first remote, without user and password; null without a remote.</summary>
    public string? Remote()
    {
        // Each part is a name and a value, with a line end between them. Git ends with 1 when there is no remote.
        GitAnswer answer = Git.Run(null, "config", "-z", "--get-regexp", @"^remote\..*\.url$");
        string[][] urls = [.. answer.Parts.Select(part => part.Split('\n', 2))];
        return (urls.FirstOrDefault(url => url[0] == "remote.origin.url") ?? urls.FirstOrDefault()) is [_, var address]
            ? Secrets().Replace(address, "")
            : null;
    }

    /// <summary>
    /// The paths of a store in the working tree, relative to its root, and of links that lead to it; none when all of them are outside.
    /// </summary>
    public IReadOnlyList<string> Inside(string store)
    {
        string root = RealPath.Of(Root);
        return [.. RealPath.Steps(store).SelectMany(path => Inside(root, path)).Distinct(StringComparer.Ordinal)];
    }

    private static IReadOnlyList<string> Inside(string root, string path)
    {
        string relative = Path.GetRelativePath(root, path).Replace('\\', '/');
        if (relative == ".") return FileStorage.Entries;
        return relative.StartsWith("../", StringComparison.Ordinal) || relative == ".." || Path.IsPathRooted(relative) ? [] : [relative];
    }

    // In a URL everything up to the last @, since passwords contain any character, and the query; in the short form the password.
    [GeneratedRegex(@"(?<=^[a-zA-Z][a-zA-Z0-9+.-]*://).*@|(?<=^[a-zA-Z][a-zA-Z0-9+.-]*://.*)[?#].*$|(?<=^[^/\\@:]+):[^/\\]*(?=@)")]
    private static partial Regex Secrets();
}
