using System.Globalization;

namespace Assay.Tests.CommandLine;

/// <summary>A real program that passes its arguments to RunAsync.</summary>
public sealed class ProgramTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_program_that_was_asked_for_something_else_than_results_ends_with_the_answer()
    {
        (int exit, string output, string errors) = Start("--help");
        Assert.Equal((0, ""), (exit, errors.Trim()));
        Assert.Contains("\n  --dry-run", output, StringComparison.Ordinal);
        Assert.DoesNotContain("after", output, StringComparison.Ordinal);

        (exit, output, errors) = Start("--dry-run", "--head", "3");
        Assert.Equal((0, ""), (exit, errors.Trim()));
        Assert.Contains("3 to do", output, StringComparison.Ordinal);

        (exit, output, errors) = Start("--set", "LearningRate=fast");
        Assert.Equal((2, ""), (exit, output));
        Assert.Contains("assay: --set LearningRate: 'fast' is no double", errors, StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFileSystemEntries(_folder.Path));
    }

    [Fact]
    public void Worker_processes_have_the_plan_that_the_arguments_make()
    {
        (int exit, string output, string errors) = Start(
            "--set", "LearningRate=0.5,0.25,0.125", "--only", "Hidden=8", "--seeds", "2", "--parallel", "2", "--executor", "processes");

        Assert.True(exit == 0, output + errors);
        Assert.Contains("after 6", output, StringComparison.Ordinal);
        string coordinator = output.Split('\n').Single(line => line.StartsWith("process ", StringComparison.Ordinal))[8..].Trim();
        Results runs = Store.Open(_folder.File("store")).LoadAll();
        Assert.Equal([0.125, 0.25, 0.5], runs.Select(run => (double)run.Params["LearningRate"]!).Distinct().Order());
        Assert.All(runs, run => Assert.Equal((RunStatus.Success, 8L), (run.Status, run.Params["Hidden"])));
        Assert.DoesNotContain(coordinator, runs.Select(run => Convert.ToString(run.Metrics["process"], CultureInfo.InvariantCulture)));
    }

    [Fact]
    public void A_program_derives_its_metrics_of_the_recorded_runs_and_executes_none()
    {
        (int exit, _, string errors) = Start("--derive");
        Assert.NotEqual(0, exit);
        Assert.Contains("there is no store", errors, StringComparison.Ordinal);

        Start("--head", "3");
        (exit, string output, errors) = Start("--derive", "--", "2");
        Assert.Equal((0, "command:1: half of 3 runs: 3 computed, 0 kept, 0 failed", ""), (exit, output.Trim(), errors.Trim()));
        (exit, output, errors) = Start("--derive", "--", "2");
        Assert.Equal((0, "command:1: half of 3 runs: 0 computed, 3 kept, 0 failed", ""), (exit, output.Trim(), errors.Trim()));

        (exit, output, errors) = Start("--derive", "--", "3");
        Assert.Equal((1, ""), (exit, errors.Trim()));
        Assert.StartsWith(
            "command:1: half of 3 runs: 2 computed, 0 kept, 1 failed\n  'half' of run ", output.ReplaceLineEndings("\n"),
            StringComparison.Ordinal);
        Assert.Contains("InvalidOperationException: too many", output, StringComparison.Ordinal);
        Results runs = Store.Open(_folder.File("store")).LoadAll();
        Assert.Equal(3, runs.Count);
        Assert.Equal(
            runs.Select(run => run.Params["Hidden"] is 8L ? null : (object)(run.Metric("loss") / 2)),
            runs.Select(run => run.Derived.GetValueOrDefault("half")));
    }

    [Theory]
    [InlineData]
    [InlineData("--executor", "processes")]
    public void A_fault_of_the_store_ends_the_program_with_code_2_and_one_sentence(params string[] more)
    {
        File.WriteAllText(_folder.File("file"), "no store");
        (int exit, string output, string errors) = Start(["--store", _folder.File("file"), .. more]);
        Assert.Equal((2, ""), (exit, output));
        Assert.StartsWith("assay: ", Assert.Single(errors.Split('\n', StringSplitOptions.RemoveEmptyEntries)), StringComparison.Ordinal);
        Assert.Contains(_folder.File("file"), errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("1")]
    public void An_exception_that_ends_the_program_shows_the_line_of_the_users_code_and_the_stack_if_asked(string? trace)
    {
        File.WriteAllText(_folder.File("file"), "no store");
        var environment = new Dictionary<string, string> { ["ASSAY_TRACE"] = trace ?? "" };
        using TestProgram program = TestProgram.Start(_folder.Path, environment, "command", "options", _folder.File("file"));
        string output = program.ReadToEnd();
        Assert.NotEqual(0, program.WaitForEnd());

        string[] lines = program.Errors.ReplaceLineEndings("\n").Split('\n', StringSplitOptions.RemoveEmptyEntries);
        string[] stack = [.. lines.Where(line => line.StartsWith("   at ", StringComparison.Ordinal))];
        Assert.Equal("", output);
        Assert.StartsWith("Unhandled exception. Assay.StoreException: ", lines[0], StringComparison.Ordinal);
        Assert.Contains(stack, line => line.Contains("CommandProgram.RunAsync(String[] args) in ", StringComparison.Ordinal));
        if (trace is null) Assert.Equal((3, stack[0] + "   (ASSAY_TRACE=1 shows the whole stack)"), (lines.Length, lines[1] + lines[2]));
        else Assert.Contains(stack, line => line.Contains("Assay.Coordinator", StringComparison.Ordinal));
    }

    private (int Exit, string Output, string Errors) Start(params string[] args)
    {
        var environment = new Dictionary<string, string> { ["ASSAY_DIR"] = _folder.File("store") };
        using TestProgram program = TestProgram.Start(_folder.Path, environment, ["command", .. args]);
        string output = program.ReadToEnd();
        return (program.WaitForEnd(), output, program.Errors);
    }
}
