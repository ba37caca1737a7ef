using System.Text.Json;

namespace Assay.Cli.Tests.Importing;

public sealed class ExpragImportTests : IDisposable
{
    private static readonly string Values = """
        {"acc":0.10000000000000001,"big":9007199254740993,"bigger":123456789012345678901234567890,"deep":[[1,2.0],{"a.b":null}],
        "lone":"\ud800","nan":"NaN","text":"größe 😀 \u0000\n"}
        """.OneLine();

    private readonly ExpragFixture _exprag = new();

    public void Dispose() => _exprag.Dispose();

    [Fact]
    public void A_run_comes_over_with_every_value_time_and_fact()
    {
        _exprag.Begin().Track(Values, "after epoch").Track("null").Track("0.5");
        string before = _exprag.SourceSnapshot();
        ToolResult result = _exprag.Import();
        Assert.Equal((0, ""), (result.Exit, result.Error));
        RunRecord run = Assert.Single(_exprag.Load());
        Assert.Equal(
            (ExpragFixture.Id.Replace("-", "", StringComparison.Ordinal), "demo", "", RunStatus.Interrupted),
            (run.Id, run.Experiment, run.Version, run.Status));
        Assert.Equal([Values, "null", "0.5"], run.Tracked.Select(t => t.Value.GetRawText()));
        Assert.Equal(["after epoch", null, null], run.Tracked.Select(t => t.Note));
        Assert.Equal([100, 200, 300], run.Tracked.Select(t => t.Time.TotalMilliseconds));
        Assert.Equal(StoreFixture.Start.AddMilliseconds(100), run.Tracked[0].CreatedAt);
        Assert.Equal(StoreFixture.Start, run.StartedAt);
        Assert.Equal(("run/" + ExpragFixture.Id, true), (run.Git["branch"], run.Git["dirty"]));
        Assert.Equal(0.03, ((IReadOnlyDictionary<string, object?>)run.Metadata["hparams"]!)["learning_rate"]);
        var imported = (IReadOnlyDictionary<string, object?>)run.Metadata["imported"]!;
        Assert.Equal(
            ("exprag", ExpragFixture.Id, $"runs/{ExpragFixture.Id}.jsonl", "0.1.2"),
            (imported["from"], imported["run_id"], imported["file"], imported["exprag_version"]));
        // The last two digits of their nanoseconds, too.
        using JsonDocument line = JsonDocument.Parse(File.ReadLines(run.Journal).ElementAt(1));
        Assert.Equal("2026-01-02T03:04:05.100000089+00:00", line.RootElement.GetProperty("source").GetProperty("created_at").GetString());
        Assert.Equal(before, _exprag.SourceSnapshot());
        Assert.Equal(0, Tool.Run("doctor", "--store", _exprag.Store).Exit);
        Assert.Contains("python train.py größe", Tool.Run("show", run.Id, "--store", _exprag.Store).Out, StringComparison.Ordinal);
    }

    [Fact]
    public void Numbers_come_over_with_all_digits_and_are_compared_by_as_many_as_the_guide_says()
    {
        string[] numbers = [
            "0.1000000000000000000000000001", "0.1000000000000000000000000002", "0.3000000000000000000000000000000000000001",
            "0.3000000000000000000000000000000000000002", "123456789012345678901234567890123456789",
            "123456789012345678901234567890123456788"];
        for (int i = 0; i < numbers.Length; i++) _exprag.Begin(ExpragFixture.Uuid(i), "demo", "").Track(
            $$"""{"x":{{numbers[i]}}}""", id: ExpragFixture.Uuid(i));
        _exprag.Import();
        Assert.Equal(
            numbers.Select(n => $$"""{"x":{{n}}}""").Order(StringComparer.Ordinal),
            _exprag.Load().Select(r => r.Tracked[0].Value.GetRawText()).Order(StringComparer.Ordinal));
        int Found(string condition) => Tool.Run(
            "ls", "--where", condition, "--store", _exprag.Store, "--json").Out.Split("\"run_id\"").Length - 1;
        Assert.Equal(
            [1, 5, 1, 1], [Found($"x = {numbers[0]}"), Found($"x > {numbers[0]}"), Found($"x = {numbers[4]}"), Found($"x > {numbers[5]}")]);
        // Beyond what a decimal holds, the first digits count.
        Assert.Equal(2, Found($"x = {numbers[2]}"));
    }

    [Fact]
    public void Importing_again_adds_nothing()
    {
        _exprag.Begin().Track("1").Begin(ExpragFixture.Uuid(2), "other", "").Track("2", id: ExpragFixture.Uuid(2), name: "other");
        Assert.Equal(0, _exprag.Import().Exit);
        string before = _exprag.StoreSnapshot();
        Assert.StartsWith(
            "imported 0 runs from exprag, SOURCE\nto STORE\n2 runs were there already\n", _exprag.Import().Out, StringComparison.Ordinal);
        Assert.Equal(before, _exprag.StoreSnapshot());
        Assert.Contains("2 runs were there already", _exprag.Import("--dry-run").Out, StringComparison.Ordinal);
    }

