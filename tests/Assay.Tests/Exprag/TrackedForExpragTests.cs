using System.Globalization;
using System.Numerics;

namespace Assay.Tests.Exprag;

/// <summary>What lone runs leave behind, seen by exprag's reader: everything it shows is what was tracked.</summary>
[Trait("Category", "Quick")]
public sealed class TrackedForExpragTests : IDisposable
{
    private static readonly (object? Tracked, object? Read)[] Values =
    [
        (null, null), (true, true), (0, BigInteger.Zero), (1, BigInteger.One), (1.0, 1.0), ("1", "1"),
        (long.MinValue, new BigInteger(long.MinValue)), (9007199254740993L, new BigInteger(9007199254740993L)),
        (ulong.MaxValue, new BigInteger(ulong.MaxValue)), (BigInteger.Pow(7, 60), BigInteger.Pow(7, 60)),
        (0.1, 0.1), (5e-324, 5e-324), (double.MaxValue, double.MaxValue), (1e21, 1e21), (-123456789.125, -123456789.125), (1.10m, 1.1),
        (double.NaN, "NaN"), (double.PositiveInfinity, "Infinity"), (float.NegativeInfinity, "-Infinity"),
        ("größe 😀 \ud83d\udc69\u200d\ud83d\udd2c \u0085\u2028\u2029\ufeff",
            "größe 😀 \ud83d\udc69\u200d\ud83d\udd2c \u0085\u2028\u2029\ufeff"),
        ("\0\u0001\u001b[31m\b\f\n\r\n\t\u007f\"\\/", "\0\u0001\u001b[31m\b\f\n\r\n\t\u007f\"\\/"),
        ("half \ud800 of a pair \udc00", "half \ud800 of a pair \udc00"), ("", ""),
        (Array.Empty<int>(), new List<object?>()), (new { }, new Dictionary<string, object?>()),
        (new object?[] { 1, new[] { 2.5, double.NaN }, null },
            new List<object?> { BigInteger.One, new List<object?> { 2.5, "NaN" }, null }),
        (new Dictionary<string, object?> { ["a.b"] = 1, ["ключ"] = new { inner = "x" }, [""] = false, ["\n"] = null },
            new Dictionary<string, object?>
            {
                ["a.b"] = BigInteger.One, ["ключ"] = new Dictionary<string, object?> { ["inner"] = "x" }, [""] = false, ["\n"] = null,
            }),
        (Nested(40), NestedRead(40)),
    ];

    private readonly TestStore _store = new();

    public void Dispose() => _store.Dispose();

    private TrackOptions Options => new() { Store = _store.Path, Snapshot = SnapshotOptions.Off };

    [Fact]
    public void Every_value_comes_through_with_its_type()
    {
        string id, journal;
        using (Run run = Run.Start("values", options: Options))
        {
            foreach ((int i, (object? tracked, _)) in Values.Index()) run.Track(tracked, i % 3 == 0 ? $"note {i} \u2028 \"größe\"" : null);
            (id, journal) = (run.Id, Path.GetFileName(run.Journal));
        }

        using var copy = new CopiedStore(_store.Path);
        List<Dictionary<string, object?>> tracks = copy.Tracked;
        Assert.Equal(Values.Select(v => Python.Repr(v.Read)), tracks.Select(t => Python.Repr(t["value"])));
        Assert.Equal(
            Values.Index().Select(v => v.Index % 3 == 0 ? $"note {v.Index} \u2028 \"größe\"" : null),
            tracks.Select(t => t.GetValueOrDefault("note")));
        Assert.Equal(Enumerable.Range(0, Values.Length).Select(i => i % 3 == 0), tracks.Select(t => t.ContainsKey("note")));
        Assert.All(tracks, t => Assert.Equal(
            (id, "values", "track", BigInteger.One, copy.Journal(journal)),
            (t["run_id"], t["experiment_name"], t["kind"], t["schema_version"], t["_source_path"])));
        Assert.Equal(Enumerable.Range(2, Values.Length).Select(n => (object?)new BigInteger(n)), tracks.Select(t => t["_line_number"]));
    }

