using System.Diagnostics;
using System.Security.Cryptography;
using Assay.Git;

namespace Assay.Tests.Provenance;

/// <summary>A real repository in a temporary folder, with an identity of its own unless a test wants none.</summary>
internal sealed class TestRepository : IDisposable
{
    private readonly TempFolder _folder;

    public TestRepository(bool commit = true, string format = "sha1")
    {
        _folder = new TempFolder();
        Root = _folder.File("work");
        Directory.CreateDirectory(Root);
        Git("init", "-q", "-b", "main", $"--object-format={format}");
        Git("config", "user.name", "Ada");
        Git("config", "user.email", "ada@example.org");
        // Git tidies up in the background, also while a test looks at its folder or removes it.
        Git("config", "gc.auto", "0");
        Git("config", "maintenance.auto", "false");
        if (!commit) return;
        Write("src/model.py", "print(1)\n");
        Write("data.csv", "a,b\n1,2\n");
        Write(".gitignore", "*.log\nbuild/\n");
        Commit("first");
    }

    public string Root { get; }

    /// <summary>A place beside the working tree.</summary>
    public string Beside(string name) => _folder.File(name);

    public string File(string path) => Path.Combine(Root, path);

    public void Write(string path, string content)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(File(path))!);
        System.IO.File.WriteAllText(File(path), content);
    }

    public string Commit(string message)
    {
        Git("add", "--all");
        Git("commit", "-q", "--allow-empty", "-m", message);
        return Git("rev-parse", "HEAD");
    }

    /// <summary>Gives a file one content on a new branch and another on main, which is checked out.</summary>
    public void Diverge(string branch, string path)
    {
        Git("checkout", "-q", "-b", branch);
        Write(path, "theirs\n");
        Commit("theirs");
        Git("checkout", "-q", "main");
        Write(path, "ours\n");
        Commit("ours");
    }

    public string Git(params string[] arguments) => GitIn(Root, arguments);

    public static string GitIn(string folder, params string[] arguments)
    {
        (int exit, string output) = TryGit(folder, arguments);
        return exit == 0 ? output : throw new InvalidOperationException($"git {string.Join(' ', arguments)} ended with {exit}: {output}");
    }

    public static (int Exit, string Output) TryGit(string folder, params string[] arguments)
    {
        var start = new ProcessStartInfo("git", ["-c", "protocol.file.allow=always", .. arguments])
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using Process git = Process.Start(start)!;
        Task<string> errors = git.StandardError.ReadToEndAsync();
        string output = git.StandardOutput.ReadToEnd();
        git.WaitForExit();
        return (git.ExitCode, git.ExitCode == 0 ? output.TrimEnd('\n') : output + errors.Result);
    }

    /// <summary>The code state as a session in this folder would record it.</summary>
    public CodeState State(SnapshotOptions? options = null, string? folder = null, string? store = null, string name = "0123") =>
        CodeState.Read(folder ?? Root, store ?? Beside("store"), options ?? SnapshotOptions.Shared, name).State
            ?? throw new InvalidOperationException("There is no code state.");

    /// <summary>The code state, and the proof that reading it changed nothing.</summary>
    public CodeState Untouched(SnapshotOptions? options = null, string? folder = null, string? store = null)
    {
        string before = Untouchables();
        CodeState state = State(options, folder, store);
        Assert.Equal(before, Untouchables());
        Assert.Null(state.Fault);
        return state;
    }

    /// <summary>The code state, and the proof that it holds every file byte by byte.</summary>
    /// <param name="options">Whether and how changes are kept.</param>
    /// <param name="folder">Where the run starts.</param>
    /// <param name="store">Where the store is.</param>
    /// <param name="ignored">Files that are not to be in it.</param>
    public CodeState Captured(SnapshotOptions? options = null, string? folder = null, string? store = null, string[]? ignored = null)
    {
        CodeState state = Untouched(options, folder, store);
        Dictionary<string, string> expected = Files(Root).Where(f => !(ignored ?? []).Contains(f.Key)).ToDictionary();
        Assert.Equal(expected, Restored(state.Commit).ToDictionary());
        return state;
    }

    /// <summary>Everything a snapshot must leave alone: HEAD, index, stash, reflogs, branches and files.</summary>
    public string Untouchables(string? root = null)
    {
        root ??= Root;
        string folder = GitIn(root, "rev-parse", "--absolute-git-dir");
        string common = GitIn(root, "rev-parse", "--path-format=absolute", "--git-common-dir");
        string index = Path.Combine(folder, "index");
        return string.Join('\n',
            System.IO.File.ReadAllText(Path.Combine(folder, "HEAD")), TryGit(root, "rev-parse", "HEAD").Output,
            System.IO.File.Exists(index) ? Convert.ToHexString(SHA256.HashData(System.IO.File.ReadAllBytes(index))) : "no index",
            GitIn(root, "--no-optional-locks", "status", "--porcelain=v2", "--branch", "--untracked-files=all"),
            TryGit(root, "stash", "list").Output,
            Content(Path.Combine(folder, "logs")), Content(Path.Combine(common, "logs")),
            GitIn(root, "for-each-ref", "--format=%(refname) %(objectname)", "refs/heads/main", "refs/tags"),
            string.Join('\n', Files(root).Select(f => $"{f.Key} {f.Value}")));
    }

    /// <summary>Restores a commit into a new working tree.</summary>
    public IReadOnlyDictionary<string, string> Restored(string commit, string? root = null)
    {
        string folder = Beside($"restored-{Guid.NewGuid():N}");
        GitIn(root ?? Root, "worktree", "add", "-q", "--detach", folder, commit);
        try
        {
            return Files(folder);
        }
        finally
        {
            GitIn(root ?? Root, "worktree", "remove", "--force", folder);
        }
    }

    /// <summary>Files with their kind and content, without those of git.</summary>
    public static IReadOnlyDictionary<string, string> Files(string root) => Directory
        .EnumerateFileSystemEntries(root, "*", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = 0 })
        .Select(f => (Name: Path.GetRelativePath(root, f).Replace('\\', '/'), Path: f))
        .Where(f => !f.Name.Split('/').Contains(".git") && (!Directory.Exists(f.Path) || new FileInfo(f.Path).LinkTarget is not null))
        .OrderBy(f => f.Name, StringComparer.Ordinal)
        .ToDictionary(f => f.Name, f => Kind(f.Path), StringComparer.Ordinal);

    public void Dispose() => _folder.Dispose();

    private static string Kind(string path)
    {
        var info = new FileInfo(path);
        if (info.LinkTarget is { } target) return $"link to {target}";
        if (info.Length == 0) return "empty";
        bool executable = !OperatingSystem.IsWindows() && info.UnixFileMode.HasFlag(UnixFileMode.UserExecute);
        return $"{(executable ? "x " : "")}{Convert.ToHexString(SHA256.HashData(System.IO.File.ReadAllBytes(path)))}";
    }

    private static string Content(string folder) => !Directory.Exists(folder) ? "" : string.Join(
        '\n', Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal)
            .Select(f => $"{f} {System.IO.File.ReadAllText(f)}"));
}
