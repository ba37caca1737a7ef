namespace Assay.Cli.Tests;

public sealed class ExportTests
{
    [Fact]
    public void Runs_are_saved_with_the_columns_of_every_run()
    {
        using StoreFixture store = SampleStore.Make();
        ToolResult result = store.Run("export", "--output", store.File("out", "runs.csv"));
        Assert.Equal(new ToolResult(0, "wrote 5 rows of 24 columns to STORE/out/runs.csv\n", ""), result);
        Approved.Matches("export", File.ReadAllText(store.File("out", "runs.csv")));
    }

    [Fact]
    public void Tracked_runs_have_their_metadata_and_last_tracked_values_under_the_names_that_questions_take()
    {
        (StoreFixture store, IReadOnlyList<TrackedFact> facts) = TrackedStore.Make(12, TimeSpan.FromDays(2));
        using (store)
        {
            Assert.Equal(0, store.Run("export", "--output", store.File("runs.csv")).Exit);
            Table table = Table.Load(store.File("runs.csv"));
            string[] names = ["metadata.hparams.learning_rate", "metadata.hparams.batch_size", "step", "metrics.loss", "metrics.acc"];
            Assert.Equal(names, table.Columns.Select(c => c.Name).Where(n => names.Contains(n)));
            Assert.Equal(
                facts.Select(f => (f.Id, f.LearningRate, (long)f.BatchSize, 4L, f.LastLoss, f.LastAccuracy)),
                table.Rows.Select(
                    r =>
                        ((string)r["run_id"]!, (
                            double)r[names[0]]!, (long)r[names[1]]!, (long)r[names[2]]!, (double)r[names[3]]!, (double)r[names[4]]!)));
            Assert.Contains(
                Words.Value(facts[^1].LastAccuracy), store.Run("ls", "--columns", string.Join(',', names)).Out, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Odd_values_of_tracked_runs_are_exported_as_columns_of_that_name_show_them()
    {
        using var store = new StoreFixture();
        string id = StoreFixture.Id(1);
        string Line(string kind, string value) =>
            $$"""
                {"schema_version":1,"assay_version":"0.1.0","run_id":"{{id}}","experiment_name":"odd","kind":"{{kind}}",
                "value":{{value}},"created_at":"2026-01-02T03:04:05+00:00","elapsed_ms":5}
                """.OneLine() + "\n";
        File.WriteAllText(store.File("runs", id + ".jsonl"), string.Concat(
            Line("run_start", """{"attempt":1,"params":{"lr":0.5},"metadata":{"a b":{"c":1},"layers":[1,2],"none":{}}}"""),
            Line("track", """
                {"acc":1,"attempt":7,"status":"odd","list":[1,2],"late":true,"x":{"y":1}}
                """.OneLine()), Line("track", """{"acc":"NaN","a.b":2,"x":3}"""), Line("track", "0.25"),
            Line("run_end", """{"status":"success","attempt":1,"duration_ms":1,"metrics":{"acc":0.75},"error":null}""")));
        store.Journal("z").At(100).Session().Begin(2).Line(2, "track", """{"never":1}""").End(2);
        Table table = Store.Open(store.Path).LoadAll().ToTable(new() { Tracked = true });
        (string Name, object? Value)[] expected =
        [
            ("param_lr", 0.5), ("acc", 0.75), (
                "metadata[\"a b\"].c",
                1L), (
                    "tracked.acc", double.NaN), ("tracked.attempt", 7L), ("tracked.status", "odd"), ("late", true), ("x.y", 1L), ("x", 3L),
            ("tracked[\"a.b\"]", 2L), ("tracked", 0.25),
        ];
        Assert.All(expected, e => Assert.Equal((e.Name, e.Value), (e.Name, table[e.Name][0])));
        Assert.Equal(("[1,2]", "{}"), ($"{table["metadata.layers"][0]}", $"{table["metadata.none"][0]}"));
        Assert.False(table.Contains("list") || table.Contains("list[]") || table.Contains("never"));
        Assert.Null(table["late"][1]);
        foreach ((string name, object? value) in expected.Where(e => e.Name is not ("param_lr" or "acc")))
            Assert.Contains(
                $"{Words.Value(value)}", store.Run("ls", "odd", "--columns", name).Out.Split('\n')[1], StringComparison.Ordinal);
    }

    [Fact]
    public void Twenty_thousand_paths_that_were_tracked_once_each_stand_each_in_a_column()
    {
        const int Paths = 20_000;
        using var store = new StoreFixture();
        using (Run run = Run.Start("wide", options: new TrackOptions { Store = store.Path, Snapshot = SnapshotOptions.Off }))
        {
            for (int i = 0; i < Paths; i++) run.Track(new Dictionary<string, object> { [$"epoch{i}"] = new { loss = i } });
        }

        Table table = Store.Open(store.Path).LoadAll().ToTable(new() { Tracked = true });
        string[] columns = [.. Enumerable.Range(0, Paths).Select(i => $"epoch{i}.loss")];
        Assert.Equal(columns, table.Columns.Select(c => c.Name).SkipWhile(n => n != columns[0]));
        Assert.All(columns.Index(), c => Assert.Equal((long)c.Index, table[c.Item][0]));
    }

    [Fact]
    public void Paths_that_differ_by_casing_and_values_that_give_way_to_others_are_exported_as_columns_of_that_name_show_them()
    {
        using var store = new StoreFixture();
        using (Run run = Run.Start("odd", options: new TrackOptions { Store = store.Path, Snapshot = SnapshotOptions.Off }))
        {
            run.Track(new Dictionary<string, object> { ["Acc"] = 1, ["acc"] = 2, ["Loss"] = 3, ["x"] = 4, ["y"] = new { z = 5 } });
            run.Track(new Dictionary<string, object> { ["loss"] = 6, ["x"] = new { z = 7 }, ["y"] = 8 });
        }

        Table table = Store.Open(store.Path).LoadAll().ToTable(new() { Tracked = true });
        (string Name, object Value)[] expected = [
            ("Acc", 1L), ("acc", 2L), ("Loss", 6L), ("loss", 6L), ("x.z", 7L), ("y", 8L), ("y.z", 5L)];
        Assert.All(expected, e => Assert.Equal((e.Name, e.Value), (e.Name, table[e.Name][0])));
        Assert.Equal("""{"z":7}""", $"{table["x"][0]}");
        foreach ((string name, object value) in expected) Assert.Contains(
            $"{Words.Value(value)}", store.Run("ls", "odd", "--columns", name).Out.Split('\n')[1], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("runs.json")]
    [InlineData("runs.ndjson")]
    [InlineData("runs.tsv")]
    public void The_extension_names_the_format(string file)
    {
        using StoreFixture store = SampleStore.Make();
        Assert.Equal(0, store.Run("export", "iris", "-o", store.File(file)).Exit);
        Assert.Equal(4, Table.Load(store.File(file)).RowCount);
    }

    private static string Rows => $"lr,hidden,replicate,status,fold,accuracy,run_id\n0.1,8,0,success,1,0.9,{StoreFixture.Id(1)}\n";

    [Fact]
    public void Output_rows_are_saved_on_request()
    {
        using StoreFixture store = SampleStore.Make();
        Assert.Equal(0, store.Run("export", "--rows", "--output", store.File("rows.csv"), "--json").Exit);
        Assert.Equal(Rows, File.ReadAllText(store.File("rows.csv")));
    }

    [Fact]
    public void The_runs_that_ls_lists_under_a_filter_are_the_rows_and_columns_are_chosen_by_name()
    {
        using StoreFixture store = SampleStore.Make();
        store.Run("tag", StoreFixture.Id(1), "+good");
        foreach (string[] filter in (string[][])[
            ["--where", "accuracy >= 0.9"], ["--status", "failed"], ["--since", "2026-01-02"], ["--until", "2026-01-03"],
            ["--tag", "good"], ["iris", "--status", "success", "--where", "lr < 1"]])
        {
            string[] listed = [.. store.Run(["ls", "--all", "--json", "--earlier", .. filter]).Out.Split('\n')
                .Where(l => l.Contains("\"run_id\"", StringComparison.Ordinal)).Select(l => l.Split('"')[3]).Order()];
            store.Run(["export", "-o", store.File("x.csv"), "--columns", "status,run_id", "--earlier", .. filter]);
            Table table = Table.Load(store.File("x.csv"));
            Assert.Equal(["status", "run_id"], table.Columns.Select(c => c.Name));
            Assert.Equal(listed, table.Rows.Select(r => (string)r["run_id"]!).Order());
            Assert.InRange(listed.Length, 1, 5);
        }

        ToolResult none = store.Run("export", "-o", store.File("none.csv"), "--where", "accuracy > 2");
        Assert.Equal((1, "no runs, so nothing was written\n"), (none.Exit, none.Out));
        ToolResult unknown = store.Run("export", "-o", store.File("none.csv"), "--columns", "acuracy");
        Assert.Equal(2, unknown.Exit);
        Assert.Contains("'acuracy'", unknown.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(store.File("none.csv")));
    }

    [Fact]
    public void A_dash_is_standard_output_in_the_named_format()
    {
        using StoreFixture store = SampleStore.Make();
        Assert.Equal(
            new ToolResult(0, Rows.Replace(',', '\t'), ""),
            store.Run("export", "--rows", "--output", "-", "--format", "tsv"));
    }

    [Theory]
    [InlineData("--output is '-', standard output, which has no extension; name the format too")]
    [InlineData("--json and --output - would both write to standard output", "--format", "csv", "--json")]
    [InlineData("parquet is a binary format; write it to a stream or a file", "--format", "parquet")]
    [InlineData("'cvs' is no known table format; use one of csv", "--format", "cvs")]
    public void What_cannot_go_to_standard_output_is_refused(string message, params string[] arguments)
    {
        using StoreFixture store = SampleStore.Make();
        ToolResult result = store.Run(["export", "--output", "-", .. arguments]);
        Assert.Equal((2, ""), (result.Exit, result.Out));
        Assert.Contains(message, result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_named_format_beats_the_extension()
    {
        using StoreFixture store = SampleStore.Make();
        Assert.Equal(0, store.Run("export", "--rows", "--output", store.File("rows.txt"), "--format", "csv").Exit);
        Assert.Equal(Rows, File.ReadAllText(store.File("rows.txt")));
    }

    [Fact]
    public void An_unknown_extension_is_refused_before_the_store_is_looked_for()
    {
        ToolResult result = Tool.Run("export", "--output", "runs.xyz", "--store", "/no/such/store");
        Assert.Equal(2, result.Exit);
        Assert.StartsWith("assay: '.xyz' of 'runs.xyz' is no known table format; known are .csv", result.Error);
    }

    [Fact]
    public void A_folder_that_is_missing_is_made()
    {
        using StoreFixture store = SampleStore.Make();
        string path = store.File("not", "there", "runs.csv");
        Assert.Equal(0, store.Run("export", "iris", "-o", path).Exit);
        Assert.Equal(5, File.ReadAllLines(path).Length);
    }

    [Fact]
    public void A_metric_named_as_another_column_says_what_it_is()
    {
        using var store = new StoreFixture();
        store.Journal("a").Session().Begin(1, """{"size":8}""").End(1, metrics: """{"size":1.5,"param_size":2.5,"status":3.5}""");
        Table table = Store.Open(store.Path).LoadAll().ToTable();
        Assert.Equal(
            (8L, 1.5, 2.5, 3.5, "success"),
            (table["param_size"][0], table["size"][0], table["metric_param_size"][0], table["metric_status"][0], table["status"][0]));
        Assert.Contains(
            "'param_size', 'size' fit 'Size' equally well", Assert.Throws<TableException>(() => table.As<Sized>()).Message,
            StringComparison.Ordinal);
    }

    private sealed record Sized(int Size);

    [Fact]
    public void Nothing_to_save_writes_no_file()
    {
        using StoreFixture store = SampleStore.Make();
        Assert.Equal(
            (1, "none of 1 run recorded rows, so nothing was written\n"),
            (store.Run("export", "pi", "--rows", "-o", store.File("x.csv")) is var r ? (r.Exit, r.Out) : default));
        Assert.False(File.Exists(store.File("x.csv")));
    }

    [Fact]
    public void A_place_that_cannot_be_written_is_bad_input()
    {
        using StoreFixture store = SampleStore.Make();
        File.WriteAllText(store.File("file"), "");
        ToolResult result = store.Run("export", "-o", store.File("file", "x.csv"));
        Assert.Equal(2, result.Exit);
        Assert.Contains("cannot be written", result.Error, StringComparison.Ordinal);
    }
}
