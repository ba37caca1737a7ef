using System.Text.Json;

namespace Assay.Cli.Tests.Commands;

/// <summary>Real programs that are started to derive.</summary>
public sealed class DeriveTests : IDisposable
{
    private readonly TempFolder _folder = new();

    private static string Assembly => TestProgram.Path + ".dll";

    private string StorePath => _folder.File("store");

    public DeriveTests() => Start("command", "--head", "3");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_program_is_started_for_its_derived_metrics_and_executes_no_run()
    {
        ToolResult first = Derive("--", "command", "--", "2"), second = Derive("--", "command", "--", "2");

        Assert.Equal((0, "", "command:1, 3 successful runs: half\n3 computed, 0 kept, 0 failed\n"), (first.Exit, first.Error, first.Out));
        Assert.EndsWith("\n0 computed, 3 kept, 0 failed\n", second.Out, StringComparison.Ordinal);
        Assert.Equal(3, Store.Open(StorePath).LoadAll().Count);
    }

    [Fact]
    public void A_function_that_fails_is_told_and_the_others_are_kept()
    {
        ToolResult result = Derive("--json", "--", "command", "--", "3");

        using var answer = JsonDocument.Parse(result.Out);
        JsonElement root = answer.RootElement;
        Assert.Equal((1, 2, 0), (result.Exit, root.GetProperty("computed").GetInt32(), root.GetProperty("kept").GetInt32()));
        Assert.Matches("^'half' of run [0-9a-f]{32}: InvalidOperationException: too many", root.GetProperty("failures")[0].GetString());
    }

    [Fact]
    public void A_program_that_derives_nothing_is_an_error_that_shows_what_it_printed()
    {
        ToolResult result = Derive("--", "nonsense");

        Assert.Equal(2, result.Exit);
        Assert.Contains("and derived nothing", result.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("no.cs", "there is no program '")]
    [InlineData("notes.txt", "is of no known kind; expected a .cs file")]
    public void What_is_no_program_is_not_started(string name, string message)
    {
        File.WriteAllText(_folder.File("notes.txt"), "text");

        ToolResult result = Tool.Run("derive", _folder.File(name), "--store", StorePath);

        Assert.Equal(2, result.Exit);
        Assert.Contains(message, result.Error, StringComparison.Ordinal);
    }

    private ToolResult Derive(params string[] arguments) => Tool.Run(Tool.WithStore(StorePath, ["derive", Assembly, .. arguments]));

    private void Start(params string[] arguments)
    {
        var environment = new Dictionary<string, string> { ["ASSAY_DIR"] = StorePath };
        using TestProgram program = TestProgram.Start(_folder.Path, environment, arguments);
        string output = program.ReadToEnd();
        Assert.True(program.WaitForEnd() == 0, output + program.Errors);
    }
}
