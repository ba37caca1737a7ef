namespace Assay.Tests.Cleaning;

/// <summary>
/// The real git, which kills the program that called it, with a real signal, when it has done a certain thing: a kill at an exact step.
/// </summary>
internal static class KillingGit
{
    /// <param name="folder">Where it is put.</param>
    /// <param name="call">What stands in the call after which it kills.</param>
    /// <returns>The environment in which a program finds it.</returns>
    public static IReadOnlyDictionary<string, string> After(string folder, string call)
    {
        string git = Path.Combine(folder, "git"), path = Environment.GetEnvironmentVariable("PATH")!;
        Directory.CreateDirectory(folder);
        File.WriteAllText(git, $"""
            #!/bin/sh
            PATH='{path}'
            git "$@"
            exit=$?
            case "$*" in *" {call}"*) kill -9 $PPID ;; esac
            exit $exit
            """);
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(git, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        return new Dictionary<string, string> { ["PATH"] = $"{folder}:{path}" };
    }
}
