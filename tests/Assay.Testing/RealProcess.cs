using System.Diagnostics;

namespace Assay.Testing;

/// <summary>Runs a program to its end and returns what it printed.</summary>
public static class RealProcess
{
    /// <summary>Long enough for the slowest machine; reached only when something hangs.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    /// <summary>Whether a program is found by its name.</summary>
    public static bool IsInstalled(string program) => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
        .Any(folder => File.Exists(Path.Combine(folder, program)));

    public static (int ExitCode, string Output, string Error) Run(
        string folder, IReadOnlyDictionary<string, string?> environment, string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach ((string name, string? value) in environment) start.Environment[name] = value;
        using Process process = Process.Start(start)!;
        Task<string> output = process.StandardOutput.ReadToEndAsync(), error = process.StandardError.ReadToEndAsync();
        if (!process.WaitForExit(Patience))
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"{program} {string.Join(' ', arguments)} did not end within {Patience}.");
        }

        return (process.ExitCode, output.Result, error.Result);
    }
}
