using System.Security.Cryptography;
using System.Text;
using Assay.Git;

namespace Assay;

/// <summary>A folder for the code of a run.</summary>
/// <param name="Repository">The repository with the code.</param>
/// <param name="Path">The path of the folder.</param>
/// <param name="IsBesideStore">Whether it is in the folder of checkouts beside the store, which belongs to Assay alone.</param>
internal sealed record CheckoutPlace(GitRepository Repository, string Path, bool IsBesideStore)
{
    // Enough digits to distinguish the runs of a store, and few enough for systems with short paths.
    private const int IdDigits = 12;

    /// <exception cref="AssayException">The folder lies in the store or in a working tree.</exception>
    public static CheckoutPlace For(Store store, GitRepository repository, string runId, string folder, string? named)
    {
        if (named is null)
            return new CheckoutPlace(repository, System.IO.Path.Combine(CodeCheckout.FolderBeside(store), runId[..IdDigits]), true);
        string path = System.IO.Path.TrimEndingDirectorySeparator(System.IO.Path.GetFullPath(named, folder));
        if (RealPath.IsWithin(path, store.Path))
            throw new AssayException($"'{path}' lies in the store; expected a folder outside of it. Choose another one.");
        string nearest = path;
        while (!Directory.Exists(nearest)) nearest = System.IO.Path.GetDirectoryName(nearest)!;
        if (GitRepository.Find(nearest, out _) is { } around && !IsRoot(path, around) && !IsIgnored(around, path))
        {
            throw new AssayException($"'{path}' lies in the working tree '{around.Root}', "
                + "where git status and the snapshots of runs would come across it; expected a folder outside, or one that git ignores. "
                + "Choose another one, or leave out --path.");
        }

        return new CheckoutPlace(repository, path, false);
    }

    /// <summary>Whether the folder holds the code already.</summary>
    /// <exception cref="AssayException">It holds something else.</exception>
    public bool IsTaken(string commit)
    {
        if (File.Exists(Path)) throw Taken("is a file", "Choose");
        if (!Directory.Exists(Path) || !Directory.EnumerateFileSystemEntries(Path).Any()) return false;
        GitRepository? there = GitRepository.Find(Path, out _);
        if (there is null || !IsRoot(Path, there) || RealPath.Of(there.Common) != RealPath.Of(Repository.Common))
            throw Taken("is not empty", "Choose");
        if (IsRoot(Path, Repository) || RealPath.Of(there.Folder) == RealPath.Of(there.Common))
            throw Taken("is the working tree itself", "Choose");
        string locked = System.IO.Path.Combine(there.Folder, "locked");
        if (File.Exists(locked) && File.ReadAllText(locked).StartsWith("initializing", StringComparison.Ordinal))
        {
            throw new AssayException($"'{Path}' is a checkout that is being made just now, or whose making was ended half-way. Wait, "
                + $"or remove it with: git worktree remove --force --force {ShellText.Quoted(Path)}");
        }

        string head = there.Git.Ask("rev-parse", "HEAD");
        return head == commit ? true : throw Taken(
            $"holds commit {head}, not {commit} of the run", $"Remove it with: git worktree remove {ShellText.Quoted(Path)}, or choose");
    }

    /// <summary>Makes the folder above; git ignores that beside the store, and builds take no settings from newer code around it.</summary>
    public void Prepare()
    {
        string above = System.IO.Path.GetDirectoryName(Path)!;
        if (IsBesideStore) StoreEntry.RequireOwn(above);
        Directory.CreateDirectory(above);
        if (!IsBesideStore) return;
        (string Name, string Content)[] files =
        [
            (".gitignore", "*\n"), (".editorconfig", "root = true\n"), ("global.json", "{}\n"), ("Directory.Build.props", "<Project />\n"),
            ("Directory.Build.targets", "<Project />\n"), ("Directory.Packages.props", "<Project />\n"),
        ];
        foreach ((string name, string content) in files)
        {
            string file = System.IO.Path.Combine(above, name);
            StoreEntry.RequireOwn(file);
            if (!File.Exists(file) || File.ReadAllText(file) != content)
                AtomicFile.Write(file, Encoding.UTF8.GetBytes(content), durable: false);
        }
    }

    private QuestionException Taken(string how, string choose) => new(
        $"'{Path}' {how}; expected a folder that is missing or empty. {choose}",
        "another one with --path.", "another one with 'assay checkout RUN --path DIR' at a shell.");

    private static bool IsRoot(string path, GitRepository repository) => RealPath.Of(path) == RealPath.Of(repository.Root);

    private static bool IsIgnored(GitRepository repository, string path) =>
        repository.Git.Run(null, "check-ignore", "--quiet", "--no-index", System.IO.Path.Combine(RealPath.Of(path), "file")).Succeeded;
}

/// <summary>One checkout of a repository at a time, also among processes: another would take an unfinished one for a deleted one.</summary>
internal sealed class CheckoutTurn(Mutex mutex) : IDisposable
{
    public static CheckoutTurn Take(GitRepository repository, TimeSpan patience)
    {
        byte[] path = SHA256.HashData(Encoding.UTF8.GetBytes(RealPath.Of(repository.Common)));
        var mutex = new Mutex(
            initiallyOwned: false, "assay-checkout-" + Convert.ToHexStringLower(path)[..16],
            new NamedWaitHandleOptions { CurrentUserOnly = true, CurrentSessionOnly = false });
        try
        {
            if (mutex.WaitOne(patience)) return new CheckoutTurn(mutex);
        }
        catch (AbandonedMutexException)
        {
            // The process that held it was killed; CheckoutPlace recognises an unfinished checkout.
            return new CheckoutTurn(mutex);
        }

        mutex.Dispose();
        throw new AssayException($"another checkout from '{repository.Root}' has not ended within {patience.TotalMinutes:0} minutes. "
            + "Wait for it, or end it.");
    }

    public void Dispose()
    {
        mutex.ReleaseMutex();
        mutex.Dispose();
    }
}
