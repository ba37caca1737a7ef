using FsCheck;
using FsCheck.Fluent;

namespace Assay.Tests.Deriving;

[Trait("Category", "Quick")]
public sealed class DerivedMetricTests : IDisposable
{
    private readonly TestStore _store = new();

    private Results Results => _store.Load().Sort("n");

    public void Dispose() => _store.Dispose();

    [Fact]
    public async Task A_derived_value_is_found_by_its_name_everywhere_and_stays()
    {
        Results results = await RunAsync();
        string[] journals = Journals();
        DeriveReport report = await results.DeriveAsync("final_loss", run => run.Series("loss")[^1].Value);
        Assert.Equal("3 computed, 0 kept", $"{report}");
        Assert.Equal(journals, Journals());
        foreach (Results some in new[] { results, Results })
        {
            Assert.Equal([1.0, 0.5, 0.25], some.Select(r => (double)r.Derived["final_loss"]!));
            Assert.Equal(2, some.Where("derived.final_loss < 0.6").Count);
            Assert.Equal(2, some.Filter("derived_final_loss", max: 0.6).Count);
            Assert.Equal(4L, some.Best("derived.final_loss", maximize: false).Params["n"]);
            Assert.Equal([4L, 2L, 1L], some.Sort("derived.final_loss").Select(r => r.Params["n"]));
            Assert.Equal(
                [1.0, 0.5, 0.25], Cells(some.ToTable(new() { Derived = true }), "derived_final_loss").Cast<double>());
            Assert.DoesNotContain("derived_final_loss", some.ToTable().Columns.Select(c => c.Name));
            Assert.Equal(7 / 12.0, some.Stats([], ["derived.final_loss"])[0].Metrics["derived.final_loss"].Mean, 12);
        }
    }

