using System.ComponentModel;
using System.Diagnostics;
using System.Text;

namespace Assay.Git;

/// <summary>The only place that starts git: it asks nothing, runs no hook, contacts nobody, takes no optional lock. Thread-safe.</summary>
internal sealed record GitProgram(string Folder)
{
    // A path below the null device exists on no platform, whereas a relative hooksPath is looked up in the working tree. Any folder of a
    // working tree, such as a store, can have the form of a bare repository, whose settings come with a clone; git must not use it.
    private static readonly string[] Settings =
    [
        .. new[]
        {
            "core.hooksPath=" + (OperatingSystem.IsWindows() ? "NUL" : "/dev/null"), "safe.bareRepository=explicit",
            "core.fsmonitor=false", "submodule.recurse=false", "core.logAllRefUpdates=false", "core.splitIndex=false",
            "core.safecrlf=false", "core.quotePath=false", "sparse.expectFilesOutsideOfPatterns=false",
        }.SelectMany(setting => new[] { "-c", setting }),
    ];

    private static readonly (string Name, string Value)[] Environment =
    [
        ("LC_ALL", "C"), ("GIT_TERMINAL_PROMPT", "0"), ("GIT_OPTIONAL_LOCKS", "0"), ("GIT_NO_LAZY_FETCH", "1"), ("GIT_ALLOW_PROTOCOL", ""),
    ];

    /// <summary>The variables by which git tells what it starts which repository it works on; neither git nor replays get them.</summary>
    public static IReadOnlyList<string> Local { get; } =
    [
        "GIT_DIR", "GIT_WORK_TREE", "GIT_IMPLICIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_COMMON_DIR", "GIT_OBJECT_DIRECTORY",
        "GIT_ALTERNATE_OBJECT_DIRECTORIES", "GIT_PREFIX", "GIT_GRAFT_FILE", "GIT_SHALLOW_FILE", "GIT_REPLACE_REF_BASE",
        "GIT_NO_REPLACE_OBJECTS", "GIT_INTERNAL_SUPER_PREFIX", "GIT_NAMESPACE",
    ];

    /// <summary>The time after which git is killed. Default: two minutes.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>Environment variables of git besides those of this process. Default: none.</summary>
    public IReadOnlyDictionary<string, string> Variables { get; init; } = new Dictionary<string, string>();

    /// <summary>The number of bytes of output that are kept; the rest is counted and dropped. Default: all.</summary>
    public long MostOutput { get; init; } = long.MaxValue;

    public GitProgram With(string name, string value) =>
        this with { Variables = new Dictionary<string, string>(Variables) { [name] = value } };

    /// <summary>Runs git to its end. No shell reads the arguments.</summary>
    /// <exception cref="GitException">Git cannot be started, or did not end in time.</exception>
    public GitAnswer Run(byte[]? input, params IReadOnlyList<string> arguments)
    {
        using Process git = Start(arguments);
        Task<(byte[] Kept, long Length)> output = ReadAsync(git.StandardOutput.BaseStream, MostOutput);
        Task<(byte[] Kept, long Length)> errors = ReadAsync(git.StandardError.BaseStream, long.MaxValue);
        Write(git, input);
        if (!git.WaitForExit(Patience))
        {
            git.Kill(entireProcessTree: true);
            throw new GitException(
                $"'git {string.Join(' ', arguments)}' did not end within {Patience.TotalSeconds:0} seconds and was ended");
        }

        (byte[] kept, long length) = output.GetAwaiter().GetResult();
        string message = Encoding.UTF8.GetString(errors.GetAwaiter().GetResult().Kept).Trim();
        return new GitAnswer(arguments, git.ExitCode, kept, message) { Length = length };
    }

    /// <summary>Runs git, expects success, and returns the output as text without the last line end.</summary>
    /// <exception cref="GitException">Also when git ended with another exit code than 0.</exception>
    public string Ask(params IReadOnlyList<string> arguments) => Run(null, arguments).Expected().Text;

    /// <summary>Runs git with records as its input, such as paths, each ended by NUL.</summary>
    /// <exception cref="GitException">Git cannot be started, or did not end in time.</exception>
    public GitAnswer RunOn(IEnumerable<string> records, params IReadOnlyList<string> arguments) =>
        Run(Encoding.UTF8.GetBytes(string.Concat(records.Select(record => record + "\0"))), arguments);

    private Process Start(IReadOnlyList<string> arguments)
    {
        var start = new ProcessStartInfo("git", [.. Settings, .. arguments])
        {
            WorkingDirectory = Folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (string name in Local) start.Environment.Remove(name);
        foreach ((string name, string value) in Environment) start.Environment[name] = value;
        foreach ((string name, string value) in Variables) start.Environment[name] = value;
        try
        {
            return Process.Start(start)!;
        }
        catch (Exception fault) when (fault is Win32Exception or DirectoryNotFoundException)
        {
            throw new GitException($"the git program cannot be started in '{Folder}': {fault.Message}", fault);
        }
    }

    private static void Write(Process git, byte[]? input)
    {
        try
        {
            if (input is not null) git.StandardInput.BaseStream.Write(input);
            git.StandardInput.Close();
        }
        catch (IOException)
        {
            // Git ended before it read everything; its exit code and message tell why.
        }
    }

    private static async Task<(byte[] Kept, long Length)> ReadAsync(Stream stream, long most)
    {
        using var bytes = new MemoryStream();
        byte[] block = new byte[1 << 14];
        long length = 0;
        while (await stream.ReadAsync(block) is > 0 and var read)
        {
            bytes.Write(block, 0, (int)Math.Clamp(most - length, 0, read));
            length += read;
        }

        return (bytes.ToArray(), length);
    }
}

/// <summary>The result of a call of git, with the output or its beginning.</summary>
internal sealed record GitAnswer(IReadOnlyList<string> Arguments, int ExitCode, byte[] Output, string Errors)
{
    public bool Succeeded => ExitCode == 0;

    /// <summary>The length of the whole output in bytes, kept or not.</summary>
    public long Length { get; init; } = Output.Length;

    /// <summary>The output as text, without the last line end.</summary>
    public string Text => Encoding.UTF8.GetString(Output).TrimEnd('\n', '\r');

    /// <summary>The parts of an output that ends each with NUL.</summary>
    public string[] Parts => Encoding.UTF8.GetString(Output).Split('\0', StringSplitOptions.RemoveEmptyEntries);

    /// <exception cref="GitException">Git ended with another exit code than 0.</exception>
    public GitAnswer Expected() => Succeeded ? this : throw new GitException(
        $"'git {string.Join(' ', Arguments)}' ended with exit code {ExitCode}: {(Errors.Length > 0 ? Errors : "it gave no message")}");
}

/// <summary>Git did not do what was expected; the message contains that of git.</summary>
internal sealed class GitException(string message, Exception? innerException = null) : Exception(message, innerException);
