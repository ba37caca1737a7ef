namespace Assay;

/// <summary>Branches that a rebase or a bisection will come back to. Git checks none of them out meanwhile, so that nothing else shows that somebody works on them.</summary>
internal static class UnfinishedWork
{
    private static readonly string[] Files = [Path.Combine("rebase-merge", "head-name"), Path.Combine("rebase-merge", "update-refs"), Path.Combine("rebase-apply", "head-name"), "BISECT_START"];

    /// <returns>By the branch's full name what is under way, in words.</returns>
    /// <exception cref="GitException">What git keeps of it cannot be read.</exception>
    public static Dictionary<string, string> In(GitRepository repository)
    {
        var found = new Dictionary<string, string>(StringComparer.Ordinal);
        string linked = Path.Combine(repository.Common, "worktrees");
        foreach (string folder in (string[])[repository.Common, .. Directory.Exists(linked) ? Directory.GetDirectories(linked) : []])
        {
            foreach (string file in Files.Select(f => Path.Combine(folder, f)))
            {
                foreach (string line in Lines(file)) found[line.StartsWith("refs/", StringComparison.Ordinal) ? line : "refs/heads/" + line] = $"a rebase or bisection of it has not ended ('{file}')";
            }
        }

        return found;
    }

    private static string[] Lines(string file)
    {
        try
        {
            return File.ReadAllLines(file);
        }
        catch (Exception fault) when (fault is FileNotFoundException or DirectoryNotFoundException)
        {
            return [];
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new GitException($"'{file}' cannot be read: {fault.Message}", fault);
        }
    }
}