    [Fact]
    public void A_run_that_has_gone_on_comes_over_again_and_is_still_one_run()
    {
        _exprag.Begin().Track("1");
        _exprag.Import();
        _exprag.Track("2");
        for (int i = 0; i < 2; i++) Assert.Equal(0, _exprag.Import().Exit);
        RunRecord run = Assert.Single(_exprag.Load());
        Assert.Equal(["1", "2"], run.Tracked.Select(t => t.Value.GetRawText()));
        Assert.Equal(2, run.Attempts);
    }

    [Fact]
    public void What_the_user_tells_of_the_ends_holds_from_then_on()
    {
        _exprag.Begin().Track("""{"acc":0.9}""");
        _exprag.Import();
        Assert.Equal(RunStatus.Interrupted, _exprag.Load()[0].Status);
        Assert.Equal(0, _exprag.Import("--status", "success").Exit);
        RunRecord run = Assert.Single(_exprag.Load());
        Assert.Equal((RunStatus.Success, 100, 1), (run.Status, run.Duration!.Value.TotalMilliseconds, run.Tracked.Count));
        Assert.StartsWith("@  id", Tool.Run("best", "acc", "--store", _exprag.Store).Out);
        string before = _exprag.StoreSnapshot();
        _exprag.Import();
        _exprag.Import("--status", "success");
        Assert.Equal(before, _exprag.StoreSnapshot());
        _exprag.Track("""{"acc":0.95}""");
        for (int i = 0; i < 3; i++) _exprag.Import();
        run = Assert.Single(_exprag.Load());
        Assert.Equal((RunStatus.Success, 2, 3), (run.Status, run.Tracked.Count, run.Attempts));
    }

    [Fact]
    public void Damaged_lines_are_named_and_the_rest_comes_over()
    {
        _exprag.Begin().Track("1").Raw(
            "{\"run_id\":\"" + ExpragFixture.Id + "\",\"kind\":\"tra{\"created_at\":\"2026\"}\n").Raw("[1]\n\n").Track("2")
            .Line(ExpragFixture.Id, "verdict", "true").Track(
                new string('[', 70) + new string(']', 70)).Raw("""{"created_at":"2026-01-02T03""");
        ToolResult result = _exprag.Import();
        Assert.Equal(1, result.Exit);
        Approved.Matches("exprag-damaged", result.ToString());
        Assert.Equal(["1", "2"], Assert.Single(_exprag.Load()).Tracked.Select(t => t.Value.GetRawText()));
        Assert.Equal(0, Tool.Run("doctor", "--store", _exprag.Store).Exit);
    }

    [Fact]
    public void A_run_without_its_start_comes_over_with_what_it_tracked()
    {
        _exprag.Raw("ruin\n").Track("1").Track("2");
        ToolResult result = _exprag.Import();
        Assert.Equal(1, result.Exit);
        Assert.Contains($"runs/{ExpragFixture.Id}.jsonl:1  ", result.Out, StringComparison.Ordinal);
        Assert.Contains("has no start", result.Out, StringComparison.Ordinal);
        Assert.Equal(2, Assert.Single(_exprag.Load()).Tracked.Count);
    }

    [Fact]
    public void Odd_metadata_and_ids_come_over_too()
    {
        _exprag.Begin("not a uuid", "a", ",\"metadata\":[1,2]").Track("1", id: "not a uuid", name: "a");
        _exprag.Begin(ExpragFixture.Uuid(3), "b", ",\"metadata\":{\"imported\":7},\"tool\":\"new\"");
        Assert.Equal(0, _exprag.Import().Exit);
        Results runs = _exprag.Load();
        RunRecord a = Assert.Single(runs, r => r.Experiment == "a"), b = Assert.Single(runs, r => r.Experiment == "b");
        Assert.Equal([1L, 2L], (IEnumerable<object?>)a.Metadata["value"]!);
        Assert.Equal(
            ("not a uuid", 7L), (((IReadOnlyDictionary<string, object?>)a.Metadata["imported"]!)["run_id"], b.Metadata["imported"]));
        var receipt = (IReadOnlyDictionary<string, object?>)b.Metadata["imported_"]!;
        Assert.Equal("new", ((IReadOnlyDictionary<string, object?>)receipt["more"]!)["tool"]);
        Assert.Contains("imported 0 runs", _exprag.Import().Out, StringComparison.Ordinal);
    }

    [Fact]
    public void A_dry_run_tells_what_would_come_and_writes_nothing()
    {
        _exprag.Begin().Track("1");
        ToolResult result = _exprag.Import("--dry-run");
        Assert.Equal(0, result.Exit);
        Approved.Matches("exprag-dry-run", result.ToString());
        Assert.False(Directory.Exists(_exprag.Store));
    }

    [Fact]
    public void The_report_is_written_as_JSON()
    {
        _exprag.Begin().Track("1").Raw("ruin\n");
        Approved.Matches("exprag-json", _exprag.Import("--json").ToString());
    }

