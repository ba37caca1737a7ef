using System.Numerics;
using System.Text.Json;

namespace Assay.Cli.Tests.Importing;

public sealed class MetalabImportTests : IDisposable
{
    private readonly MetalabFixture _metalab = MetalabFixture.Make();

    public void Dispose() => _metalab.Dispose();

    [Fact]
    public void Records_come_over_with_params_metrics_times_and_ends()
    {
        string before = ExpragFixture.Files(_metalab.Root);
        ToolResult result = _metalab.Import();
        Assert.True(result.Exit == 0, result.ToString());
        Assert.Equal(before, ExpragFixture.Files(_metalab.Root));
        Assert.Equal(4, _metalab.Load().Count);
        RunRecord one = _metalab.Load(MetalabFixture.One);
        Assert.Equal(("iris", "2", RunStatus.Success, MetalabFixture.One), (one.Experiment, one.Version, one.Status, one.Id[..16]));
        Assert.Equal(
            (0.01, 3L, "adam", "x"),
            (one.Params["lr"], one.Params["n"], ((IReadOnlyDictionary<string, object?>)one.Params["opt"]!)["name"], one.Params["s"]));
        Assert.True(one.Params.ContainsKey("z") && one.Params["z"] is null);
        Assert.Equal(
            [
                ("acc", 0.95), ("big", 9007199254740993L),
                ("bigger", BigInteger.Parse("123456789012345678901234567890", System.Globalization.CultureInfo.InvariantCulture)),
                ("best", double.PositiveInfinity), ("loss", double.NaN), ("ok", true), ("verdict", "größe 😀"), ("none", null),
                ("derived_final", 0.5), ("derived_acc", 1L)],
            one.Metrics.Select(m => (m.Key, m.Value)));
        // 03:04 in Berlin in winter.
        Assert.Equal(new DateTimeOffset(2026, 1, 2, 2, 4, 5, TimeSpan.Zero).AddTicks(1234560), one.StartedAt);
        Assert.Equal(1500, one.Duration!.Value.TotalMilliseconds);
        Assert.Equal((42L, 0), (one.Seed!.Base, one.Seed.Replicate));
        Assert.Equal(["flowers", "tuned"], one.Tags);
        Assert.Equal("Ada", one.Metadata["author"]);
        Assert.Equal(
            ("4037a23c0e062dc0", "c0c0c0c0c0c0c0c0", "c0dec0dec0dec0de", "00ccca107734f362"),
            (one.Fingerprints["params"], one.Fingerprints["context"], one.Fingerprints["code"], one.Fingerprints["seed"]));
        var imported = (IReadOnlyDictionary<string, object?>)one.Metadata["imported"]!;
        Assert.Equal(
            ("metalab", MetalabFixture.One, "iris:2", "2026-01-02T03:04:05.123456", "Europe/Berlin"),
            (imported["from"], imported["run_id"], imported["experiment_id"], imported["started_at"], imported["time_zone"]));
        Assert.Equal("thread", ((IReadOnlyDictionary<string, object?>)imported["provenance"]!)["executor_id"]);
        RunRecord two = _metalab.Load(MetalabFixture.Two);
        Assert.Equal(
            (RunStatus.Failed, "exception", "ValueError", "diverged", 1),
            (two.Status, two.Error!.Kind, two.Error.Type, two.Error.Message, two.Seed!.Replicate));
        Assert.StartsWith("Traceback (most recent call last):\n", two.Error.Stack);
        Assert.Equal(RunStatus.Interrupted, _metalab.Load(MetalabFixture.Three).Status);
        RunRecord pi = Assert.Single(_metalab.Load(), r => r.Experiment == "pi");
        Assert.Equal((RunStatus.Cancelled, 3.5, "1"), (pi.Status, pi.Metrics["pi"], pi.Version));
        Assert.NotEqual(one.Id, pi.Id);
        Assert.StartsWith(MetalabFixture.One, pi.Id);
    }

