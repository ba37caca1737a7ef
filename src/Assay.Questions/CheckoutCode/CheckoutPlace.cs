namespace Assay.Questions;

/// <summary>A folder for the code of a run, and whether it may be used.</summary>
internal sealed class CheckoutPlace
{
    /// <summary>The folder beside a store that holds its checkouts.</summary>
    public const string FolderName = ".assay-checkouts";

    // Enough to tell the runs of a store apart, and short enough for systems with short paths.
    private const int IdDigits = 12;

    private readonly GitRepository _repository;
    private readonly bool _own;

    private CheckoutPlace(GitRepository repository, string path, bool own) => (_repository, Path, _own) = (repository, path, own);

    public string Path { get; }

    /// <summary>Whether it is beside the store, where nobody else puts anything.</summary>
    public bool IsOwn => _own;

    /// <summary>The folder of all checkouts of a store.</summary>
    public static string Beside(Store store) =>
        System.IO.Path.Combine(System.IO.Path.GetDirectoryName(store.Path) ?? store.Path, FolderName);

    /// <exception cref="AssayException">The folder lies where checkouts must not be.</exception>
    public static CheckoutPlace For(Store store, GitRepository repository, string runId, CodeCheckoutOptions options)
    {
        if (options.Path is not { } named)
            return new CheckoutPlace(repository, System.IO.Path.Combine(Beside(store), runId[..IdDigits]), own: true);
        string path = System.IO.Path.TrimEndingDirectorySeparator(System.IO.Path.GetFullPath(named, options.Folder));
        if (RealPath.IsWithin(path, store.Path))
            throw new AssayException($"'{path}' lies in the store; expected a folder outside of it. Choose another one.");
        if (GitRepository.Find(NearestFolder(path), out _) is { } around && !IsRoot(path, around) && !IsIgnored(around, path))
            throw new AssayException($"'{path}' lies in the working tree '{around.Root}', "
                + "where git status and the snapshots of runs would come across it; expected a folder outside, or one that git ignores. "
                    + "Choose another one, or leave out --path.");
        return new CheckoutPlace(repository, path, own: false);
    }

    /// <summary>Whether the code stands there already.</summary>
    /// <exception cref="AssayException">Something else stands there.</exception>
    public bool IsTaken(string commit)
    {
        if (File.Exists(Path)) throw Taken("is a file", "Choose");
        if (!Directory.Exists(Path) || !Directory.EnumerateFileSystemEntries(Path).Any()) return false;
        GitRepository? there = GitRepository.Find(Path, out _);
        if (there is null || !IsRoot(Path, there) || RealPath.Of(there.Common) != RealPath.Of(_repository.Common))
            throw Taken("is not empty", "Choose");
        if (IsRoot(Path, _repository) || RealPath.Of(there.Folder) == RealPath.Of(there.Common))
            throw Taken("is the working tree itself", "Choose");
        string locked = System.IO.Path.Combine(there.Folder, "locked");
        if (File.Exists(locked) && File.ReadAllText(locked).StartsWith("initializing", StringComparison.Ordinal))
            throw new AssayException($"'{Path}' is a checkout that is being made just now, or whose making was ended half-way. Wait, "
                + $"or remove it with: git worktree remove --force --force {ShellText.Quoted(Path)}");
        string head = there.Git.Ask("rev-parse", "HEAD");
        return head == commit ? true : throw Taken(
            $"holds commit {head}, not {commit} of the run", $"Remove it with: git worktree remove {ShellText.Quoted(Path)}, or choose");
    }

    private QuestionException Taken(string how, string choose) =>
        new(
            $"'{Path}' {how}; expected a folder that is missing or empty. {choose}",
            "another one with --path.", "another one with 'assay checkout RUN --path DIR' at a shell.");

    /// <summary>Makes the folder above, and sees that git and builds keep checkouts and what is around them apart.</summary>
    public void Prepare()
    {
        string above = System.IO.Path.GetDirectoryName(Path)!;
        Directory.CreateDirectory(above);
        if (_own) CheckoutFence.Put(above);
    }

    private static bool IsRoot(string path, GitRepository repository) => RealPath.Of(path) == RealPath.Of(repository.Root);

    private static bool IsIgnored(GitRepository repository, string path) =>
        repository.Git.Run(null, "check-ignore", "--quiet", "--no-index", System.IO.Path.Combine(RealPath.Of(path), "file")).Succeeded;

    private static string NearestFolder(string path)
    {
        while (!Directory.Exists(path)) path = System.IO.Path.GetDirectoryName(path)!;
        return path;
    }
}