    [Fact]
    public void A_killed_import_leaves_nothing_half_and_the_next_one_completes_it()
    {
        for (int run = 1; run <= 300; run++)
        {
            _exprag.Begin(ExpragFixture.Uuid(run));
            for (int step = 0; step < 50; step++) _exprag.Track($$"""{"step":{{step}}}""", id: ExpragFixture.Uuid(run));
        }

        for (int kill = 0; kill < 4; kill++)
        {
            ImportProcess.KillAfter(_exprag.Store, 20 + (60 * kill), "import", "exprag", _exprag.Root, "--store", _exprag.Store);
            Assert.All(_exprag.Load(), run => Assert.Equal(50, run.Tracked.Count));
            Assert.Equal(0, Tool.Run("doctor", "--store", _exprag.Store).Exit);
        }

        Assert.InRange(_exprag.Load().Count, 20, 299);
        Assert.Equal(0, _exprag.Import().Exit);
        Results all = _exprag.Load();
        Assert.Equal(300, all.Count);
        Assert.All(all, run => Assert.Equal((50, 1), (run.Tracked.Count, run.Attempts)));
        Assert.Empty(Directory.EnumerateFiles(Path.Combine(_exprag.Store, "runs"), "*.importing"));
    }

    [Fact]
    public void A_run_of_many_megabytes_comes_over_through_a_file_that_nothing_leaves_behind()
    {
        string text = new('x', 1 << 20);
        _exprag.Begin();
        for (int i = 0; i < 10; i++) _exprag.Track($"\"{i}{text}\"");
        using (var target = new ImportTarget("exprag", _exprag.Root, new ImportOptions { Store = _exprag.Store }, default))
        using (var journal = new ImportJournal(target, "large"))
        {
            ImportedRun run = journal.Begin(new ForeignRun(1, "demo", "", new ImportReceipt("exprag", "1", "", null)), 1);
            for (int i = 0; i < 10; i++) Assert.Null(run.Write("track"u8, json => json.String(text), DateTimeOffset.UnixEpoch, default));
            Assert.InRange(journal.InMemory, 0, 5 << 20);
            Assert.Empty(Directory.GetFiles(_exprag.Store, "*.tmp", SearchOption.AllDirectories));
        }

        Assert.Equal(0, _exprag.Import().Exit);
        Assert.Equal(
            Enumerable.Range(0, 10).Select(i => $"{i}{text}"), Assert.Single(_exprag.Load()).Tracked.Select(t => t.Value.GetString()));
        Assert.Empty(Directory.GetFiles(_exprag.Store, "*.tmp", SearchOption.AllDirectories));
    }

    [Fact]
    public void An_import_that_fails_at_the_store_does_not_keep_the_next_one_out()
    {
        _exprag.Begin().Track("1");
        Assert.Equal(0, _exprag.Import().Exit);
        var storage = new FileStorage(_exprag.Store);
        using (CleaningLease.Take(storage, TimeProvider.System))
        {
            Assert.Throws<InvalidOperationException>(() => RunImport.FromExprag(_exprag.Root, options: new ImportOptions
            {
                Store = _exprag.Store,
                Notice = text => throw new InvalidOperationException(text),
            }));
        }

        Assert.Equal(0, _exprag.Import().Exit);
    }

    [Fact]
    public void The_runs_of_the_store_itself_are_left_alone()
    {
        using (
            Run run = Run.Start("mine", options: new TrackOptions { Store = _exprag.Store, Snapshot = SnapshotOptions.Off })) run.Track(1);
        RunRecord own = _exprag.Load()[0];
        File.Copy(own.Journal, _exprag.Path(own.Id));
        _exprag.Begin().Track("2");
        Assert.Equal(0, _exprag.Import().Exit);
        Assert.Equal([1, 1], _exprag.Load().Select(r => r.Attempts));
    }

    [Fact]
    public void Their_reader_finds_the_same_runs_in_the_store_as_in_the_source()
    {
        // The id without hyphens is the same number; records are those of the source.
        _exprag.Begin().Track(Values, "note").Track("[1,2]");
        _exprag.Import();
        static string[] Read(string root) =>
            [.. Directory.GetFiles(Path.Combine(root, "runs"), "*.jsonl").SelectMany(File.ReadLines).Select(l =>
        {
            using JsonDocument line = JsonDocument.Parse(l);
            JsonElement r = line.RootElement;
            return $"{r.GetProperty("run_id").GetString()!.Replace("-", "", StringComparison.Ordinal)} {r.GetProperty("kind")} "
                + $"{r.GetProperty("experiment_name")} {r.GetProperty("elapsed_ms")} " +
                   $"{(r.TryGetProperty("note", out JsonElement note) ? note : "")} "
                    + $"{(r.GetProperty("kind").GetString() == "track" ? r.GetProperty("value") : r.GetProperty("value").GetProperty("git"))
                        .GetRawText()}";
        })];
        Assert.Equal(Read(_exprag.Root), Read(_exprag.Store));
    }
}
