using System.Globalization;
using System.Numerics;

namespace Assay.Tests.Exprag;

/// <summary>What the runs of experiments leave behind, seen by exprag's reader.</summary>
public sealed class SweepForExpragTests : IDisposable
{
    private readonly TestStore _store = new();

    private sealed record Train(double Rate, int Hidden);

    public void Dispose() => _store.Dispose();

    [Fact]
    public async Task The_runs_of_a_sweep_are_the_runs_that_are_listed()
    {
        await Sweep().RunAsync(_store.Options);
        using var copy = new CopiedStore(_store.Path);
        Results ours = _store.Load();
        List<RunSummary> theirs = ExpragReader.SummarizeRuns(copy.Records);
        Assert.Equal(ours.Select(r => r.Id).Order(), theirs.Select(r => r.RunId).Order());
        Assert.All(theirs, r => Assert.Equal("sweep", r.ExperimentName));
        Assert.All(ExpragReader.LatestRuns(copy.Records, 3), r => Assert.Contains(ours, o => o.Id == r.RunId));
    }

    [Fact]
    public async Task Params_metrics_and_errors_are_what_the_runs_had()
    {
        await Sweep().RunAsync(_store.Options);
        using var copy = new CopiedStore(_store.Path);
        Results ours = _store.Load();
        Dictionary<string, Dictionary<string, object?>> starts = OfKind(copy, "run_start"), ends = OfKind(copy, "run_end");
        Assert.Equal(12, starts.Count);
        foreach (RunRecord run in ours)
        {
            double rate = (double)run.Params["Rate"]!;
            Assert.Equal(
                $"{{'Hidden': {run.Params["Hidden"]}, 'Rate': {Python.Repr(rate)}}}",
                Python.Repr(ExpragReader.GetPath(starts[run.Id], "value.params")));
            Assert.Equal(
                $"{{'base': 42, 'replicate': {run.Seed!.Replicate}}}",
                Python.Repr(ExpragReader.GetPath(starts[run.Id], "value.seed")));
            Assert.Equal("{'author': 'Ada'}", Python.Repr(ExpragReader.GetPath(starts[run.Id], "value.metadata")));
            if (rate > 0.5) Assert.Equal("diverged", ExpragReader.GetPath(ends[run.Id], "value.error.message"));
            else Assert.Equal(
                $"{{'big': 9007199254740993, 'loss': 'NaN', 'rate': {Python.Repr(rate)}, 'word': {Python.Repr("größe 😀")}}}",
                Python.Repr(ExpragReader.GetPath(ends[run.Id], "value.metrics")));
            Assert.Equal(rate > 0.5 ? "failed" : "success", ExpragReader.GetPath(ends[run.Id], "value.status"));
        }

        Assert.Equal(
            ours.Successful.SelectMany(r => r.Series("curve")).Select(p => Python.Repr(p.Value)).Order(),
            ExpragReader.SelectValues(copy.Records.Where(r => (string)r["kind"]! == "series"), "value.values.[]")
                .Select(r => Python.Repr(r.Value)).Order());
        Assert.Equal(
            ours.Successful.Select(r => (long)r.Params["Hidden"]!)
                .Select(hidden => $"{{'square': {(hidden * hidden).ToString(CultureInfo.InvariantCulture)}}}").Order(),
            copy.Records.Where(r => (string)r["kind"]! == "row").Select(r => Python.Repr(r["value"])).Order());
    }

    [Fact]
    public async Task A_run_that_was_done_again_is_one_run_with_the_later_end_last()
    {
        int calls = 0;
        Experiment<int> flaky = Experiment.Create<int>("flaky", (n, run) =>
        {
            if (Interlocked.Increment(ref calls) == 1) throw new InvalidOperationException("first time");
            run.Metric("n", n);
        }).Over(Space.From([7]));
        await flaky.RunAsync(_store.Options);
        await flaky.RunAsync(_store.Options);
        using var copy = new CopiedStore(_store.Path);
        RunSummary only = Assert.Single(ExpragReader.SummarizeRuns(copy.Records));
        Assert.Equal((_store.Load()[0].Id, 2), (only.RunId, only.SourcePaths.Count));
        IEnumerable<Dictionary<string, object?>> ends = ExpragReader.LatestRecords(copy.Records, 0)
            .Where(r => (string)r["kind"]! == "run_end");
        Assert.Equal(["failed", "success"], ends.Select(r => ExpragReader.GetPath(r, "value.status")));
        Assert.Equal([BigInteger.One, new BigInteger(2)], ends.Select(r => ExpragReader.GetPath(r, "value.attempt")));
    }

    [Fact]
    public void Workers_that_are_processes_add_no_run_of_their_own()
    {
        (int exit, _, string errors) = TestProgram.Run(_store.Around, "processes", _store.Path, "nothing");
        Assert.True(exit == 0, errors);
        using var copy = new CopiedStore(_store.Path);
        Assert.True(ExpragReader.DiscoverRunFiles(copy.Root).Length >= 3);
        Assert.Equal(_store.Load().Select(r => r.Id).Order(), ExpragReader.SummarizeRuns(copy.Records).Select(r => r.RunId).Order());
    }

    [Fact]
    public void A_sweep_killed_in_its_midst_shows_what_was_reported_as_finished()
    {
        var reported = new List<string>();
        using (TestProgram program = TestProgram.Start(_store.Around, "crash", _store.Path, "500", "sync", "60"))
        {
            while (program.ReadLine() is { } line)
            {
                if (line.StartsWith("ack ", StringComparison.Ordinal) && line.EndsWith('.')) reported.Add(line[4..^1]);
            }

            program.WaitForEnd();
        }

        Assert.True(reported.Count >= 50, $"{reported.Count} runs were reported");
        using var copy = new CopiedStore(_store.Path);
        // What the kill tore, if anything, is the last line.
        Dictionary<string, Dictionary<string, object?>> ends = [];
        string journal = Assert.Single(ExpragReader.DiscoverRunFiles(copy.Root));
        File.WriteAllText(journal, File.ReadAllText(journal) is var text ? text[..(text.LastIndexOf('\n') + 1)] : "");
        foreach (Dictionary<string, object?> end in copy.Records.Where(r => (string)r["kind"]! == "run_end"))
            ends.Add((string)end["run_id"]!, end);
        Assert.All(reported, id => Assert.Equal("success", ExpragReader.GetPath(ends[id], "value.status")));
        Assert.All(_store.Load().Successful, run => Assert.Equal(
            Python.Repr((long)run.Metrics["square"]!),
            Python.Repr(ExpragReader.GetPath(ends[run.Id], "value.metrics.square"))));
    }

    private static Experiment<Train> Sweep() => Experiment
        .Create<Train>("sweep", "3", (p, run) =>
        {
            if (p.Rate > 0.5) throw new InvalidOperationException("diverged");
            for (int step = 0; step < 3; step++) run.Metric("curve", p.Rate * step, step);
            run.Metrics(new { loss = double.NaN, big = 9007199254740993L, word = "größe 😀", rate = p.Rate });
            run.Row(new { square = p.Hidden * p.Hidden });
            run.Log("line one\nline two");
        })
        .Over(Space.Of<Train>().Grid(p => p.Rate, 0.1, 1.0 / 3, 0.9).Grid(p => p.Hidden, 8, 16))
        .Repeat(2, seed: 42)
        .Metadata(new { author = "Ada" });

    private static Dictionary<string, Dictionary<string, object?>> OfKind(CopiedStore copy, string kind) =>
        copy.Records.Where(r => (string)r["kind"]! == kind).ToDictionary(r => (string)r["run_id"]!);
}
