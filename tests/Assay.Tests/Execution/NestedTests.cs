using System.Text.RegularExpressions;

namespace Assay.Tests.Execution;

/// <summary>Experiments that the runs of another experiment run, in worker processes.</summary>
public sealed class NestedTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("plain")]
    [InlineData("inner")]
    [InlineData("beside")]
    public void An_experiment_run_by_a_run_in_a_worker_process_has_its_results_there(string what)
    {
        (int exitCode, string output, string errors) = TestProgram.Run(_folder.Path, "nested", _folder.File("store"), what);

        Assert.True(exitCode == 0, output + errors);
        Assert.Equal(["sum 3 elsewhere ", "sum 6 elsewhere ", "sum 9 elsewhere "], Regex.Matches(output, "(?m)^sum .*$")
            .Select(m => m.Value.TrimEnd('\r')));
    }

    [Fact]
    public void Worker_processes_that_a_run_asks_for_fail_it_with_the_reason()
    {
        (int exitCode, string output, string errors) = TestProgram.Run(_folder.Path, "nested", _folder.File("store"), "hosted");

        Assert.True(exitCode == 0, output + errors);
        Assert.Equal(3, Regex.Count(output, "(?m)^sum  elsewhere a worker process could not be used"));
        Assert.Equal(3, Regex.Count(output, "'outer:1' is not complete in the store, but a worker process for 'inner[123]:1' comes to it "
            + "first"));
    }
}
