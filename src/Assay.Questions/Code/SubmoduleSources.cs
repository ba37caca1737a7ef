namespace Assay.Questions;

/// <summary>Where the commits of submodules are found here: in the working tree, else in what git keeps of submodules that are not checked out in it.</summary>
internal sealed class SubmoduleSources
{
    private readonly GitRepository _repository;
    private readonly Lazy<Dictionary<string, string>> _names;

    /// <param name="repository">The repository they belong to.</param>
    /// <param name="commit">Its commit, which says how they are called.</param>
    public SubmoduleSources(GitRepository repository, string commit) => (_repository, _names) = (repository, new Lazy<Dictionary<string, string>>(() => Names(repository.Git, commit)));

    /// <param name="path">The submodule.</param>
    /// <param name="commit">What is wanted of it.</param>
    /// <returns>Null where nothing here has the commit.</returns>
    public GitRepository? Find(string path, string commit) => Places(path).FirstOrDefault(r => r.Git.Run(null, "cat-file", "-e", commit + "^{commit}").Succeeded);

    private IEnumerable<GitRepository> Places(string path)
    {
        string folder = Path.Combine(_repository.Root, path);
        // Below a submodule that is not checked out here git finds the repository around it.
        if (Directory.Exists(folder) && GitRepository.Find(folder, out _) is { Prefix: "" } repository) yield return repository;
        // A name may lead anywhere, and comes with the commit.
        if (!_names.Value.TryGetValue(path, out string? name) || name.Split('/', '\\').Contains("..") || Path.IsPathRooted(name)) yield break;
        foreach (string kept in new[] { _repository.Folder, _repository.Common }.Distinct(StringComparer.Ordinal).Select(f => Path.Combine(f, "modules", name)))
        {
            if (!File.Exists(Path.Combine(kept, "HEAD"))) continue;
            // Its settings may name a working tree that is gone, and git would refuse to work.
            var git = new GitProgram(kept) { Variables = new Dictionary<string, string> { ["GIT_WORK_TREE"] = kept } };
            yield return new GitRepository(kept, kept, kept, Path.Combine(kept, "index")) { HashLength = _repository.HashLength, Git = git };
        }
    }

    // By their paths. A commit without such a file has none.
    private static Dictionary<string, string> Names(GitProgram git, string commit)
    {
        const string Before = "submodule.", After = ".path";
        var names = new Dictionary<string, string>(StringComparer.Ordinal);
        GitAnswer answer = git.Run(null, "config", "-z", "--blob", commit + ":.gitmodules", "--get-regexp", @"^submodule\..*\.path$");
        foreach (string line in answer.Succeeded ? answer.Text.Split('\0', StringSplitOptions.RemoveEmptyEntries) : [])
        {
            // name, line end, value
            string[] parts = line.Split('\n', 2);
            if (parts.Length == 2) names[parts[1]] = parts[0][Before.Length..^After.Length];
        }

        return names;
    }
}
