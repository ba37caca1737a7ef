using System.Diagnostics;
using System.Globalization;
using System.Text;
using Xunit;

namespace Assay.Testing;

/// <summary>A program of <c>tests/programs</c>, running as a process of its own. It is killed on dispose at the latest.</summary>
public sealed class TestProgram : IDisposable
{
    /// <summary>What any wait in a test may take before the test fails: far more than is ever needed.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly StringBuilder _errors = new();
    private readonly Process _process;

    private TestProgram(Process process)
    {
        _process = process;
        process.ErrorDataReceived += (_, e) =>
        {
            lock (_errors)
            {
                _errors.AppendLine(e.Data);
                Monitor.PulseAll(_errors);
            }
        };
        process.BeginErrorReadLine();
    }

    public static string Path
    {
        get
        {
            var bin = new DirectoryInfo(AppContext.BaseDirectory);
            return System.IO.Path.Combine(bin.Parent!.Parent!.FullName, "Assay.TestPrograms", bin.Name, "Assay.TestPrograms");
        }
    }

    public int Id => _process.Id;

    /// <summary>Starts a program in a folder that is no repository.</summary>
    public static TestProgram Start(string folder, params string[] arguments) => Start(folder, new Dictionary<string, string>(), arguments);

    public static TestProgram Start(string folder, IReadOnlyDictionary<string, string> environment, params string[] arguments)
    {
        var start = new ProcessStartInfo(Path, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment.Remove("ASSAY_DIR");
        foreach ((string name, string value) in environment) start.Environment[name] = value;
        return new TestProgram(Process.Start(start)!);
    }

    /// <summary>Runs a program to its end.</summary>
    public static (int ExitCode, string Output, string Errors) Run(string folder, params string[] arguments)
    {
        using TestProgram program = Start(folder, arguments);
        string output = program.ReadToEnd();
        return (program.WaitForEnd(), output, program.Errors);
    }

    /// <summary>The next line of its output; null at the end.</summary>
    public string? ReadLine()
    {
        Task<string?> line = _process.StandardOutput.ReadLineAsync();
        return line.Wait(Patience) ? line.Result : throw new TimeoutException($"no output from the program; its errors so far:\n{Errors}");
    }

    /// <summary>Reads lines until one begins with a text, and returns that line.</summary>
    public string ReadUntil(string start)
    {
        while (ReadLine() is { } line)
        {
            if (line.StartsWith(start, StringComparison.Ordinal)) return line;
        }

        throw new InvalidOperationException($"the program ended without printing '{start}'; its errors:\n{Errors}");
    }

    /// <summary>Waits until it has written something to standard error.</summary>
    public void WaitForError(string text)
    {
        lock (_errors)
        {
            while (!_errors.ToString().Contains(text, StringComparison.Ordinal))
            {
                if (!Monitor.Wait(_errors, Patience))
                    throw new TimeoutException($"the program does not say '{text}'; its errors so far:\n{_errors}");
            }
        }
    }

    public string ReadToEnd() => _process.StandardOutput.ReadToEnd();

    public void WriteLine(string line)
    {
        _process.StandardInput.WriteLine(line);
        _process.StandardInput.Flush();
    }

    /// <summary>SIGKILL.</summary>
    public void Kill() => _process.Kill();

    /// <summary>Sends a signal by its name, as in <c>INT</c>.</summary>
    public void Signal(string name)
    {
        using Process kill = Process.Start("kill", [$"-{name}", Id.ToString(CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
        Assert.Equal(0, kill.ExitCode);
    }

    /// <returns>The exit code.</returns>
    public int WaitForEnd()
    {
        if (!_process.WaitForExit(Patience)) throw new TimeoutException($"the program does not end; its errors so far:\n{Errors}");
        _process.WaitForExit();
        return _process.ExitCode;
    }

    public string Errors
    {
        get
        {
            lock (_errors) return _errors.ToString();
        }
    }

    public void Dispose()
    {
        if (!_process.HasExited) _process.Kill(entireProcessTree: true);
        _process.WaitForExit();
        _process.Dispose();
    }
}
