using System.Text;

namespace Assay.Questions;

/// <summary>Finds the repository that holds the code of runs: the one around the current folder, else the one around the store.</summary>
internal static class CodeRepository
{
    /// <param name="store">The store.</param>
    /// <param name="folder">The folder the user stands in.</param>
    /// <param name="code">What must be in it.</param>
    /// <exception cref="AssayException">
    /// What is recorded is no commit, there is no repository, or none that has all the commits.
    /// </exception>
    public static GitRepository Holding(Store store, string folder, params IReadOnlyList<RecordedCode> code)
    {
        var said = new List<string>();
        GitRepository[] near = [.. Near(said, folder, store.Path)];
        if (near.Length == 0)
            throw new AssayException($"there is no git repository around '{folder}', nor around the store '{store.Path}', "
                + $"so the code of run {code[0].RunId} cannot be looked up ({string.Join("; ", said.Distinct(StringComparer.Ordinal))}). " +
                "Call it within the repository the run was made in.");
        foreach (RecordedCode one in code) one.RequireCommit();
        return near.FirstOrDefault(r => Missing(r, code) is null) ?? throw Absent(near, Missing(near[0], code)!);
    }

    private static IEnumerable<GitRepository> Near(List<string> said, params string[] folders)
    {
        var known = new HashSet<string>(StringComparer.Ordinal);
        foreach (string folder in folders.Where(Directory.Exists))
        {
            if (Find(folder, said) is { } repository && known.Add(repository.Common)) yield return repository;
        }
    }

    private static GitRepository? Find(string folder, List<string> said)
    {
        try
        {
            GitRepository? found = GitRepository.Find(folder, out string? why);
            if (why is not null) said.Add(why.Split('\n')[0]);
            return found;
        }
        catch (GitException fault)
        {
            throw new AssayException($"{fault.Message}. The code of runs is kept by git: install it, "
                + "and see that it is found (PATH).", fault);
        }
    }

    private static RecordedCode? Missing(GitRepository repository, IReadOnlyList<RecordedCode> code)
    {
        byte[] asked = Encoding.ASCII.GetBytes(string.Concat(code.Select(c => c.Commit + "^{commit}\n")));
        string[] told = repository.Git.Run(asked, "cat-file", "--batch-check").Expected().Text.Split('\n');
        return code.Where((_, i) => i >= told.Length || !told[i].Contains(" commit ", StringComparison.Ordinal)).FirstOrDefault();
    }

    private static AssayException Absent(GitRepository[] near, RecordedCode code)
    {
        string places = string.Join(" nor in ", near.Select(r => $"'{r.Root}'"));
        string ran = code.Session?.Folder is { } folder ? $" It ran in '{folder}'" : " It ran elsewhere";
        return new AssayException(
            $"the code of run {code.RunId} is commit {code.Commit}, which is not in the repository "
                + $"{places}.{ran}{(code.Remote is { } remote ? $", in a clone of {remote}" : "")}. " +
            "Call it within that repository, or fetch its commits and snapshots from there: "
                + "git fetch FROM 'refs/heads/*:refs/remotes/FROM/*' 'refs/assay/*:refs/assay/*'. "
                    + "A snapshot whose ref was deleted is gone.");
    }
}
