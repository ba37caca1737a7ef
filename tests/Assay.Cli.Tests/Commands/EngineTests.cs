using System.Text.Json;

namespace Assay.Cli.Tests;

/// <summary>Stores made by the engine itself, so that the fixtures written by hand cannot drift from what is really written.</summary>
public sealed class EngineTests
{
    [Fact]
    public async Task A_changed_helper_is_named()
    {
        using var folder = new TempFolder();
        await Sweep((p, run) => run.Metric("y", Helper.Once(p))).RunAsync(Options(folder));
        await Sweep((p, run) => run.Metric("y", Helper.Twice(p))).RunAsync(Options(folder));

        ToolResult result = Tool.Run("why", "latest", "--store", folder.Path, "--json");
        Assert.Equal("", result.Error);
        using JsonDocument report = JsonDocument.Parse(result.Out);
        JsonElement compared = report.RootElement.GetProperty("compared");
        Assert.Equal(["code"], compared.GetProperty("parts").EnumerateArray().Select(p => p.GetString()));
        Assert.Contains("Twice", compared.GetProperty("code").GetProperty("added").ToString(), StringComparison.Ordinal);
        Assert.Contains("Once", compared.GetProperty("code").GetProperty("removed").ToString(), StringComparison.Ordinal);
        Assert.Contains("AcceptEarlierCode", result.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_store_of_the_engine_is_healthy_and_listed()
    {
        using var folder = new TempFolder();
        await Sweep((p, run) =>
        {
            run.Metric("loss", double.NaN);
            for (int i = 0; i < 600; i++) run.Metric("step", i * 0.5, i);
            run.Artifact("text", $"text of {p}");
            run.Artifact("bytes", new byte[100_000 + p]);
            run.Data("matrix", new double[,] { { 1, 2 }, { 3, double.NaN } });
            run.Data("large", Enumerable.Range(0, 10_000).ToArray());
            run.Row(new { p, square = p * p });
            run.Log("done");
            if (p == 3) throw new InvalidOperationException("three");
        }).RunAsync(Options(folder));

        ToolResult doctor = Tool.Run("doctor", "--store", folder.Path, "--json");
        Assert.Contains("\"findings\": []", doctor.Out, StringComparison.Ordinal);
        Assert.Equal(0, doctor.Exit);
        Assert.Equal(0, Tool.Run("show", "latest", "--store", folder.Path).Exit);
        Assert.Equal(3, Tool.Run("ls", "--status", "success", "--store", folder.Path, "--json").Out.Split("\"loss\": \"NaN\"").Length - 1);
        Assert.Equal(0, Tool.Run("export", "--rows", "--store", folder.Path, "--output", folder.File("rows.csv")).Exit);
        Assert.Equal(5, File.ReadAllLines(folder.File("rows.csv")).Length);
    }

    private static Experiment<int> Sweep(Action<int, RunContext> operation) =>
        Experiment.Create("sweep", operation).Over(Space.Values(1, 2, 3, 4));

    private static RunOptions Options(
        TempFolder folder) => new() { Store = folder.Path, Progress = ProgressMode.None, HandleSignals = false };

    private static class Helper
    {
        public static double Once(int x) => x;

        public static double Twice(int x) => 2 * x;
    }
}
