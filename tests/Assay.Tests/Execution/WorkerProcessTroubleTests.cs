using System.Diagnostics;
using System.Text.RegularExpressions;

namespace Assay.Tests.Execution;

/// <summary>What happens to runs when worker processes, their pipes, their children and signals get in the way.</summary>
public sealed partial class WorkerProcessTroubleTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose()
    {
        string orphan = _folder.File("orphan");
        if (File.Exists(orphan)) Process.Start("kill", ["-KILL", File.ReadAllText(orphan).Trim()]).WaitForExit();
        _folder.Dispose();
    }

    [Fact]
    public void A_success_that_is_kept_counts_although_the_worker_could_not_tell_it()
    {
        string output = Run("mute");

        Assert.All(Load(), run => Assert.Equal(RunStatus.Success, run.Status));
        Assert.Equal(8, Regex.Count(output, "(?m)^event Finished . 1 Success"));
        Assert.Equal([9L], Load().Single(r => Equals(r.Params["n"], 3L)).Data<long[]>("square")!);
    }

    [Fact]
    public void The_wait_before_a_retry_does_not_count_against_the_time_limit()
    {
        string output = Run("again");

        Assert.All(Load(), run => Assert.Equal(RunStatus.Success, run.Status));
        Assert.Equal(2, Load().Single(r => Equals(r.Params["n"], 3L)).Attempt);
        Assert.Equal(8, Regex.Count(output, "(?m)^event Finished . . Success"));
        Assert.DoesNotContain("event Finished 3 1", output, StringComparison.Ordinal);
        Assert.Contains("event Started 3 2", output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_stop_during_the_wait_before_a_retry_reports_the_run_as_failed()
    {
        using var program = TestProgram.Start(_folder.Path, "processes", _folder.File("store"), "waiting");
        for (int ended = 0; ended < 7; ended++) program.ReadUntil("event Finished");
        WaitFor(() => Journals().Any(j => j.Contains("three is too many", StringComparison.Ordinal)));
        program.Signal("INT");

        Assert.Equal("event Finished 3 1 Failed", program.ReadUntil("event Finished"));
        Assert.Equal(130, program.WaitForEnd());

        IEnumerable<string> Journals() =>
            Directory.EnumerateFiles(_folder.File("store"), "*.jsonl", SearchOption.AllDirectories).Select(File.ReadAllText);
    }

    [Fact]
    public void A_worker_that_dies_between_two_runs_costs_no_run()
    {
        string output = Run("unborn");

        Assert.All(Load(), run => Assert.Equal((RunStatus.Success, 1), (run.Status, run.Attempts)));
        Assert.Equal(8, Regex.Count(output, "(?m)^event Started"));
    }

    [Fact]
    public void A_run_before_which_workers_always_die_is_failed_as_infrastructure()
    {
        string output = Run("stillborn");

        RunRecord failed = Assert.Single(Load().Failed);
        Assert.Equal("infrastructure", failed.Error!.Kind);
        Assert.Contains("died before the run began (exit code 137)", failed.Error.Message, StringComparison.Ordinal);
        Assert.Equal(1, failed.Attempts);
        Assert.Equal(8, Regex.Count(output, "(?m)^event Started"));
        Assert.Equal(8, Regex.Count(output, "(?m)^event Finished"));
    }

    [Fact]
    public void A_process_that_a_dead_worker_left_behind_does_not_hold_up_the_rest()
    {
        using var program = TestProgram.Start(_folder.Path, "processes", _folder.File("store"), "orphan");

        program.ReadUntil("coordinator");
        Assert.Equal(0, program.WaitForEnd());
        Assert.Equal(7, Load().Count(r => r.Status == RunStatus.Success));
    }

    [Theory]
    [InlineData("term")]
    [InlineData("child")]
    public void Neither_signals_nor_children_of_a_worker_disturb_its_runs(string what)
    {
        Run(what);

        Assert.All(Load(), run => Assert.Equal(RunStatus.Success, run.Status));
    }

    [Fact]
    public void A_worker_that_a_signal_ends_while_it_starts_does_not_cancel_the_runs_under_way()
    {
        using var program = TestProgram.Start(_folder.Path, "processes", _folder.File("store"), "group");
        program.ReadToEnd();

        Assert.Equal(143, program.WaitForEnd());
        Assert.Equal(RunStatus.Success, Assert.Single(Load()).Status);
    }

    [Fact]
    public void A_forced_stop_does_not_wait_for_a_worker_that_starts()
    {
        using var program = TestProgram.Start(_folder.Path, "processes", _folder.File("store"), "slow");
        WaitFor(() => File.Exists(_folder.File("slow")));
        program.Signal("INT");
        program.WaitForError("no further run starts");
        program.Signal("INT");
        long start = Stopwatch.GetTimestamp();

        Assert.Equal(130, program.WaitForEnd());
        Assert.InRange(Stopwatch.GetElapsedTime(start), TimeSpan.Zero, TimeSpan.FromSeconds(40));
    }

    [Fact]
    public void What_a_killed_worker_recorded_of_a_run_belongs_to_its_record()
    {
        Run("hang");

        RunRecord failed = Assert.Single(Load().Failed);
        Assert.Equal("hears 3", Assert.Single(failed.Log).Message);
        Assert.Equal([9L], failed.Data<long[]>("square")!);
        Assert.Equal(1.0, Assert.IsType<double>(failed.Metrics["ratio"]));
        Assert.IsType<long>(failed.Metrics["worker"]);
        Assert.Equal(3.0, Assert.Single(failed.Series("curve")).Value);
        Assert.Equal(["begun"], failed.Tags);
    }

    [Fact]
    public void The_workers_of_a_killed_coordinator_are_waited_for_and_what_they_end_counts()
    {
        using var killed = TestProgram.Start(_folder.Path, "processes", _folder.File("store"), "stays");
        WaitFor(() => File.Exists(_folder.File("busy")));
        killed.Kill();
        killed.WaitForEnd();
        using var next = TestProgram.Start(_folder.Path, "processes", _folder.File("store"), "stays");
        next.WaitForError("waiting for ");
        File.WriteAllText(_folder.File("go"), "");
        next.ReadUntil("coordinator");

        Assert.Equal(0, next.WaitForEnd());
        Assert.All(Load(), run => Assert.Equal(RunStatus.Success, run.Status));
        Assert.Equal((1, 1), (Load().Single(r => Equals(r.Params["n"], 3L)).Attempts, JournalText.Lines(_folder.File("store"))
            .Count(l => l.Kind() == "log" && Says(l, "hears 3"))));

        static bool Says(System.Text.Json.JsonElement line, string message) =>
            line.GetProperty("value").GetProperty("message").GetString() == message;
    }

    private string Run(string what)
    {
        (int exitCode, string output, string errors) = TestProgram.Run(_folder.Path, "processes", _folder.File("store"), what);
        Assert.True(exitCode == 0, output + errors);
        return output;
    }

    private Results Load() => Store.Open(_folder.File("store")).Load("processes");

    private static void WaitFor(Func<bool> condition)
    {
        long start = Stopwatch.GetTimestamp();
        while (!condition())
        {
            Assert.True(Stopwatch.GetElapsedTime(start) < TestProgram.Patience, "the program does not come to it");
            Thread.Sleep(20);
        }
    }
}
