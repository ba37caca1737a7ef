using System.Text;

namespace Assay.Git;

/// <summary>The result of a call of git.</summary>
/// <param name="Arguments">The arguments of the call.</param>
/// <param name="ExitCode">The exit code.</param>
/// <param name="Output">The standard output, or its beginning.</param>
/// <param name="Errors">The standard error as text.</param>
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
