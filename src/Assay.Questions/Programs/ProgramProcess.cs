using System.ComponentModel;
using System.Diagnostics;

namespace Assay.Questions;

/// <summary>
/// Runs a program to its end, and copies its output line by line, from any thread, to a receiver, and to a file where one is named.
/// </summary>
internal sealed class ProgramProcess(string? output, Action<string> printed)
{
    private const int MostLast = 20;

    // Variables of a build that this process is part of would disturb the build of the program.
    private static readonly string[] BuildVariables =
        ["MSBUILD_EXE_PATH", "MSBuildSDKsPath", "MSBuildExtensionsPath", "MSBuildLoadMicrosoftTargetsReadOnly"];

    private readonly Lock _gate = new();
    private readonly Queue<string> _last = [];

    /// <summary>The last lines of the output.</summary>
    public IReadOnlyList<string> Last => [.. _last];

    /// <exception cref="AssayException">The program cannot be started.</exception>
    /// <exception cref="OperationCanceledException">The program was killed.</exception>
    public int Run(ProgramCommandLine command, Action<IDictionary<string, string?>> environment, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo(command.Program, command.Arguments)
        { WorkingDirectory = command.Folder, RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (string name in BuildVariables) start.Environment.Remove(name);
        environment(start.Environment);
        using StreamWriter file = output is null ? StreamWriter.Null : new StreamWriter(output) { NewLine = "\n" };
        using Process process = Start(start, command);
        process.StandardInput.Close();
        Task[] streams = [CopyAsync(process.StandardOutput, file), CopyAsync(process.StandardError, file)];
        try
        {
            process.WaitForExitAsync(cancellationToken).GetAwaiter().GetResult();
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            process.WaitForExit();
            throw;
        }
        finally
        {
            Task.WaitAll(streams, CancellationToken.None);
        }

        return process.ExitCode;
    }

    private static Process Start(ProcessStartInfo start, ProgramCommandLine command)
    {
        try
        {
            return Process.Start(start)!;
        }
        catch (Exception fault) when (fault is Win32Exception or DirectoryNotFoundException)
        {
            throw new AssayException($"'{command}' cannot be started in '{command.Folder}': {fault.Message}. "
                + "Expected a program that is installed here; say how it is run behind --.", fault);
        }
    }

    private async Task CopyAsync(StreamReader stream, StreamWriter file)
    {
        while (await stream.ReadLineAsync() is { } line)
        {
            lock (_gate)
            {
                file.WriteLine(line);
                _last.Enqueue(line);
                if (_last.Count > MostLast) _last.Dequeue();
            }

            printed(line);
        }
    }
}
