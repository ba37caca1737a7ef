using System.ComponentModel;
using System.Diagnostics;
using System.Text;

namespace Assay;

/// <summary>
/// Calls the <c>git</c> program in a folder. It asks nothing, runs no hooks, writes no reflogs and takes no optional locks, so that whatever it is used for leaves HEAD, the
/// index, the working tree and the reflogs alone. Thread-safe.
/// </summary>
/// <param name="Folder">Where git is started.</param>
internal sealed record GitProgram(string Folder)
{
    // core.hooksPath leads nowhere: hooks of the user must not run because an experiment started. Line ends that are converted are remarked on, and no reason to keep nothing.
    private static readonly string[] Quiet =
    [
        "--no-optional-locks", "-c", "core.hooksPath=.no-hooks", "-c", "core.logAllRefUpdates=false", "-c", "core.fsmonitor=false", "-c", "core.splitIndex=false",
        "-c", "core.safecrlf=false", "-c", "sparse.expectFilesOutsideOfPatterns=false", "-c", "advice.addEmbeddedRepo=false", "-c", "core.quotePath=false", "-c", "gc.auto=0",
    ];

    /// <summary>How long git may take before it is given up and killed. Default: two minutes.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>Variables for git besides those of this process. Default: none.</summary>
    public IReadOnlyDictionary<string, string> Variables { get; init; } = new Dictionary<string, string>();

    /// <summary>How many bytes of its output are kept; the rest is read, counted and dropped. Default: all.</summary>
    public long MostOutput { get; init; } = long.MaxValue;

    /// <summary>Runs git to its end.</summary>
    /// <param name="input">What git reads from its standard input. Default: nothing.</param>
    /// <param name="arguments">Its arguments, each as it is.</param>
    /// <exception cref="GitException">There is no git program, or it did not end in time.</exception>
    public GitAnswer Run(byte[]? input, params IReadOnlyList<string> arguments)
    {
        using Process git = Start(arguments);
        Task<(byte[] Kept, long Length)> output = ReadAsync(git.StandardOutput.BaseStream, MostOutput), errors = ReadAsync(git.StandardError.BaseStream, long.MaxValue);
        Feed(git, input);
        if (!git.WaitForExit(Patience))
        {
            git.Kill(entireProcessTree: true);
            throw new GitException($"'git {string.Join(' ', arguments)}' did not end within {Patience.TotalSeconds:0} seconds and was ended");
        }

        (byte[] kept, long length) = output.GetAwaiter().GetResult();
        return new GitAnswer(arguments, git.ExitCode, kept, Encoding.UTF8.GetString(errors.GetAwaiter().GetResult().Kept).Trim()) { Length = length };
    }

    /// <summary>Runs git and expects success.</summary>
    /// <returns>What it printed, without the last line end.</returns>
    /// <exception cref="GitException">Also when git ended with another exit code than 0.</exception>
    public string Ask(params IReadOnlyList<string> arguments) => Run(null, arguments).Expected().Text;

    /// <summary>
    /// What git tells the programs it starts, such as hooks, of the repository it works on. Passed on, it would make every call one on that repository and its index, whatever the folder.
    /// </summary>
    public static IReadOnlyList<string> Local { get; } =
    [
        "GIT_DIR", "GIT_WORK_TREE", "GIT_IMPLICIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_COMMON_DIR", "GIT_OBJECT_DIRECTORY", "GIT_ALTERNATE_OBJECT_DIRECTORIES", "GIT_PREFIX", "GIT_GRAFT_FILE", "GIT_SHALLOW_FILE",
        "GIT_REPLACE_REF_BASE", "GIT_NO_REPLACE_OBJECTS", "GIT_INTERNAL_SUPER_PREFIX", "GIT_NAMESPACE",
    ];

    private Process Start(IReadOnlyList<string> arguments)
    {
        var start = new ProcessStartInfo("git", [.. Quiet, .. arguments])
        {
            WorkingDirectory = Folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (string name in Local) start.Environment.Remove(name);
        start.Environment["LC_ALL"] = "C";
        start.Environment["GIT_TERMINAL_PROMPT"] = "0";
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

    private static void Feed(Process git, byte[]? input)
    {
        try
        {
            if (input is not null) git.StandardInput.BaseStream.Write(input);
            git.StandardInput.Close();
        }
        catch (IOException)
        {
            // Git ended before it read everything; its exit code and its words tell why.
        }
    }

    private static async Task<(byte[] Kept, long Length)> ReadAsync(Stream stream, long most)
    {
        using var bytes = new MemoryStream();
        byte[] block = new byte[1 << 14];
        long length = 0;
        while (await stream.ReadAsync(block).ConfigureAwait(false) is > 0 and var read)
        {
            bytes.Write(block, 0, (int)Math.Clamp(most - length, 0, read));
            length += read;
        }

        return (bytes.ToArray(), length);
    }
}

/// <summary>How a call of git ended.</summary>
internal sealed record GitAnswer(IReadOnlyList<string> Arguments, int ExitCode, byte[] Output, string Errors)
{
    public bool Succeeded => ExitCode == 0;

    /// <summary>How many bytes git wrote, kept or not.</summary>
    public long Length { get; init; } = Output.Length;

    /// <summary>The output as text, without the last line end.</summary>
    public string Text => Encoding.UTF8.GetString(Output).TrimEnd('\n', '\r');

    /// <exception cref="GitException">Git ended with another exit code than 0.</exception>
    public GitAnswer Expected() => Succeeded
        ? this
        : throw new GitException($"'git {string.Join(' ', Arguments)}' ended with exit code {ExitCode}: {(Errors.Length > 0 ? Errors : "it said nothing")}");
}

/// <summary>Git did not do what was expected; the message says what it said.</summary>
internal sealed class GitException(string message, Exception? innerException = null) : Exception(message, innerException);
