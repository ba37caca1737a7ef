using System.Diagnostics;

namespace Assay.Cli.Tests;

/// <summary>The tool as it is started by people: a process with arguments, streams and an exit code.</summary>
public sealed class ProcessTests
{
    [Fact]
    public void The_built_tool_answers_in_plain_text_with_its_exit_code()
    {
        using StoreFixture store = SampleStore.Make();
        Assert.Equal(store.Run("ls"), Start("ls", "--store", store.Path).Without(store.Path));
        Assert.Equal(store.Run("show", "zz"), Start("show", "zz", "--store", store.Path).Without(store.Path));
        Assert.Equal(store.Run("doctor", "--json"), Start("doctor", "--json", "--store", store.Path).Without(store.Path));
    }

    private static ToolResult Start(params string[] arguments)
    {
        string tool = Path.Combine(AppContext.BaseDirectory, "Assay.Cli.dll");
        var start = new ProcessStartInfo("dotnet", [tool, .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = System.Text.Encoding.UTF8,
            StandardErrorEncoding = System.Text.Encoding.UTF8,
        };
        using var cache = new TempFolder();
        start.Environment["XDG_CACHE_HOME"] = cache.Path;
        start.Environment["LANG"] = "de_DE.UTF-8";
        using Process process = Process.Start(start)!;
        Task<string> error = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return new ToolResult(process.ExitCode, output, error.GetAwaiter().GetResult());
    }
}
