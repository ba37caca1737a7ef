using System.Text.RegularExpressions;

namespace Assay.Tests.Execution;

/// <summary>Runs in worker processes: real ones, which really crash, hang and devour memory.</summary>
public sealed partial class WorkerProcessTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Runs_are_executed_by_other_processes_and_end_up_in_one_store()
    {
        Outcome outcome = Run("nothing");

        Assert.Equal(8, outcome.Runs.Count(r => r.Status == "Success"));
        Assert.DoesNotContain(outcome.Coordinator, outcome.Runs.Select(r => r.Worker));
        Assert.Equal(2, outcome.Runs.Select(r => r.Worker).Distinct().Count());
        Results stored = Store.Open(_folder.File("store")).Load("processes:1");
        Assert.Equal(Enumerable.Range(0, 8).Select(n => (long)n * n), stored.Select(r => r.Data<long[]>("square")![0]).Order());
    }

    [Fact]
    public void What_workers_print_is_shown_once_they_serve_and_not_before()
    {
        Outcome outcome = Run("nothing");

        Assert.Equal(Enumerable.Range(0, 8), Says().Matches(outcome.Output)
            .Select(m => int.Parse(m.Groups[1].Value, System.Globalization.CultureInfo.InvariantCulture)).Order());
        Assert.Single(BeforeLine().Matches(outcome.Output));
    }

    [Theory]
    [InlineData("crash", "infrastructure", "died during the run (exit code 134)")]
    [InlineData("hang", "timeout", "longer than its limit of 00:00:02")]
    [InlineData("hog", "infrastructure", "more than its limit of 419,430,400")]
    [InlineData("throw", "exception", "three is too many")]
    public void A_run_that_goes_wrong_ends_its_process_and_no_other_run(string what, string kind, string message)
    {
        Outcome outcome = Run(what);

        Assert.Equal(7, outcome.Runs.Count(r => r.Status == "Success"));
        RunLine failed = Assert.Single(outcome.Runs, r => r.Status == "Failed");
        Assert.Equal("3", failed.N);
        Assert.StartsWith(kind, failed.Error, StringComparison.Ordinal);
        Assert.Contains(message, failed.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_failed_run_has_its_parameters_and_one_attempt_although_two_journals_speak_of_it()
    {
        Run("crash");

        RunRecord failed = Assert.Single(Store.Open(_folder.File("store")).Load("processes").Failed);

        Assert.Equal(3L, failed.Params["n"]);
        Assert.Equal(1, failed.Attempts);
    }

    [Fact]
    public void A_run_whose_process_died_is_tried_again_where_retries_are_allowed()
    {
        Outcome outcome = Run("recover");

        Assert.Equal(8, outcome.Runs.Count(r => r.Status == "Success"));
        Assert.Equal("2", Assert.Single(outcome.Runs, r => r.N == "3").Attempt);
    }

    [Fact]
    public void A_run_whose_process_was_killed_for_its_time_is_tried_again_where_the_policy_says_so()
    {
        Outcome outcome = Run("pause");

        Assert.Equal(8, outcome.Runs.Count(r => r.Status == "Success"));
        Assert.Equal("2", Assert.Single(outcome.Runs, r => r.N == "3").Attempt);
    }

    [Fact]
    public void Resuming_runs_only_what_failed()
    {
        Run("crash");

        Outcome again = Run("nothing");

        Assert.Equal(8, again.Runs.Count(r => r.Status == "Success"));
        Assert.Equal(["3"], Says().Matches(again.Output).Select(m => m.Groups[1].Value));
    }

    [Theory]
    [InlineData("stray", "the space gives other points when the program is started again")]
    [InlineData("exit", "ended with exit code 5 without reaching RunAsync of 'processes:1'")]
    public void A_program_that_cannot_be_a_worker_is_told_so(string what, string message)
    {
        (int exitCode, _, string errors) = TestProgram.Run(_folder.Path, "processes", _folder.File("store"), what);

        Assert.NotEqual(0, exitCode);
        Assert.Contains(message, errors, StringComparison.Ordinal);
        Assert.DoesNotContain("StoreException", errors, StringComparison.Ordinal);
    }

    private Outcome Run(string what)
    {
        (int exitCode, string output, string errors) = TestProgram.Run(_folder.Path, "processes", _folder.File("store"), what);
        Assert.True(exitCode == 0, output + errors);
        return new Outcome(output,
            [.. RunLines().Matches(output)
                .Select(m => new RunLine(m.Groups[1].Value, m.Groups[2].Value, m.Groups[3].Value, m.Groups[4].Value, m.Groups[5].Value))],
            Regex.Match(output, @"(?m)^coordinator (\d+)").Groups[1].Value);
    }

    private sealed record RunLine(string N, string Status, string Worker, string Attempt, string Error);

    private sealed record Outcome(string Output, IReadOnlyList<RunLine> Runs, string Coordinator);

    [GeneratedRegex(@"(?m)^run (\d+) (\w+) (\d*) (\d+) (.*)$")]
    private static partial Regex RunLines();

    [GeneratedRegex(@"(?m)^says (\d+)")]
    private static partial Regex Says();

    [GeneratedRegex("(?m)^before the experiment")]
    private static partial Regex BeforeLine();
}
