namespace Assay.Questions;

/// <summary>Makes working trees that hold every file of a commit, also where the repository is told to check out only some.</summary>
internal static class FullWorkTree
{
    // Writing all files of a large repository may take longer than anything else git is asked for.
    public static readonly TimeSpan Patience = TimeSpan.FromHours(1);

    /// <param name="repository">The repository, or a submodule's.</param>
    /// <param name="path">Where to.</param>
    /// <param name="commit">What.</param>
    /// <param name="force">Whether to take the place of a working tree that is gone.</param>
    /// <exception cref="GitException">Git could not make it.</exception>
    public static void Add(GitRepository repository, string path, string commit, bool force)
    {
        string[] forced = force ? ["--force"] : [];
        (repository.Git with { Patience = Patience }).Ask(
            ["-c", "core.sparseCheckout=false", "worktree", "add", .. forced, "--detach", path, commit]);
        GitRepository tree = GitRepository.Find(path, out string? why) ?? throw new GitException(why!);
        // The setting is the repository's, or was copied from the user's tree, and git would heed it at its next call in there. Which files
        // it leaves out is said for each tree alone.
        string folder = Path.Combine(tree.Folder, "info");
        Directory.CreateDirectory(folder);
        File.WriteAllText(Path.Combine(folder, "sparse-checkout"), "/*\n");
    }
}
