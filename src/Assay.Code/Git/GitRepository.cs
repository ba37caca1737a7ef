using System.Text;
using System.Text.RegularExpressions;

namespace Assay.Git;

/// <summary>A repository: its working tree, the folder of HEAD, that of refs and objects, which trees share, and the index file.</summary>
internal sealed partial record GitRepository(string Root, string Folder, string Common, string Index)
{
    private const int Answers = 5;

    public GitProgram Git { get; init; } = new(Root);

    /// <summary>The folder it was found from, relative to the root, with slashes; empty for the root.</summary>
    public string Prefix { get; init; } = "";

    /// <summary>Finds the repository around a folder, or git's reason why there is none.</summary>
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

    /// <summary>The paths of a store in the working tree, and of links that lead to it, relative to its root.</summary>
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

/// <summary>Finds the repository with the code of runs: the one around the current folder, else the one around the store.</summary>
internal static class CodeRepository
{
    /// <summary>Finds the repository, around the user's folder or the store, that has all the code.</summary>
    /// <exception cref="AssayException">The recorded text is no commit, there is no repository, or none has all the commits.</exception>
    public static GitRepository Holding(Store store, string folder, params IReadOnlyList<RecordedCode> code)
    {
        var faults = new List<string>();
        string[] places = store.Storage.IsReadOnly ? [folder] : [folder, store.Path];
        GitRepository[] near = [.. places.Where(Directory.Exists).Select(place => Find(place, faults)).OfType<GitRepository>()
            .DistinctBy(repository => repository.Common)];
        if (near.Length == 0)
        {
            throw new AssayException($"there is no git repository around '{folder}', nor around the store '{store.Path}', so the code of "
                + $"run {code[0].RunId} cannot be looked up ({string.Join("; ", faults.Distinct(StringComparer.Ordinal))}). "
                + "Call it within the repository the run was made in.");
        }

        foreach (RecordedCode one in code) one.RequireCommit();
        return near.FirstOrDefault(repository => Missing(repository, code) is null) ?? throw Absent(near, Missing(near[0], code)!);
    }

    private static GitRepository? Find(string folder, List<string> faults)
    {
        try
        {
            GitRepository? found = GitRepository.Find(folder, out string? why);
            if (why is not null) faults.Add(why.Split('\n')[0]);
            return found;
        }
        catch (GitException fault)
        {
            throw new AssayException(
                $"{fault.Message}. The code of runs is kept by git: install it, and see that it is found (PATH).", fault);
        }
    }

    private static RecordedCode? Missing(GitRepository repository, IReadOnlyList<RecordedCode> code)
    {
        byte[] asked = Encoding.ASCII.GetBytes(string.Concat(code.Select(one => one.Commit + "^{commit}\n")));
        string[] answers = repository.Git.Run(asked, "cat-file", "--batch-check").Expected().Text.Split('\n');
        return code.Where((_, i) => i >= answers.Length || !answers[i].Contains(" commit ", StringComparison.Ordinal)).FirstOrDefault();
    }

    private static AssayException Absent(GitRepository[] near, RecordedCode code)
    {
        string places = string.Join(" nor in ", near.Select(repository => $"'{repository.Root}'"));
        string ran = code.Session?.Folder is { } folder ? $" It ran in '{folder}'" : " It ran elsewhere";
        string remote = code.Remote is null ? "" : $", in a clone of {code.Remote}";
        return new AssayException(
            $"the code of run {code.RunId} is commit {code.Commit}, which is not in the repository {places}.{ran}{remote}. "
                + "Call it within that repository, or fetch its commits and snapshots from there: "
                + "git fetch FROM 'refs/heads/*:refs/remotes/FROM/*' 'refs/assay/*:refs/assay/*'. "
                + "A snapshot whose ref was deleted is gone.");
    }
}
