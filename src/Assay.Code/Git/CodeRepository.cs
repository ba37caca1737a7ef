using System.Text;

namespace Assay.Git;

/// <summary>Finds the repository with the code of runs: the one around the current folder, else the one around the store.</summary>
internal static class CodeRepository
{
    /// <param name="store">The store.</param>
    /// <param name="folder">The folder of the user.</param>
    /// <param name="code">The code that it must have.</param>
    /// <exception cref="AssayException">The recorded text is no commit, there is no repository, or none has all the commits.</exception>
    public static GitRepository Holding(Store store, string folder, params IReadOnlyList<RecordedCode> code)
    {
        var faults = new List<string>();
        GitRepository[] near = [.. new[] { folder, store.Path }.Where(Directory.Exists).Select(place => Find(place, faults))
            .OfType<GitRepository>().DistinctBy(repository => repository.Common)];
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
