using System.Text.Json;

namespace Assay.Tests.Tracking;

/// <summary>A program that records by itself, without an experiment.</summary>
public sealed class TrackedRunTests : IDisposable
{
    private readonly TestStore _store = new();

    public void Dispose() => _store.Dispose();

    private TrackOptions Options => new() { Store = _store.Path, Snapshot = SnapshotOptions.Off };

    [Fact]
    public void What_was_tracked_comes_back_in_order_with_its_notes()
    {
        using (Run run = Run.Start("training", new { lr = 0.03 }, new { hparams = new { batch = 32 } }, Options with { Tags = ["first"] }))
        {
            for (int step = 0; step < 3; step++) run.Track(new { step, metrics = new { loss = step == 2 ? double.NaN : 1.0 / (step + 1) } },
                note: "after "
                + "each step");
            run.Track(9007199254740993L);
            run.Track(new[] { "å", "\u0000" });
            run.Track(null);
            run.Metric("acc", 0.9);
            run.Metric("loss", 0.5, step: 1);
            run.Artifact("note", "text");
            run.Tag("second");
        }

        RunRecord record = Assert.Single(_store.Load());
        Assert.Equal(("training", "", RunStatus.Success), (record.Experiment, record.Version, record.Status));
        Assert.Equal(0.03, record.Params["lr"]);
        Assert.Equal(0.9, record.Metrics["acc"]);
        Assert.Equal(["first", "second"], record.Tags);
        Assert.Equal("text", record.ArtifactText("note"));
        Assert.Equal(0.5, Assert.Single(record.Series("loss")).Value);
        Assert.Equal(["{\"step\":0,\"metrics\":{\"loss\":1.0}}", "{\"step\":1,\"metrics\":{\"loss\":0.5}}",
            "{\"step\":2,\"metrics\":{\"loss\":\"NaN\"}}", "9007199254740993", "[\"å\",\"\\u0000\"]", "null"],
            record.Tracked.Select(t => t.Value.GetRawText()));
        Assert.Equal(["after each step", "after each step", "after each step", null, null, null], record.Tracked.Select(t => t.Note));
        Assert.Equal(_store.File("store", "runs", record.Id + ".jsonl"), record.Journal);
    }

    [Fact]
    public void A_name_that_no_list_could_show_is_refused()
    {
        Assert.Equal("the run has a name of 201 characters, which begins with '" + new string('n', 50) + "'; expected at most 200. Put "
            + "what tells runs of one name apart into their parameters or metadata.",
            Assert.Throws<CaptureException>(() => Run.Start(new string('n', 201), options: Options)).Message);
        Assert.False(Directory.Exists(_store.Path));
        using (Run run = Run.Start(new string('n', 200), options: Options))
            Assert.Equal($"an artifact has a name of 5,000 characters, which begins with '{new string('a', 50)}'; expected at most "
                + "4096.", Assert.Throws<CaptureException>(() => run.Artifact(new string('a', 5000), "text")).Message);
        Assert.Equal(new string('n', 200), Assert.Single(_store.Load()).Experiment);
    }

    [Fact]
    public void An_exception_that_leaves_the_block_makes_the_run_failed()
    {
        Assert.Throws<InvalidOperationException>((Action)Diverge);
        RunRecord record = Assert.Single(_store.Load());
        Assert.Equal((RunStatus.Failed, "System.InvalidOperationException", "diverged"),
            (record.Status, record.Error!.Type, record.Error.Message));

        void Diverge()
        {
            using Run run = Run.Start("failing", options: Options);
            throw new InvalidOperationException("diverged");
        }
    }

    [Fact]
    public async Task An_exception_after_an_await_makes_the_run_failed_too()
    {
        await Assert.ThrowsAsync<InvalidOperationException>(async () =>
        {
            using Run run = Run.Start("failing", options: Options);
            await Task.Yield();
            throw new InvalidOperationException("later");
        });
        Assert.Equal((RunStatus.Failed, "later"), (_store.Load()[0].Status, _store.Load()[0].Error!.Message));
    }

    [Fact]
    public void A_run_within_the_handling_of_an_exception_is_a_success_all_the_same()
    {
        try
        {
            throw new InvalidOperationException("before");
        }
        catch (InvalidOperationException)
        {
            using Run run = Run.Start("recovering", options: Options);
            try
            {
                throw new InvalidOperationException("inside");
            }
            catch (InvalidOperationException)
            {
                run.Track("handled");
            }
        }

        Assert.Equal(RunStatus.Success, Assert.Single(_store.Load()).Status);
    }

    [Fact]
    public void A_run_can_be_failed_by_hand_and_then_takes_nothing_more()
    {
        using (Run run = Run.Start("failing", options: Options))
        {
            run.Fail(new InvalidOperationException("by hand"));
            Assert.Contains("has ended", Assert.Throws<CaptureException>(() => run.Track(1)).Message, StringComparison.Ordinal);
        }

        using (Run run = Run.Start("failing", options: Options)) run.Fail("no convergence");
        Assert.Equal(["by hand", "no convergence"], _store.Load().Select(r => r.Error!.Message));
        Assert.All(_store.Load(), r => Assert.Equal(RunStatus.Failed, r.Status));
    }

