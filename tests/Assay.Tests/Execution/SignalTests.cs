namespace Assay.Tests.Execution;

/// <summary>Ctrl-C and SIGTERM, sent to a real process with two runs under way and four to come.</summary>
public class SignalTests
{
    [Theory]
    [InlineData("sync", "INT", 130)]
    [InlineData("async", "INT", 130)]
    [InlineData("sync", "TERM", 143)]
    public void The_first_signal_lets_running_runs_end_and_starts_no_other(string kind, string signal, int exitCode)
    {
        using var folder = new TempFolder();
        using TestProgram program = Started(folder, kind);
        program.Signal(signal);
        program.WaitForError("no further run starts");
        program.WriteLine("go");

        Assert.DoesNotContain("started", program.ReadToEnd(), StringComparison.Ordinal);
        Assert.Equal(exitCode, program.WaitForEnd());
        Results results = Store.Open(folder.File("store")).LoadAll();
        Assert.Equal(2, results.Count);
        Assert.Equal(2, results.Successful.Count);
        ResumesToTheEnd(folder, kind);
    }

    [Theory]
    [InlineData("sync")]
    [InlineData("async")]
    public void The_second_signal_cancels_running_runs_also_those_that_do_not_listen(string kind)
    {
        using var folder = new TempFolder();
        using TestProgram program = Started(folder, kind);
        program.Signal("INT");
        program.WaitForError("no further run starts");
        program.Signal("INT");
        Assert.Equal(130, program.WaitForEnd());

        Results results = Store.Open(folder.File("store")).LoadAll();
        Assert.Equal(2, results.Count);
        Assert.All(results, run => Assert.Equal((RunStatus.Cancelled, "cancelled"), (run.Status, run.Error!.Kind)));
        RunRecord heeding = Assert.Single(results.Filter(new { n = 0 })), ignoring = Assert.Single(results.Filter(new { n = 1 }));
        Assert.DoesNotContain("left behind", heeding.Error!.Message, StringComparison.Ordinal);
        Assert.Contains("left behind", ignoring.Error!.Message, StringComparison.Ordinal);
        ResumesToTheEnd(folder, kind);
    }

    [Fact]
    public void An_experiment_that_begins_after_the_signal_runs_nothing_and_the_program_ends()
    {
        using var folder = new TempFolder();
        using TestProgram program = TestProgram.Start(folder.Path, "beside", folder.File("store"), "second");
        program.ReadUntil("started first");
        Stop(program);
        File.WriteAllText(folder.File("begin"), "");
        program.WaitForError("before this experiment began");
        program.WriteLine("go");

        Assert.Equal(130, program.WaitForEnd());
        Assert.DoesNotContain("started", program.ReadToEnd(), StringComparison.Ordinal);
        Assert.Equal("first", Assert.Single(Store.Open(folder.File("store")).LoadAll().Successful).Experiment);
    }

    [Fact]
    public void An_experiment_that_a_running_run_runs_is_part_of_it_and_goes_on_after_the_signal()
    {
        using var folder = new TempFolder();
        File.WriteAllText(folder.File("begin"), "");
        using TestProgram program = TestProgram.Start(folder.Path, "beside", folder.File("store"), "inner");
        program.ReadUntil("started second");
        Stop(program);
        program.WriteLine("go");

        Assert.Equal(130, program.WaitForEnd());
        Assert.Equal(2, program.ReadToEnd().Split('\n').Count(l => l.StartsWith("started second", StringComparison.Ordinal)));
        Assert.Equal(3L, Assert.Single(Store.Open(folder.File("store")).Load("first").Successful).Metrics["inner"]);
    }

    private static void Stop(TestProgram program)
    {
        program.Signal("INT");
        program.WaitForError("no further run starts");
    }

    private static TestProgram Started(TempFolder folder, string kind)
    {
        TestProgram program = TestProgram.Start(folder.Path, "signal", folder.File("store"), kind);
        Assert.Equal(["started 0", "started 1"], new[] { program.ReadUntil("started"), program.ReadUntil("started") }.Order());
        return program;
    }

    private static void ResumesToTheEnd(TempFolder folder, string kind)
    {
        using TestProgram again = TestProgram.Start(folder.Path, "signal", folder.File("store"), kind);
        again.WriteLine("go");
        Assert.Equal("done 6", again.ReadUntil("done"));
        Assert.Equal(0, again.WaitForEnd());
        Assert.Equal(6, JournalText.Lines(folder.File("store")).Count(l => l.Kind() == "run_end" && l.Status() == "success"));
    }
}
