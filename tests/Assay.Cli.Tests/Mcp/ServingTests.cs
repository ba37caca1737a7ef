using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;

namespace Assay.Cli.Tests.Mcp;

/// <summary>A store that grows, vanishes or is full of large values while it is served.</summary>
public sealed class ServingTests
{
    [Fact]
    public async Task Each_answer_shows_the_store_as_it_is()
    {
        using StoreFixture store = SampleStore.Make();
        await using McpSession session = await McpSession.StartAsync(store.Path);
        Assert.Equal(5, await Total(session));
        store.Journal("20260105-000000-late-0004", "late").At(90_000).Session().Begin(6).End(6);
        Assert.Equal(6, await Total(session));
        Assert.Equal(StoreFixture.Id(6), (await session.AskAsync("get_run", new { run = "latest" }))["run_id"]!.GetValue<string>());
        string away = store.Path + "-away";
        Directory.Move(store.Path, away);
        Assert.Equal(
            $"there is no store at '{store.Path}': expected a folder with a store.json in it. Correct the path, or run an experiment "
                + $"with this store to create it.",
            await session.RefusedAsync("list_runs"));
        Directory.Move(away, store.Path);
        Assert.Equal(6, await Total(session));
    }

    [Fact]
    public async Task A_server_may_be_started_before_there_is_a_store()
    {
        using var folder = new TempFolder();
        await using McpSession session = await McpSession.StartAsync(folder.File(".assay"));
        Assert.Contains("there is no store at", await session.RefusedAsync("list_runs"), StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFileSystemEntries(folder.Path));
        using StoreFixture store = SampleStore.Make();
        Directory.Move(store.Path, folder.File(".assay"));
        Assert.Equal(5, await Total(session));
        Directory.Move(folder.File(".assay"), store.Path);
    }

    [Fact]
    public async Task Pages_give_every_run_once_also_while_runs_are_added()
    {
        (StoreFixture store, IReadOnlyList<TrackedFact> facts) = TrackedStore.Make(40, TimeSpan.FromHours(1));
        using (store)
        {
            await using McpSession session = await McpSession.StartAsync(store.Path);
            int added = 900;
            foreach (object arguments in (object[])[
                new { limit = 7 }, new { limit = 7, sort = new[] { "metrics.acc:desc" } },
                new { limit = 7, where = "hparams.batch_size >= 32", oldest_first = true }])
            {
                JsonObject given = System.Text.Json.JsonSerializer.SerializeToNode(arguments)!.AsObject();
                var seen = new List<string>();
                int pages = 0;
                string? cursor;
                do
                {
                    JsonObject page = await session.AskAsync("list_runs", given);
                    seen.AddRange(page["runs"]!.AsArray().Select(r => r!["run_id"]!.GetValue<string>()));
                    cursor = page["next_cursor"]?.GetValue<string>();
                    Assert.Equal(
                        cursor is not null,
                        page["remarks"]!.AsArray().Any(r => r!.GetValue<string>().Contains("There is more", StringComparison.Ordinal)));
                    given["cursor"] = cursor;
                    // Newer than all others, and best of all.
                    pages++;
                    added++;
                    store.Journal($"new-{added}", "new").At(10_000_000 + added).Begin(added).Line(
                        added, "track", """{"metrics":{"acc":2},"hparams":{"batch_size":32}}""").End(added);
                }
                while (cursor is not null);
                Assert.True(pages > 2);
                IEnumerable<TrackedFact> asked = given.ContainsKey("where") ? facts.Where(f => f.BatchSize >= 32) : facts;
                Assert.Equal(seen.Count, seen.Distinct().Count());
                Assert.Empty(asked.Select(f => f.Id).Except(seen));
            }
        }
    }

    [Fact]
    public async Task A_cursor_belongs_to_its_question()
    {
        using StoreFixture store = SampleStore.Make();
        await using McpSession session = await McpSession.StartAsync(store.Path);
        string cursor = (await session.AskAsync("list_runs", new { limit = 2, where = "lr > 0" }))["next_cursor"]!.GetValue<string>();
        Assert.Equal(2, (await session.AskAsync("list_runs", new { limit = 50, where = "lr > 0", cursor }))["runs"]!.AsArray().Count);
        Assert.StartsWith(
            "the cursor belongs to a call with other arguments",
            await session.RefusedAsync("list_runs", new { limit = 2, where = "lr > 1", cursor }));
    }