    [Fact]
    public void A_live_run_is_running_and_can_be_read()
    {
        using Run run = Run.Start("live", options: Options);
        run.Track(1);
        run.Flush();
        RunRecord record = Assert.Single(_store.Load());
        Assert.Equal((RunStatus.Running, run.Id), (record.Status, record.Id));
        Assert.Single(record.Tracked);
    }

    [Fact]
    public void Threads_may_track_at_once()
    {
        using (Run run = Run.Start("threads", options: Options)) Parallel.For(0, 2000, i => run.Track(new { i }));
        Assert.Equal(Enumerable.Range(0, 2000), _store.Load()[0].Tracked.Select(t => t.Value.GetProperty("i").GetInt32()).Order());
    }

    [Fact]
    public void Many_runs_may_be_live_at_once()
    {
        Run[] runs = [.. Enumerable.Range(0, 50).Select(i => Run.Start($"run {i}", options: Options))];
        Parallel.ForEach(runs, run =>
        {
            run.Track(run.Name);
            run.Dispose();
        });
        Assert.Equal(runs.Select(r => (r.Id, r.Name)).Order(), _store.Load().Select(r => (r.Id, r.Tracked[0].Value.GetString()!)).Order());
    }

    [Theory]
    [InlineData("")]
    [InlineData("  ")]
    public void A_blank_name_is_refused_before_anything_is_written(string name)
    {
        Assert.Throws<CaptureException>(() => Run.Start(name, options: Options));
        Assert.False(Directory.Exists(_store.Path));
    }

    [Fact]
    public void Metadata_that_cannot_be_written_is_refused_before_anything_is_written()
    {
        Assert.Contains("at 'bad'", Assert.Throws<CaptureException>(() =>
            Run.Start("x", metadata: new { bad = new MemoryStream() }, options: Options)).Message, StringComparison.Ordinal);
        Assert.Contains("expected named values",
            Assert.Throws<CaptureException>(() => Run.Start("x", parameters: 3, options: Options)).Message, StringComparison.Ordinal);
        Assert.False(Directory.Exists(_store.Path));
    }

    [Fact]
    public void A_value_that_cannot_be_written_is_refused_and_the_run_goes_on()
    {
        using (Run run = Run.Start("x", options: Options))
        {
            Assert.Throws<CaptureException>(() => run.Track(new { bad = new MemoryStream() }));
            run.Track("good");
        }

        Assert.Equal((RunStatus.Success, 1), (_store.Load()[0].Status, _store.Load()[0].Tracked.Count));
    }

    [Theory]
    [InlineData("a:b")]
    [InlineData("training my network, twice: \"again\"")]
    public void A_name_may_hold_anything(string name)
    {
        Run.Start(name, options: Options).Dispose();
        Assert.Single(Store.Open(_store.Path).Load(name));
    }

    [Theory]
    [InlineData("dispose", RunStatus.Success, 0)]
    [InlineData("leave", RunStatus.Success, 0)]
    [InlineData("code", RunStatus.Failed, 3)]
    [InlineData("throw", RunStatus.Failed, 134)]
    public void The_end_of_a_process_loses_nothing(string way, RunStatus status, int exit)
    {
        (int code, _, string errors) = TestProgram.Run(_store.Around, "track", way, _store.Path);
        Assert.True(exit == code, errors);
        RunRecord record = Assert.Single(_store.Load());
        Assert.Equal(status, record.Status);
        Assert.Equal(100, record.Tracked.Count);
        Assert.Equal(0.5, Assert.Single(record.Series("loss")).Value);
    }

    [Fact]
    public void A_killed_run_is_interrupted_and_keeps_what_was_flushed()
    {
        using TestProgram program = TestProgram.Start(_store.Around, "track", "wait", _store.Path);
        program.WaitForError("ready");
        Assert.Equal(RunStatus.Running, Assert.Single(_store.Load()).Status);
        program.Kill();
        program.WaitForEnd();
        RunRecord record = Assert.Single(_store.Load());
        Assert.Equal((RunStatus.Interrupted, 100), (record.Status, record.Tracked.Count));
    }

    [Fact]
    public void The_start_tells_where_and_how_the_program_ran_without_passwords()
    {
        using (Run run = Run.Start("x", options: Options)) { }
        using JsonDocument start = JsonDocument.Parse(File.ReadLines(_store.Load()[0].Journal).First());
        JsonElement value = start.RootElement.GetProperty("value");
        Assert.Equal(Environment.ProcessId, value.GetProperty("process").GetProperty("pid").GetInt32());
        Assert.Equal(Environment.MachineName, value.GetProperty("host").GetProperty("hostname").GetString());
        Assert.Equal(
            ["app", "--api-key", "***", "--password=***", "--max-tokens", "100", "tokenizer.json", "/secret:***", "--token", "***", "--lr",
                "0.1"],
            Secrets.Masked(["app", "--api-key", "abc", "--password=x", "--max-tokens", "100", "tokenizer.json", "/secret:y",
                "--token", "-x", "--lr", "0.1"]));
    }
}