    [Fact]
    public void Artifacts_results_series_and_logs_come_over()
    {
        _metalab.Import();
        RunRecord one = _metalab.Load(MetalabFixture.One);
        Assert.Equal("{\n  \"a\": 1\n}", one.ArtifactText("summary"));
        Assert.Equal("bytes", one.ArtifactText("weights"));
        Assert.Equal("told of nowhere", one.ArtifactText("stray.txt"));
        Assert.Equal("free text\r\nof any form\n", one.ArtifactText("logs/stdout.log"));
        ArtifactInfo summary = one.Artifacts.Single(a => a.Name == "summary");
        Assert.Equal(("json", "json", "test"), (summary.Kind, summary.Format, summary.Metadata["split"]));
        Assert.Equal("a-1", ((IReadOnlyDictionary<string, object?>)summary.Metadata["metalab"]!)["artifact_id"]);
        Assert.Equal(
            ("file", "npz"), (one.Artifacts.Single(a => a.Name == "weights").Kind, one.Artifacts.Single(a => a.Name == "weights").Format));
        Assert.Equal(new long[,] { { 5, 1 }, { 0, 6 } }, one.Data<long[,]>("confusion"));
        Assert.Equal("{\"x\":\"NaN\"}", one.Data<JsonElement>("results/summary").GetRawText());
        Assert.Equal(["train/loss"], one.SeriesNames);
        Assert.Equal([(0L, 1.5), (1, double.NaN), (2, 9.0)], one.Series("train/loss").Select(p => (p.Step, p.Value)));
        // A series would round it.
        Assert.Equal("[[0,9007199254740993]]", one.Data<JsonElement>("exact").GetRawText());
        Assert.Equal(
            [
                ("information", "[metalab.run.771c07e0.thread:1] epoch 1\nsecond line", 0.876544),
                ("warning", "[metalab.run.771c07e0.thread:1] größe", 1.876544), ("note", "looks good", 1.5)],
            one.Log.Select(
                l => (
                    l.Level, l.Message,
                    l.Level == "note" ? l.Time.TotalSeconds : Math.Round(
                        (
                            new DateTimeOffset(
                                2026, 1, 2, 2, 4, l.Message.Contains("epoch", StringComparison.Ordinal) ? 6 : 7,
                                TimeSpan.Zero) - one.StartedAt).TotalSeconds,
                        6))));
        Assert.Equal(0, Tool.Run("doctor", "--store", _metalab.Store).Exit);
    }

    [Fact]
    public void What_is_common_to_the_runs_stands_at_the_top_of_their_journal()
    {
        _metalab.Import();
        RunRecord one = _metalab.Load(MetalabFixture.One);
        using JsonDocument first = JsonDocument.Parse(File.ReadLines(one.Journal).First());
        JsonElement value = first.RootElement.GetProperty("value"), imported = value.GetProperty("imported");
        Assert.Equal(
            ("flowers", "2", 2),
            (
                value.GetProperty("description").GetString(), value.GetProperty("version").GetString(),
                imported.GetProperty("manifests").GetArrayLength()));
        Assert.Equal("lab:train", imported.GetProperty("manifests")[1].GetProperty("operation").GetProperty("ref").GetString());
        Assert.False(imported.GetProperty("manifests")[1].TryGetProperty("run_ids", out _));
        Assert.Equal("aa", imported.GetProperty("context_manifest").GetProperty("resolved_fields").GetProperty("context.data")
                .GetProperty("hash").GetString());
        Assert.Contains(
            one.Id[..8], Tool.Run("ls", "iris", "--where", "lr = 0.01 and acc > 0.9", "--store", _metalab.Store).Out,
            StringComparison.Ordinal);
        Assert.Equal(0, Tool.Run("why", one.Id, "--store", _metalab.Store).Exit);
        Assert.Contains("42", Tool.Run("show", one.Id, "--store", _metalab.Store).Out, StringComparison.Ordinal);
    }

    [Fact]
    public void Links_and_pipes_are_not_followed_and_listed()
    {
        if (!OperatingSystem.IsLinux()) return;
        string artifacts = _metalab.File("artifacts", MetalabFixture.One), outside = Path.Combine(_metalab.Root, "..", "outside.txt");
        File.WriteAllText(outside, "never read");
        File.CreateSymbolicLink(Path.Combine(artifacts, "a"), ".");
        File.CreateSymbolicLink(Path.Combine(artifacts, "b"), ".");
        File.CreateSymbolicLink(Path.Combine(artifacts, "key.txt"), outside);
        File.CreateSymbolicLink(_metalab.File("logs", MetalabFixture.Two + "_run.log"), "/dev/zero");
        System.Diagnostics.Process.Start("mkfifo", Path.Combine(artifacts, "pipe")).WaitForExit();
        ToolResult result = _metalab.Import();
        Assert.Equal(1, result.Exit);
        Assert.All((string[])["/a", "/b", "/key.txt", "/pipe", "_run.log"], name => Assert.Contains(name, result.Out));
        Assert.Equal(5, result.Out.Split("expected a file or folder of the store's own").Length - 1);
        Assert.DoesNotContain(
            "never read", string.Concat(Directory.GetFiles(_metalab.Store, "*", SearchOption.AllDirectories).Select(File.ReadAllText)));
    }

