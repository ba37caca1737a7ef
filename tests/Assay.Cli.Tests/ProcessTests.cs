using System.Diagnostics;
using System.Text.Json;
using Assay.Cli.Tests.Importing;

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

    [Fact]
    public void What_a_replayed_program_imports_goes_where_it_records()
    {
        using var exprag = new ExpragFixture();
        exprag.Begin().Track("1");
        Assert.Equal(0, exprag.Import().Exit);
        exprag.Track("2");
        using var recording = new TempFolder();
        string before = exprag.StoreSnapshot(), order = new ReplayOrder(
            "x", recording.File("store"), exprag.Store, "demo", "", -1, null, 0, 0, null)
        { IsTaken = true }.ToJson();
        var replayed = new Dictionary<string, string> { [ReplayOrder.Variable] = order };
        ToolResult result = Start(replayed, "import", "exprag", exprag.Root, "--store", exprag.Store);
        Assert.Equal(0, result.Exit);
        Assert.Contains($"to {recording.File("store")}", result.Out, StringComparison.Ordinal);
        Assert.Equal(before, exprag.StoreSnapshot());
        Assert.Equal(2, Assert.Single(Store.Open(recording.File("store")).LoadAll()).Tracked.Count);
    }

    [Fact]
    public void What_a_replayed_program_frees_is_nothing_and_told_so()
    {
        using StoreFixture store = SampleStore.Make();
        Assert.Equal(0, store.Run("rm", "latest", "--yes").Exit);
        using var recording = new TempFolder();
        string order = new ReplayOrder("x", recording.File("store"), store.Path, "iris", "1", 0, "", 0, 0, null)
        { IsTaken = true }.ToJson();
        ToolResult result = Start(
            new Dictionary<string, string> { [ReplayOrder.Variable] = order }, "gc", "--yes", "--json", "--store", store.Path);
        Assert.Equal((1, ""), (result.Exit, result.Error));
        using JsonDocument report = JsonDocument.Parse(result.Out);
        Assert.Equal((0, 0), (report.RootElement.GetProperty("items").GetInt32(), report.RootElement.GetProperty("runs_freed").GetInt32()));
        Assert.StartsWith(
            $"nothing is freed in '{store.Path}'", report.RootElement.GetProperty("faults")[0].GetString(), StringComparison.Ordinal);
    }

    private static ToolResult Start(params string[] arguments) => Start([], arguments);

    private static ToolResult Start(Dictionary<string, string> environment, params string[] arguments)
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
        foreach ((string name, string value) in environment) start.Environment[name] = value;
        using Process process = Process.Start(start)!;
        Task<string> error = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return new ToolResult(process.ExitCode, output, error.GetAwaiter().GetResult());
    }
}