    [Fact]
    public async Task A_derived_metric_that_no_run_has_is_told_with_those_there_are()
    {
        Results results = await RunAsync();
        await results.DeriveAsync("final_loss", run => run.Series("loss")[^1].Value);
        string message = Assert.ThrowsAny<AssayException>(() => results.Where("final_los < 1")).Message;
        Assert.Contains("Did you mean 'derived.final_loss'?", message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_function_may_give_several_values()
    {
        Results results = await RunAsync();
        await results.DeriveAsync("ends", run => new { first = run.Series("loss")[0].Value, points = run.Series("loss").Count });
        DeriveReport report = await results.DeriveAsync(
            [DerivedMetric.Of("more", "1", _ => new Dictionary<string, float> { ["a"] = 0.5f, ["b/c"] = float.NaN })]);
        Assert.Equal("3 computed, 0 kept", $"{report}");
        IReadOnlyDictionary<string, object?> derived = Results[0].Derived;
        Assert.Equal(["first", "points", "a", "b/c"], derived.Keys);
        Assert.Equal([3.0, 2L, 0.5, double.NaN], derived.Values);
        Assert.Equal(3, Results.Where("derived.points = 2 and derived.a >= 0.5").Count);
    }

    [Fact]
    public async Task Values_are_computed_again_when_the_version_differs_and_never_otherwise()
    {
        Results results = await RunAsync();
        int calls = 0;
        DerivedMetric Version(string version) => DerivedMetric.Of("calls", version, _ => Interlocked.Increment(ref calls));
        Assert.Equal("3 computed, 0 kept", $"{await results.DeriveAsync([Version("1")])}");
        Assert.Equal("0 computed, 3 kept", $"{await Results.DeriveAsync([Version("1")])}");
        Assert.Equal("3 computed, 0 kept", $"{await Results.DeriveAsync([Version("2")])}");
        Assert.Equal("3 computed, 0 kept", $"{await Results.DeriveAsync([Version("2")], new() { Overwrite = true })}");
        Assert.Equal([7L, 8L, 9L], Results.Select(r => r.Derived["calls"]).Order());
        // An older version of the program comes back.
        Assert.Equal("3 computed, 0 kept", $"{await Results.DeriveAsync([Version("1")])}");
        Assert.Equal(12, calls);
    }

    [Fact]
    public void Other_code_is_another_version_and_the_same_code_the_same()
    {
        Assert.NotEqual(Derived.Metric("x", Half).Version, Derived.Metric("x", Third).Version);
        Assert.Equal(Derived.Metric("x", Half).Version, Derived.Metric("y", Half).Version);

        static double Half(RunRecord run) => run.Attempt / 2.0;
        static double Third(RunRecord run) => run.Attempt / 3.0;
    }

    [Fact]
    public void A_captured_variable_is_refused_because_its_change_would_not_be_noticed()
    {
        double threshold = 0.5;
        string message = Assert.Throws<AssayException>(() => Derived.Metric("over", run => run.Attempt > threshold)).Message;
        Assert.Contains("captures 'threshold'", message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_function_that_fails_takes_back_what_its_earlier_version_gave_and_is_called_again()
    {
        Results results = await RunAsync();
        await results.DeriveAsync([DerivedMetric.Of("n", "1", run => 1)]);
        DeriveReport report = await results.DeriveAsync(
            [DerivedMetric.Of("n", "2", run => run.Index == 0 ? throw new InvalidOperationException("none") : 2)]);
        Assert.Equal((2, 1), (report.Computed, report.Failures.Count));
        foreach (Results each in new[] { results, Results })
            Assert.Equal([null, 2L, 2L], each.OrderBy(r => r.Index).Select(r => r.Derived.GetValueOrDefault("n")));
        Assert.Equal("1 computed, 2 kept", $"{await Results.DeriveAsync([DerivedMetric.Of("n", "2", run => 2)])}");
    }

    [Fact]
    public async Task A_newer_attempt_has_no_values_before_they_are_computed()
    {
        Results results = await RunAsync();
        DerivedMetric metric = DerivedMetric.Of("attempt", "1", run => run.Attempt);
        await results.DeriveAsync([metric]);
        results = await Experiment().RunAsync(_store.Options with { Resume = ResumeMode.All, Head = 1 });
        Assert.Empty(results[0].Derived);
        Assert.Equal("1 computed, 2 kept", $"{await Results.DeriveAsync([metric])}");
        Assert.Equal([1L, 1L, 2L], Results.Select(r => r.Derived["attempt"]).Order());
    }

    [Fact]
    public async Task A_failure_is_reported_and_touches_neither_the_run_nor_the_others()
    {
        Results results = await RunAsync();
        DeriveReport report = await results.DeriveAsync([
            DerivedMetric.Of("odd", "1", run => (long)run.Params["n"]! == 2 ? throw new InvalidOperationException("two") : 1),
            DerivedMetric.Of("fine", "1", _ => "yes"),
            DerivedMetric.Of("list", "1", _ => new[] { 1, 2 }),
        ]);
        string two = results[1].Id;
        Assert.Equal((5, 4), (report.Computed, report.Failures.Count));
        DeriveFailure failure = Assert.Single(report.Failures, f => f.Metric == "odd");
        Assert.Equal($"'odd' of run {two}: InvalidOperationException: two.", failure.ToString());
        Assert.All(report.Failures.Where(f => f.Metric == "list"), f =>
            Assert.Contains("expected a number, a text or a bool, or a dictionary", f.Exception.Message, StringComparison.Ordinal));
        Assert.Equal(["fine"], Results[two].Derived.Keys);
        Assert.Equal(RunStatus.Success, Results[two].Status);
        // It is tried again.
        Assert.Equal("1 computed, 2 kept", $"{await Results.DeriveAsync([DerivedMetric.Of("odd", "1", _ => 1)])}");
    }

    [Fact]
    public async Task What_cannot_be_meant_is_refused()
    {
        Results results = await RunAsync();
        DerivedMetric metric = DerivedMetric.Of("x", "1", _ => 1);
        Assert.Contains("called 'x'", (await Assert.ThrowsAsync<AssayException>(() => results.DeriveAsync([metric, metric]))).Message,
            StringComparison.Ordinal);
        Assert.Contains("Parallel is 0", (await Assert.ThrowsAsync<AssayException>(
            () => results.DeriveAsync([metric], new() { Parallel = 0 }))).Message, StringComparison.Ordinal);
        Assert.Contains(
            "not blank", Assert.Throws<AssayException>(() => DerivedMetric.Of(" ", "1", _ => 1)).Message, StringComparison.Ordinal);
        Assert.Contains("called 'x'", (await Assert.ThrowsAsync<InvalidExperimentException>(
            () => Experiment().RunAsync(_store.Options with { Derive = [metric, metric] }))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_was_computed_before_a_cancellation_is_kept()
    {
        Results results = await RunAsync();
        using var cancellation = new CancellationTokenSource();
        DerivedMetric metric = DerivedMetric.Of("x", "1", run => run.Attempt);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => results.DeriveAsync(
            [metric], new() { Parallel = 1, Progress = new Called(_ => cancellation.Cancel()) }, cancellation.Token));
        Assert.Equal("2 computed, 1 kept", $"{await Results.DeriveAsync([metric])}");
    }

    [Fact]
    public async Task Progress_counts_every_run_and_every_failure()
    {
        Results results = await RunAsync();
        var seen = new List<DeriveProgress>();
        await results.DeriveAsync(
            [DerivedMetric.Of<int>("x", "1", _ => throw new InvalidOperationException("no"))],
            new() { Parallel = 1, Progress = new Called(seen.Add) });
        Assert.Equal([new(1, 3, 1), new(2, 3, 2), new(3, 3, 3)], seen);
    }

    [Fact]
    public async Task An_experiment_derives_from_resumed_runs_too_and_computes_nothing_twice()
    {
        await RunAsync();
        DerivedMetric metric = Derived.Metric("double", run => 2 * (long)run.Params["n"]!);
        Results results = await Experiment(1, 2, 4, 8).RunAsync(_store.Options with { Derive = [metric] });
        Assert.Equal([2L, 4L, 8L, 16L], results.Select(r => r.Derived["double"]));
        string[] derived = Directory.GetFiles(Path.Combine(_store.Path, "derived"));
        await Experiment(1, 2, 4, 8).RunAsync(_store.Options with { Derive = [metric] });
        Assert.Equal(derived, Directory.GetFiles(Path.Combine(_store.Path, "derived")));
    }

    [Fact]
    public async Task A_damaged_line_is_skipped_and_reported_and_its_value_computed_again()
    {
        Results results = await RunAsync();
        DerivedMetric metric = DerivedMetric.Of("x", "1", run => (long)run.Params["n"]!);
        await results.DeriveAsync([metric], new() { Parallel = 1 });
        string journal = Assert.Single(Directory.GetFiles(Path.Combine(_store.Path, "derived")));
        string[] lines = File.ReadAllLines(journal);
        string changed = lines[1].Replace("\"x\":2", "\"x\":3", StringComparison.Ordinal);
        await File.WriteAllTextAsync(journal, $"{lines[0]}\n{changed}\n{lines[2][..50]}");
        Results read = Results;
        Assert.Equal([1], read.Select(r => r.Derived.Count).Where(c => c > 0));
        JournalDamage damage = Assert.Single(read.Damage);
        Assert.Contains("checksum differs", damage.Reason, StringComparison.Ordinal);
        Assert.Equal(
            [FindingKind.DamagedLine, FindingKind.TornLine],
            StoreCheck.Run(new FileStorage(_store.Path)).Findings.Where(f => f.File == journal).Select(f => f.Kind));
        Assert.Equal("2 computed, 1 kept", $"{await read.DeriveAsync([metric])}");
        Assert.Equal([1L, 2L, 4L], Results.Select(r => r.Derived["x"]));
    }

    [Fact]
    public async Task A_line_has_the_envelope_and_says_of_which_function_and_attempt_it_is()
    {
        Results results = await RunAsync();
        await results.DeriveAsync([DerivedMetric.Of("x", "v", _ => new Dictionary<string, object?> { ["x"] = 1.0, ["y"] = null })]);
        string journal = Assert.Single(Directory.GetFiles(Path.Combine(_store.Path, "derived")));
        string line = File.ReadLines(journal).First(l => l.Contains(results[0].Id, StringComparison.Ordinal));
        var entry = JournalEntry.Read(System.Text.Encoding.UTF8.GetBytes(line));
        Assert.Equal(("derived", "loss"), (entry!.Kind, entry.Experiment));
        Assert.Equal(
            $$$"""{"function":"x","version":"v","journal":"{{{Path.GetFileName(results[0].Journal)}}}","attempt":1,"""
                + """ "values":{"x":1.0,"y":null}}""".Trim(),
            entry.Value.GetRawText());
    }

    [Fact]
    public async Task A_cleanup_frees_the_values_of_removed_runs_and_keeps_the_others()
    {
        Results results = await RunAsync();
        DerivedMetric metric = DerivedMetric.Of("x", "1", _ => 1);
        await results.DeriveAsync([metric]);
        var store = Store.Open(_store.Path, new LaterClock(TimeSpan.FromDays(2)));
        Assert.DoesNotContain(store.PlanCleanup().Items, i => i.Kind == CleanupKind.Derived);
        store.Remove([.. Results]);
        store.PlanCleanup().Run();
        Assert.Empty(Directory.GetFiles(Path.Combine(_store.Path, "derived")));
    }

    [Fact]
    public async Task Functions_and_reducers_give_columns_of_one_table_alone()
    {
        Results results = await RunAsync();
        await results.DeriveAsync([DerivedMetric.Of("x", "1", _ => 1)]);
        int told = 0;
        Table table = results.ToTable(new()
        {
            Record = false,
            Metrics = false,
            Derived = true,
            Compute = [DerivedMetric.Of("x", "", run => -(long)run.Params["n"]!)],
            Reduce = new Dictionary<string, Func<RunArtifact, object?>>
            {
                ["history"] = a => new Dictionary<string, object?> { ["length"] = a.Info.Size, ["id"] = a.Run.Id[..1] },
                ["none"] = _ => 1,
            },
            Progress = new Called(_ => Interlocked.Increment(ref told)),
        });
        Assert.Equal(["param_n", "derived_x", "derived_length", "derived_id"], table.Columns.Select(c => c.Name));
        Assert.Equal([-1L, -2L, -4L], Cells(table, "derived_x"));
        Assert.Equal([null, 2L, null], Cells(table, "derived_length"));
        Assert.Equal(3, told);
        Assert.Equal([1L, 1L, 1L], Results.Select(r => r.Derived["x"]));
    }

    [Fact]
    public async Task A_function_that_fails_for_a_table_is_told_or_ends_it()
    {
        Results results = await RunAsync();
        TableOptions options = new()
        {
            Compute = [DerivedMetric.Of("x", "", run => (long)run.Params["n"]! == 2 ? throw new InvalidOperationException("two") : 1)],
        };
        string message = Assert.Throws<AssayException>(() => results.ToTable(options)).Message;
        string start = $"1 value of the table could not be computed; the first is 'x' of run {results[1].Id}";
        Assert.StartsWith(start, message, StringComparison.Ordinal);
        var failures = new List<DeriveFailure>();
        Table table = results.ToTable(options with { Failed = failures.Add });
        Assert.Equal([1L, null, 1L], Cells(table, "derived_x"));
        Assert.Equal(results[1].Id, Assert.Single(failures).RunId);
    }

    [Fact]
    public async Task A_metric_that_is_called_like_a_derived_column_keeps_its_name()
    {
        Results results = await Assay.Experiment.Create<int>("odd", "1", (n, run) => run.Metric("derived_x", n))
            .Over(Space.From([1, 2])).RunAsync(_store.Options);
        Assert.Single(results.Where("derived_x = 2"));
        await results.DeriveAsync([DerivedMetric.Of("x", "1", run => -run.Metric("derived_x"))]);
        Table table = results.ToTable(new() { Derived = true, Record = false, Params = false });
        Assert.Equal(["derived_x", "derived_derived_x"], table.Columns.Select(c => c.Name));
        Assert.Single(results.Where("metrics.derived_x = 2 and derived.x = -2"));
    }

    [Fact]
    public async Task Two_experiments_are_joined_by_names_that_both_have()
    {
        Results one = await RunAsync();
        Results other = await Assay.Experiment.Create<int>("other", "1", (n, run) => run.Metric("score", n * 10))
            .Over(Space.From([2, 4, 16])).RunAsync(_store.Options);
        Table table = one.Join(other, ["n"]);
        Assert.Equal([2L, 4L], Cells(table, "n"));
        Assert.Equal([20L, 40L], Cells(table, "score"));
        Assert.Contains("'m'", Assert.ThrowsAny<AssayException>(() => one.Join(other, ["m"])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Any_values_come_back_from_their_line_as_they_were()
    {
        Prop.ForAll<string, double, long>((text, real, whole) =>
        {
            string name = "v" + text;
            KeyValuePair<string, object?>[] values =
            [
                new(name, real), new(name + "1", whole), new(name + "2", "t" + text), new(name + "3", whole > 0), new(name + "4", null),
            ];
            var line = new DerivedLine((UInt128)(ulong)whole, 638_000_000_000_000_000, "f" + text, text ?? "", new("j.jsonl", 3), values);
            var json = new JsonBuffer();
            line.Write(json, new LineEnvelope("x"), DateTimeOffset.UnixEpoch);
            DerivedLine read = DerivedLine.Read(json.Written[..^1], 0)!;
            return read with { Values = [] } == line with { Values = [] } && read.Values.SequenceEqual(values)
                && LineCheck.Fault(json.Written[..^1]) is null;
        }).Check(Config.QuickThrowOnFailure.WithReplay(3, 5));
    }

    [Fact]
    public async Task Readers_of_exprag_pass_derived_values_over()
    {
        Results results = await RunAsync();
        using var before = new Exprag.CopiedStore(_store.Path);
        int records = before.Records.Count;
        await results.DeriveAsync([DerivedMetric.Of("x", "1", _ => 1)]);
        using var after = new Exprag.CopiedStore(_store.Path);
        Assert.Equal(records, after.Records.Count);
    }

    private static Experiment<int> Experiment(params int[] points) => Assay.Experiment.Create<int>("loss", "1", (n, run) =>
    {
        run.Metric("loss", 3, step: 0);
        run.Metric("loss", 1.0 / n, step: 1);
        if (n == 2) run.Artifact("history", "ab");
    }).Over(Space.From(points.Length > 0 ? points : [1, 2, 4]));

    private Task<Results> RunAsync() => Experiment().RunAsync(_store.Options);

    private static object?[] Cells(Table table, string name) => [.. table.Rows.Select(r => r[name])];

    private string[] Journals() => [.. Directory.GetFiles(Path.Combine(_store.Path, "runs")).Order().Select(File.ReadAllText)];

    private sealed class Called(Action<DeriveProgress> call) : IProgress<DeriveProgress>
    {
        public void Report(DeriveProgress value) => call(value);
    }

    private sealed class LaterClock(TimeSpan later) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + later;
    }
}