    [Theory]
    [InlineData("list_experiments", "experiments", """{"limit":1}""", 2)]
    [InlineData("best_runs", "runs", """{"metric":"lr","any_status":true,"limit":1}""", 4)]
    [InlineData("best_runs", "groups", """{"metric":"lr","any_status":true,"by":["lr"],"limit":1}""", 3)]
    [InlineData("compare_runs", "rows", """{"runs":["latest","best:accuracy"],"all":true,"limit":5}""", 21)]
    [InlineData("list_paths", "paths", """{"limit":3}""", 10)]
    [InlineData("select_values", "values", """{"path":"lr","limit":3}""", 4)]
    [InlineData("select_values", "distinct", """{"path":"lr","distinct":true,"limit":2}""", 3)]
    [InlineData("get_metric_history", "points", """{"run":"best:accuracy","metric":"lr","every_point":true}""", 1)]
    public async Task The_pages_of_every_list_together_are_the_list(string tool, string list, string arguments, int count)
    {
        using StoreFixture store = SampleStore.Make();
        await using McpSession session = await McpSession.StartAsync(store.Path);
        JsonObject given = JsonNode.Parse(arguments)!.AsObject(), whole = JsonNode.Parse(arguments)!.AsObject();
        if (given.ContainsKey("limit")) whole["limit"] = 500;
        var elements = new List<string>();
        for (string? cursor = ""; cursor is not null; given["cursor"] = cursor)
        {
            JsonObject page = await session.AskAsync(tool, given);
            elements.AddRange(page[list]!.AsArray().Select(e => e!.ToJsonString()));
            cursor = page["next_cursor"]?.GetValue<string>();
        }

        Assert.Equal((await session.AskAsync(tool, whole))[list]!.AsArray().Select(e => e!.ToJsonString()), elements);
        Assert.Equal(count, elements.Count);
    }

    [Fact]
    public async Task Tables_come_in_pages_of_whole_rows()
    {
        (StoreFixture store, IReadOnlyList<TrackedFact> facts) = TrackedStore.Make(900, TimeSpan.FromMinutes(1));
        using (store)
        {
            await using McpSession session = await McpSession.StartAsync(store.Path);
            var ids = new List<string>();
            JsonObject given = new() { ["limit"] = 1000, ["columns"] = new JsonArray("run_id", "experiment", "status", "started_at") };
            for (string? cursor = ""; cursor is not null; given["cursor"] = cursor)
            {
                JsonObject page = await session.AskAsync("export_table", given);
                string text = page["text"]!.GetValue<string>();
                Assert.True(Encoding.UTF8.GetByteCount(text) <= 35_000);
                ids.AddRange(text.TrimEnd('\n').Split('\n').Skip(1).Select(row => row.Split(',')[0]));
                cursor = page["next_cursor"]?.GetValue<string>();
            }

            Assert.Equal(facts.Select(f => f.Id), ids);
        }
    }

    [Theory]
    [InlineData("csv")]
    [InlineData("ndjson")]
    [InlineData("json")]
    public async Task No_row_of_a_table_is_lost_between_pages_whatever_it_holds(string format)
    {
        using var store = new StoreFixture();
        var random = new SeededRandom(7);
        for (int i = 1; i <= 120; i++)
            store.Journal("a").Begin(i, $$"""
                {"text":"{{new string(random.Next(3) switch { 0 => 'x', 1 => 'ß', _ => ',' }, random.Next(1500))}}",
                "quotes":"{{string.Concat(Enumerable.Repeat("\\\"", random.Next(400)))}}"}
                """.OneLine()).End(i);
        await using McpSession session = await McpSession.StartAsync(store.Path);
        var rows = new List<string>();
        JsonObject given = new()
        {
            ["limit"] = 1000,
            ["format"] = format,
            ["columns"] = new JsonArray("run_id", "param_text", "param_quotes")
        };
        for (string? cursor = ""; cursor is not null; given["cursor"] = cursor)
        {
            JsonObject page = await session.AskAsync("export_table", given);
            Assert.True(Encoding.UTF8.GetByteCount(page.ToJsonString(JsonText.Options)) <= 40_000);
            string text = page["text"]!.GetValue<string>();
            string[] some = format == "json" ? [.. JsonNode.Parse(text)!.AsArray().Select(r => r!.ToJsonString())]
                : text.TrimEnd('\n').Split('\n');
            Assert.Equal(page["shown"]!.GetValue<int>() + (format == "csv" ? 1 : 0), some.Length);
            rows.AddRange(format == "csv" && rows.Count > 0 ? some[1..] : some);
            cursor = page["next_cursor"]?.GetValue<string>();
        }

        string whole = Store.Open(
            store.Path).LoadAll().ToTable().Select("run_id", "param_text", "param_quotes").ToText(TableFormats.FromName(format));
        Assert.Equal(
            format == "json" ? [.. JsonNode.Parse(whole)!.AsArray().Select(r => r!.ToJsonString())] : whole.TrimEnd('\n').Split('\n'),
            rows);
    }