    [Fact]
    public void The_start_has_what_their_start_has()
    {
        using (Run.Start("first", metadata: new { hparams = new { learning_rate = 0.03, batch_size = 32 } }, options: Options)) { }
        using (Run.Start("second", options: Options)) { }
        using var copy = new CopiedStore(_store.Path);
        Dictionary<string, Dictionary<string, object?>> starts = ExpragReader.RunStartRecords(copy.Records)
            .ToDictionary(r => (string)r["experiment_name"]!);
        Assert.Equal(
            "{'batch_size': 32, 'learning_rate': 0.03}",
            Python.Repr(ExpragReader.GetPath(starts["first"], "value.metadata.hparams")));
        Assert.Equal("none", ExpragReader.GetPath(starts["second"], "value.metadata", "none"));
        Dictionary<string, object?> start = starts["first"];
        Assert.Null(ExpragReader.GetPath(start, "value.git", "missing"));
        Assert.Equal((Environment.MachineName, Environment.UserName, new BigInteger(Environment.ProcessorCount)),
            (ExpragReader.GetPath(start, "value.host.hostname"), ExpragReader.GetPath(start, "value.host.username"),
                ExpragReader.GetPath(start, "value.host.cpu_count")));
        Assert.Equal(
            (new BigInteger(Environment.ProcessId), Directory.GetCurrentDirectory()),
            (ExpragReader.GetPath(start, "value.process.pid"), ExpragReader.GetPath(start, "value.process.cwd")));
        Assert.Equal(Environment.GetCommandLineArgs()[0], ExpragReader.GetPath(start, "value.process.argv.0"));
        Assert.All(["value.host.os", "value.host.arch"], path => Assert.IsType<string>(ExpragReader.GetPath(start, path)));
    }

    [Fact]
    public void Times_sort_as_text_and_count_from_the_start()
    {
        var clock = new SteppingClock(TimeSpan.FromMilliseconds(250));
        for (int i = 0; i < 3; i++)
        {
            using Run run = Run.Start($"run {i}", options: Options with { Clock = clock });
            for (int step = 0; step < 4; step++) run.Track(new { step });
        }

        using var copy = new CopiedStore(_store.Path);
        List<Dictionary<string, object?>> records = copy.Records;
        Assert.Equal(
            records.OrderBy(r => ExpragReader.ParseTime((string)r["created_at"]!)).Select(r => r["created_at"]),
            ExpragReader.LatestRecords(records, 0).Select(r => r["created_at"]));
        Assert.Equal(["run 0", "run 1", "run 2"], ExpragReader.SummarizeRuns(records).Select(r => r.ExperimentName));
        Assert.Equal(["run 1", "run 2"], ExpragReader.LatestRuns(records, 2).Select(r => r.ExperimentName));
        Assert.Equal(["run_end", "track", "track"], ExpragReader.LatestRecords(records, 3).Select(r => r["kind"]).Order());
        IReadOnlyList<RunRecord> runs = [.. _store.Load()];
        foreach (RunRecord run in runs)
        {
            Dictionary<string, object?>[] tracks = [.. copy.Tracked.Where(t => (string)t["run_id"]! == run.Id)];
            Assert.Equal(
                run.Tracked.Select(t => (object?)new BigInteger((long)t.Time.TotalMilliseconds)),
                tracks.Select(t => t["elapsed_ms"]));
            // Python's times have six digits, ours seven.
            Assert.All(run.Tracked.Zip(tracks), pair => Assert.InRange(
                pair.First.CreatedAt - ExpragReader.ParseTime((string)pair.Second["created_at"]!),
                TimeSpan.Zero, TimeSpan.FromMicroseconds(0.9)));
        }

        string from = runs[1].StartedAt.ToString("O", CultureInfo.InvariantCulture);
        string to = runs[1].Tracked[^1].CreatedAt.ToString("O", CultureInfo.InvariantCulture);
        Assert.Equal(
            ["run_start", "track", "track", "track", "track"],
            ExpragReader.RecordsBetween(records, from, to).Select(r => r["kind"]));
    }