    [Fact]
    public void What_does_not_come_over_is_listed()
    {
        _metalab.Write("runs/torn.json", "{\"run_id\": \"to");
        _metalab.Write("runs/aaaaaaaaaaaaaaaa.json", """{"run_id": "bbbbbbbbbbbbbbbb", "experiment_id": "iris:2"}""");
        _metalab.Write(
            "runs/cccccccccccccccc.json",
            """
            {"run_id": "cccccccccccccccc", "experiment_id": "iris:2", "status": "paused", "started_at": "yesterday", "metrics": {"m": 1}}
            """);
        _metalab.Write("runs/list.txt", "");
        _metalab.Write("artifacts/dddddddddddddddd/x.bin", "x");
        _metalab.Write("derived/dddddddddddddddd.json", "{}");
        _metalab.Write("logs/dddddddddddddddd_run.log", "");
        _metalab.Write("slurm_logs/1_2.out", "");
        _metalab.Write("manifest.json", "{}");
        _metalab.Write($"artifacts/{MetalabFixture.One}/summary.json", "another length");
        _metalab.Write($"artifacts/{MetalabFixture.One}/_manifest.json", """
            {"artifacts": [{"name": "gone", "kind": "json", "uri": "../../../../secret.json"}, {"kind": "json"}]}
            """.OneLine());
        _metalab.Write("../../secret.json", "never read");
        _metalab.Write($"results/{MetalabFixture.One}/odd.json", "[]");
        ToolResult result = _metalab.Import();
        Assert.Equal(1, result.Exit);
        Approved.Matches("metalab-left", result.ToString());
        Assert.Equal(5, _metalab.Load().Count);
        Assert.Equal("{\"m\":1}", _metalab.Load("cccc").Data<JsonElement>("metrics").GetRawText());
        Assert.Equal(0, Tool.Run("doctor", "--store", _metalab.Store).Exit);
    }

    [Fact]
    public void Importing_again_adds_nothing_and_a_run_done_again_is_its_next_attempt()
    {
        _metalab.Import();
        string before = ExpragFixture.Files(Path.Combine(_metalab.Store, "runs"));
        Assert.Contains("4 runs were there already", _metalab.Import().Out, StringComparison.Ordinal);
        Assert.Equal(before, ExpragFixture.Files(Path.Combine(_metalab.Store, "runs")));
        _metalab.Record(MetalabFixture.Three, "success", """{"acc": 0.5}""", replicate: 2, hour: 7);
        for (int i = 0; i < 2; i++) Assert.Equal(0, _metalab.Import().Exit);
        RunRecord three = _metalab.Load(MetalabFixture.Three);
        Assert.Equal((RunStatus.Success, 2, 0.5), (three.Status, three.Attempts, three.Metrics["acc"]));
        _metalab.Record(MetalabFixture.Three, "running", "{}", replicate: 2, hour: 8);
        for (int i = 0; i < 2; i++) Assert.Equal(0, _metalab.Import().Exit);
        Assert.Equal((RunStatus.Success, 3), (_metalab.Load(MetalabFixture.Three).Status, _metalab.Load(MetalabFixture.Three).Attempts));
    }

    [Fact]
    public void One_experiments_folder_can_be_imported_by_itself()
    {
        Assert.Equal(0, Tool.Run("import", "metalab", _metalab.File(), "--store", _metalab.Store).Exit);
        Assert.Equal(3, _metalab.Load().Count);
        Assert.Equal(0, _metalab.Import().Exit);
        Assert.Equal(4, _metalab.Load().Count);
    }

    [Fact]
    public void A_dry_run_tells_what_would_come_and_writes_nothing()
    {
        ToolResult result = _metalab.Import("--dry-run");
        Approved.Matches("metalab-dry-run", result.ToString());
        Assert.False(Directory.Exists(_metalab.Store));
    }

    [Fact]
    public void A_killed_import_is_completed_by_the_next_without_a_run_twice()
    {
        for (int i = 0; i < 2500; i++) _metalab.Record($"{i:x16}", "success", $$"""{"i": {{i}}}""");
        ImportProcess.KillAfter(
            _metalab.Store, 1, "import", "metalab", _metalab.Root, "--store", _metalab.Store, "--time-zone", "Europe/Berlin");
        Assert.InRange(_metalab.Load().Count, 1000, 2504);
        Assert.Equal(0, _metalab.Import().Exit);
        Results all = _metalab.Load();
        Assert.Equal(2504, all.Count);
        Assert.All(all, r => Assert.Equal(1, r.Attempts));
        Assert.Empty(Directory.EnumerateFiles(Path.Combine(_metalab.Store, "runs"), "*.importing"));
        Assert.Equal(0, Tool.Run("doctor", "--store", _metalab.Store).Exit);
    }

    [Fact]
    public void Times_where_the_clocks_were_changed_are_pointed_out()
    {
        _metalab.Write(
            "runs/eeeeeeeeeeeeeeee.json",
            """
            {"run_id": "eeeeeeeeeeeeeeee", "experiment_id": "iris:2", "status": "success", "started_at": "2025-10-26T02:30:00",
             "finished_at": "2025-10-26T02:45:00+01:00", "metrics": {}}
            """);
        Assert.Contains("1 times lie where the clocks of Europe/Berlin were changed", _metalab.Import().Out, StringComparison.Ordinal);
    }
}