    [Fact]
    public async Task A_long_history_is_thinned_and_keeps_what_stands_out()
    {
        using var store = new StoreFixture();
        const int Points = 20_000;
        string steps = string.Join(',', Enumerable.Range(0, Points)), times = string.Join(',', Enumerable.Repeat("0", Points));
        string values = string.Join(
            ',',
            Enumerable.Range(0, Points).Select(
                i =>
                    i switch
                    {
                        7_777 => "99.5",
                        12_345 => "\"NaN\"",
                        15_000 => "-42.5",
                        _ => (1.0 / (i + 1)).ToString("R", CultureInfo.InvariantCulture)
                    }));
        store.Journal("a").Begin(1).Line(1, "series", $$"""
            {"name":"loss","steps":[{{steps}}],"values":[{{values}}],"time_ms":[{{times}}]}
            """.OneLine()).End(1);
        await using McpSession session = await McpSession.StartAsync(store.Path);
        JsonObject answer = await session.AskAsync("get_metric_history", new { run = "latest", metric = "loss", max_points = 50 });
        long[] shown = [.. answer["points"]!.AsArray().Select(p => p!["step"]!.GetValue<long>())];
        Assert.InRange(shown.Length, 30, 50);
        Assert.Subset(shown.ToHashSet(), new HashSet<long> { 0, 7_777, 12_345, 15_000, Points - 1 });
        Assert.Equal(shown.Order(), shown);
        Assert.Equal(
            (Points, "99.5", "-42.5"),
            (answer["total"]!.GetValue<int>(), answer["range"]!["max"]!.ToJsonString(), answer["range"]!["min"]!.ToJsonString()));
        Assert.StartsWith($"Thinned: {shown.Length} of 20,000 points.", answer["remarks"]![0]!.GetValue<string>());
        JsonObject near = await session.AskAsync(
            "get_metric_history", new { run = "latest", metric = "loss", from_step = 7_776, to_step = 7_778 });
        Assert.Equal([7_776, 7_777, 7_778], near["points"]!.AsArray().Select(p => p!["step"]!.GetValue<long>()));
        JsonObject every = await session.AskAsync(
            "get_metric_history", new { run = "latest", metric = "loss", every_point = true, max_points = 1000 });
        Assert.NotNull(every["next_cursor"]);
        Assert.Contains(
            "None of the 20,000 points",
            (await session.AskAsync(
                "get_metric_history", new { run = "latest", metric = "loss", from_step = 30_000 }))["remarks"]![0]!.GetValue<string>(),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Large_values_are_cut_and_the_answer_says_where()
    {
        using var store = new StoreFixture();
        string text = new('ä', 300_000), many = string.Join(
            ',', Enumerable.Range(0, 2_000).Select(i => FormattableString.Invariant($"\"name{i}\":{i}")));
        store.Journal("a").Begin(1, parameters: $$"""
            {"lr":0.5,"text":"{{text}}","many":{ {{many}} },"list":[{{string.Join(',', Enumerable.Range(0, 50_000))}}]}
            """.OneLine()).End(1);
        for (int i = 2; i < 40; i++) store.Journal("b" + i).At(i).Begin(i, parameters: $$"""{"lr":0.5,"text":"{{text[..5000]}}"}""").End(i);
        await using McpSession session = await McpSession.StartAsync(store.Path);
        JsonObject run = await session.AskAsync("get_run", new { run = StoreFixture.Id(1) });
        Assert.InRange(Encoding.UTF8.GetByteCount(run.ToJsonString(JsonText.Options)), 10_000, 42_000);
        Assert.Equal("0.5", run["params"]!["lr"]!.ToJsonString());
        string said = run["remarks"]![0]!.GetValue<string>();
        Assert.All(
            (string[])[
                "params.text has ", " of 300,000 characters", "params.many has ", " of 2,000 names", "params.list has ",
                " of 50,000 elements", "list_paths"], part => Assert.Contains(part, said, StringComparison.Ordinal));
        JsonObject list = await session.AskAsync("list_runs", new { limit = 500 });
        Assert.InRange(Encoding.UTF8.GetByteCount(list.ToJsonString(JsonText.Options)), 10_000, 42_000);
        Assert.Equal(39, list["total"]!.GetValue<int>());
        Assert.True(list["shown"]!.GetValue<int>() is > 1 and < 39 && list["next_cursor"] is not null);
        Assert.Contains(
            "Take fewer columns", await session.RefusedAsync("export_table", new { where = "params.many.name1 = 1" }),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Damage_is_told_in_every_answer()
    {
        using StoreFixture store = SampleStore.Make();
        store.Journal("z").Raw("ruin\nmore ruin\n");
        await using McpSession session = await McpSession.StartAsync(store.Path);
        foreach ((string tool, object arguments) in (IEnumerable<(string, object)>)[
            ("list_runs", new { }), ("get_run", new { run = "latest" }), ("list_paths", new { }),
            ("export_table", new { columns = new[] { "run_id" } })])
            Assert.Contains(
                "2 damaged lines were skipped", (await session.AskAsync(tool, arguments))["remarks"]!.ToJsonString(),
                StringComparison.Ordinal);
    }

    [Fact]
    public async Task Many_questions_at_once_get_each_its_own_answer()
    {
        (StoreFixture store, IReadOnlyList<TrackedFact> facts) = TrackedStore.Make(60, TimeSpan.FromHours(1));
        using (store)
        {
            await using McpSession session = await McpSession.StartAsync(store.Path);
            JsonObject[] answers = await Task.WhenAll(facts.Select(f => session.AskAsync("get_run", new { run = f.Id })));
            Assert.Equal(facts.Select(f => f.Id), answers.Select(a => a["run_id"]!.GetValue<string>()));
        }
    }

    private static async Task<int> Total(McpSession session) => (await session.AskAsync("list_runs"))["total"]!.GetValue<int>();
}