    [Fact]
    public void Paths_wildcards_and_lists_find_what_was_tracked()
    {
        using (Run run = Run.Start("paths", options: Options))
        {
            for (int step = 0; step < 3; step++)
            {
                run.Track(new
                {
                    step,
                    metrics = new { loss = 1.0 / (step + 1), acc = step == 2 ? double.NaN : 0.5 },
                    layers = new[] { new { size = 8, norm = new[] { 1, 2 } }, new { size = 16, norm = new[] { 3, 4 } } },
                });
            }
            run.Track(new Dictionary<string, object?> { ["a.b"] = 1, ["none"] = null, ["empty"] = Array.Empty<int>() });
        }

        using var copy = new CopiedStore(_store.Path);
        Assert.Equal(
            [
                "value.layers.[].norm.[] 12 True [1, 2, 3] int", "value.layers.[].size 6 True [8, 16] int",
                "value.metrics.acc 3 False [0.5, 'NaN'] float,str",
                "value.metrics.loss 3 True [1.0, 0.5, 0.3333333333333333] float", "value.step 3 True [0, 1, 2] int",
                "value.a.b 1 True [1] int", "value.empty 1 False [[]] list", "value.none 1 False [None] NoneType",
            ],
            ExpragReader.DiscoverValuePaths(copy.Records, kinds: ["track"])
                .Select(p => $"{p.Path} {p.Count} {p.IsNumeric} {Python.Repr(p.Examples)} {string.Join(',', p.Types)}"));
        Assert.Equal(
            "[8, 16, 8, 16, 8, 16]",
            Python.Repr(ExpragReader.SelectValues(copy.Tracked, "value.layers.[].size").Select(r => r.Value)));
        Assert.Equal("[[1, 2], [3, 4]]", Python.Repr(ExpragReader.GetPath(copy.Tracked[0], "value.layers.[].norm.[]")));
        Assert.Equal("[16, 16, 16]", Python.Repr(ExpragReader.SelectValues(copy.Tracked, "value.layers.1.size").Select(r => r.Value)));
        Assert.Equal("[None]", Python.Repr(ExpragReader.SelectValues(copy.Records, "value.none").Select(r => r.Value)));
        Assert.Equal(
            "[1.0, 0.5, 0.3333333333333333]",
            Python.Repr(ExpragReader.SelectValues(copy.Records, "value.metrics.loss")
                .Where(r => copy.Tracked.Exists(t => new BigInteger(r.LineNumber).Equals(t["_line_number"]))).Select(r => r.Value)));
        Assert.Equal(
            (BigInteger.One, "unreachable"),
            (ExpragReader.GetPath(copy.Tracked[3], ["value", "a.b"]), ExpragReader.GetPath(copy.Tracked[3], "value.a.b", "unreachable")));
    }

    [Fact]
    public void Every_run_is_listed_once_however_it_ended()
    {
        using (Run run = Run.Start("good", options: Options)) run.Metric("acc", 0.9);
        using (Run run = Run.Start("bad", options: Options)) run.Fail("no convergence");
        using Run live = Run.Start("live", options: Options);
        live.Track(1);
        live.Flush();
        using (TestProgram program = TestProgram.Start(_store.Around, "track", "wait", _store.Path))
        {
            program.WaitForError("ready");
            program.Kill();
            program.WaitForEnd();
        }

        using var copy = new CopiedStore(_store.Path);
        Results ours = _store.Load();
        List<RunSummary> theirs = ExpragReader.SummarizeRuns(copy.Records);
        Assert.Equal(ours.Select(r => (r.Id, (string?)r.Experiment)).Order(), theirs.Select(r => (r.RunId, r.ExperimentName)).Order());
        Assert.All(theirs, run => Assert.Equal([copy.Journal(run.RunId + ".jsonl")], run.SourcePaths));
        RunRecord killed = Assert.Single(ours, r => r.Status == RunStatus.Interrupted);
        Assert.Equal(
            Enumerable.Range(0, 100).Select(i => $"{{'step': {i}}}"),
            copy.Tracked.Where(t => killed.Id.Equals(t["run_id"])).Select(t => Python.Repr(t["value"])));
        Assert.Equal(102, theirs.Single(r => r.RunId == killed.Id).RecordCount);
        Assert.Equal("[0.9]", Python.Repr(ExpragReader.SelectValues(copy.Records, "value.metrics.acc").Select(r => r.Value)));
        Assert.Equal(["no convergence"], ExpragReader.SelectValues(copy.Records, "value.error.message").Select(r => r.Value));
    }

    private static object Nested(int depth) => depth == 0 ? "deep" : new[] { Nested(depth - 1) };

    private static object NestedRead(int depth) => depth == 0 ? "deep" : new List<object?> { NestedRead(depth - 1) };
}
