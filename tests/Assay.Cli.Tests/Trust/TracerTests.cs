using System.Diagnostics;
using System.Runtime.Versioning;
using System.Text.RegularExpressions;
using Assay.Cli.Tests.Mcp;

namespace Assay.Cli.Tests.Trust;

/// <summary>
/// The tool under a tracer of system calls, on hostile stores: it starts git and nothing else, and writes, renames and deletes nothing
/// outside the project, which has the store and what the user named.
/// </summary>
[UnsupportedOSPlatform("windows")]
public sealed partial class TracerTests
{
    private static readonly string[] Programs = ["dotnet", "git"];

    [TracerTheory]
    [InlineData("hooks in the working tree")]
    [InlineData("a store that is a bare repository")]
    [InlineData("links beside the store")]
    public void Commands_start_git_alone_and_write_nothing_outside(string kind)
    {
        using HostileStore store = HostileStore.Make(kind);
        using var aside = new TempFolder();
        int calls = 0;
        foreach (string[] command in HostileStoreTests.Commands().Select(c => c.Line).DistinctBy(line => line[0]))
        {
            string[] words = command[0] == "tail" ? ["tail", "latest"] : command;
            calls += Check(store, aside, [.. words, "--store", store.Store]);
            store.AssertUnharmed(command[0]);
        }

        // The tracer saw something, or this shows nothing.
        Assert.True(calls > 1000, $"{calls} calls");
    }

    [TracerTheory]
    [InlineData("hooks in the working tree")]
    [InlineData("a store that is a bare repository")]
    public void Tools_start_git_alone_and_write_nothing_outside(string kind)
    {
        using HostileStore store = HostileStore.Make(kind);
        using var aside = new TempFolder();
        string[] calls = [.. HostileStoreTests.ToolCalls().Select((call, i) => $$$"""
            {"jsonrpc":"2.0","id":{{{i + 1}}},"method":"tools/call",
            "params":{"name":"{{{call.Name}}}","arguments":{{{call.Arguments.ToJsonString()}}}}}
            """.OneLine())];
        string[] start =
        [
            """
            {"jsonrpc":"2.0","id":"a","method":"initialize",
            "params":{"protocolVersion":"2025-11-25","capabilities":{},"clientInfo":{"name":"t","version":"1"}}}
            """.OneLine(),
            """{"jsonrpc":"2.0","method":"notifications/initialized"}""",
        ];
        Check(store, aside, ["mcp", "--allow-writes", "--store", store.Store], [.. start, .. calls]);
        store.AssertUnharmed("the tools");
    }

    /// <returns>The number of calls that were traced.</returns>
    private static int Check(HostileStore store, TempFolder aside, string[] arguments, params string[] input)
    {
        const string Traced = "trace=execve,openat,unlink,unlinkat,rename,renameat,renameat2";
        string trace = aside.File("trace");
        var start = new ProcessStartInfo(
            "strace",
            ["-f", "-o", trace, "-e", Traced, "dotnet", McpSession.Program, .. arguments])
        {
            WorkingDirectory = store.Project,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        (string Name, string Value)[] own =
        [
            ("TMPDIR", aside.File("tmp")), ("XDG_CACHE_HOME", aside.File("cache")), ("HOME", aside.File("home")),
            ("DOTNET_EnableDiagnostics", "0"),
        ];
        foreach ((string name, string value) in own) start.Environment[name] = value;
        foreach (string folder in (string[])["tmp", "cache", "home"]) Directory.CreateDirectory(aside.File(folder));
        using Process process = Process.Start(start)!;
        Task<string> output = process.StandardOutput.ReadToEndAsync(), errors = process.StandardError.ReadToEndAsync();
        foreach (string line in input) process.StandardInput.WriteLine(line);
        process.StandardInput.Close();
        Assert.True(process.WaitForExit(RealProcess.Patience), string.Join(' ', arguments));
        int asked = input.Count(line => line.Contains("\"id\"", StringComparison.Ordinal));
        if (asked > 0) Assert.Equal(asked, output.Result.Count(c => c == '\n'));
        string[] lines = File.ReadAllLines(trace);
        Assert.Equal([], lines.Where(line => Offends(line, store, aside)));
        return lines.Length + errors.Result.Length;
    }

    private static bool Offends(string line, HostileStore store, TempFolder aside)
    {
        if (Started().Match(line) is { Success: true } started) return !Programs.Contains(Path.GetFileName(started.Groups["path"].Value));
        Match changed = Changed().Match(line);
        if (!changed.Success) return false;
        // The runtime keeps mutexes that have names in files of its own.
        string[] roots = [store.Project, aside.Path, "/dev/", "/proc/self/", "/sys/", "/memfd:", "/tmp/.dotnet"];
        return changed.Groups["path"].Captures.Select(path => path.Value)
            .Any(path => path.StartsWith("..", StringComparison.Ordinal)
                || (Path.IsPathRooted(path) && !roots.Any(root => path.StartsWith(root, StringComparison.Ordinal))));
    }

    // Calls that succeeded.
    [GeneratedRegex("""execve\("(?<path>[^"]*)".* = 0$""")]
    private static partial Regex Started();

    [GeneratedRegex(
        """
        (?:openat\([^,]*,\ "(?<path>[^"]*)",\ [^)]*(?:O_WRONLY|O_RDWR|O_CREAT|O_TRUNC)
        | (?:unlink|rename)\w*\((?:[^"]*"(?<path>[^"]*)")+).*\ =\ \d+$
        """, RegexOptions.IgnorePatternWhitespace)]
    private static partial Regex Changed();
}

/// <summary>A theory that needs the tracer of system calls.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class TracerTheoryAttribute : TheoryAttribute
{
    public TracerTheoryAttribute()
    {
        if (!RealProcess.IsInstalled("strace") && Environment.GetEnvironmentVariable("ASSAY_INTEROP") != "required")
            Skip = "Needs strace: apt-get install strace.";
    }
}
