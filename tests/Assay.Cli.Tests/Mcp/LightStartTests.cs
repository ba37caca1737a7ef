using System.Text.Json;

namespace Assay.Cli.Tests.Mcp;

/// <summary>Whoever does not ask for the server pays nothing for it: its assemblies are not even opened.</summary>
public sealed class LightStartTests
{
    private static readonly string[] OfTheServer = ["ModelContextProtocol.Core.dll", "Microsoft.Extensions.AI.Abstractions.dll"];

    [Fact]
    public void Other_commands_work_where_the_assemblies_of_the_server_are_ruined()
    {
        using StoreFixture store = SampleStore.Make();
        using var tool = new TempFolder();
        foreach (string file in Files()) File.Copy(Path.Combine(AppContext.BaseDirectory, file), tool.File(file));
        foreach (string file in OfTheServer) File.WriteAllText(tool.File(file), "ruined");
        foreach (string[] command in (string[][])[
            ["ls"], ["show", "latest"], ["best", "accuracy"], ["paths", "--json"], ["why", "latest"], ["doctor"], ["--help"],
            ["mcp", "--help"], ["skill"]])
        {
            string[] arguments = command is ["--help"] or ["mcp", ..] or ["skill"] ? command : [.. command, "--store", store.Path];
            (int exit, string output, string error) = RealProcess.Run(
                tool.Path, new Dictionary<string, string?>(), "dotnet", [tool.File("Assay.Cli.dll"), .. arguments]);
            Assert.Equal((0, Tool.Run(arguments).Out, ""), (exit, output, error));
        }

        (int failed, _, string fault) = RealProcess.Run(
            tool.Path, new Dictionary<string, string?>(), "dotnet", tool.File("Assay.Cli.dll"), "mcp", "--store", store.Path);
        Assert.NotEqual(0, failed);
        Assert.Contains("ModelContextProtocol.Core", fault, StringComparison.Ordinal);
    }

    private static IEnumerable<string> Files()
    {
        using JsonDocument dependencies = JsonDocument.Parse(
            File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "Assay.Cli.deps.json")));
        IEnumerable<string> assemblies = dependencies.RootElement.GetProperty("targets").EnumerateObject().Single().Value.EnumerateObject()
            .SelectMany(
                l =>
                    l.Value.TryGetProperty("runtime", out JsonElement runtime)
                        ? runtime.EnumerateObject().Select(f => Path.GetFileName(f.Name)) : []);
        return [.. assemblies, "Assay.Cli.deps.json", "Assay.Cli.runtimeconfig.json"];
    }
}
