using System.Runtime.Versioning;
using System.Text.Json.Nodes;
using Assay.Cli.Tests.Code;
using ModelContextProtocol.Client;

namespace Assay.Cli.Tests.Mcp;

/// <summary>Every tool there is, also those that write, on a store in a real repository.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class AllToolsTests : IDisposable
{
    private readonly CodeStore _store = new();

    public AllToolsTests()
    {
        _store.Record();
        _store.Repository.Write("src/model.py", "print(2)\n");
        _store.Record();
        _store.Repository.Write("src/model.py", "print(3)\n");
    }

    /// <summary>A call of each that succeeds.</summary>
    private static Dictionary<string, object> Calls => new(StringComparer.Ordinal)
    {
        ["list_experiments"] = new { },
        ["list_runs"] = new { where = "accuracy > 0.4", columns = new[] { "commit" } },
        ["get_run"] = new { run = "latest" },
        ["best_runs"] = new { metric = "accuracy", minimize = true },
        ["run_stats"] = new { by = new[] { "branch" } },
        ["compare_runs"] = new { runs = new[] { "latest~1", "latest" } },
        ["compare_settings"] = new { metric = "accuracy", between = "id" },
        ["parameter_importance"] = new { metric = "accuracy", @params = new[] { "id" }, where = "accuracy is not missing" },
        ["plan_replicates"] = new { std = 0.05, replicates = 5 },
        ["plot_metric"] = new { metric = "accuracy", x = "branch" },
        ["report_results"] = new { },
        ["get_metric_history"] = new { run = "latest", metric = "accuracy" },
        ["get_series"] = new { metric = "curve" },
        ["get_artifact"] = new { run = CodeStore.Id(9), name = "weights" },
        ["list_paths"] = new { contains = "acc" },
        ["select_values"] = new { path = "commit", run = "best:accuracy" },
        ["explain_run"] = new { run = "latest", other = "latest~1" },
        ["diff_code"] = new { from = "latest~1", to = "latest" },
        ["export_table"] = new { format = "markdown" },
        ["add_note"] = new { run = CodeStore.Id(1), text = "as in the paper" },
        ["tag_run"] = new { run = CodeStore.Id(1), add = new[] { "paper" } },
        ["checkout_code"] = new { run = CodeStore.Id(1) },
        ["remove_runs"] = new { runs = new[] { CodeStore.Id(1) } },
    };

    public void Dispose() => _store.Dispose();

    [Fact]
    public async Task Every_tool_that_is_offered_is_called_and_answers()
    {
        new JournalFixture(Path.Combine(_store.Path, "runs", "a.jsonl"), "training", "").Session().Begin(9)
            .Line(9, "series", """{"name":"curve","steps":[1,2],"values":[0.5,0.25],"time_ms":[1,2]}""")
            .Line(9, "artifact", """{"name":"weights","kind":"data","format":"json","size":5,"data":[1,2]}""").End(9, metrics: "{}");
        await using McpSession session = await StartAsync("--allow-writes");
        Assert.Equal(
            (await session.Client.ListToolsAsync()).Select(t => t.Name).Order(StringComparer.Ordinal),
            Calls.Keys.Order(StringComparer.Ordinal));
        foreach ((string tool, object arguments) in Calls) Assert.Equal(
            _store.Path, (await session.AskAsync(tool, arguments))["store"]!.GetValue<string>());
    }

    [Fact]
    public async Task Tools_that_write_are_there_only_when_they_are_allowed_and_say_that_they_write()
    {
        await using McpSession reader = await StartAsync(), writer = await StartAsync("--allow-writes");
        string[] all = [.. (await writer.Client.ListToolsAsync()).Select(t => t.Name)];
        McpClientTool[] writing = [.. (await writer.Client.ListToolsAsync()).Where(t => t.ProtocolTool.Annotations!.ReadOnlyHint is false)];
        Assert.Equal(all.Except(writing.Select(t => t.Name)), (await reader.Client.ListToolsAsync()).Select(t => t.Name));
        Assert.Equal(
            ["checkout_code", "remove_runs"], writing.Where(t => t.ProtocolTool.Annotations!.DestructiveHint is true).Select(t => t.Name));
        Exception fault = await Assert.ThrowsAsync<ModelContextProtocol.McpProtocolException>(
            () => reader.CallAsync("checkout_code", new { run = "latest" }));
        Assert.Contains("Tools that write are there only with --allow-writes.", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_difference_of_code_is_what_the_command_says_and_changes_nothing()
    {
        string before = _store.Untouchables();
        await using McpSession session = await StartAsync();
        foreach ((object arguments, string[] command) in (IEnumerable<(object, string[])>)
        [
            (new { from = "latest~1", to = "latest" }, ["diff", "latest~1", "latest"]),
            (new { from = "latest" }, ["diff", "latest"]),
            (new { from = "latest", paths = new[] { "src" }, only_files = true }, ["diff", "latest", "--names", "--", "src"]),
        ])
        {
            JsonObject answer = await session.AskAsync("diff_code", arguments);
            answer.Remove("remarks");
            Assert.Equal(JsonNode.Parse(_store.Run([command[0], "--json", .. command[1..]]).Out)!.ToJsonString(), answer.ToJsonString());
        }

        Assert.Contains(
            "is in the code of neither side",
            await session.RefusedAsync("diff_code", new { from = "latest", paths = new[] { "nothing.py" } }), StringComparison.Ordinal);
        Assert.Contains(
            "outside", await session.RefusedAsync("diff_code", new { from = "latest", paths = new[] { "../../etc/passwd" } }),
            StringComparison.Ordinal);
        Assert.Equal(before, _store.Untouchables());
    }

    [Fact]
    public async Task A_long_patch_is_cut_and_the_answer_says_how_to_get_the_rest()
    {
        _store.Repository.Write("long.txt", string.Concat(Enumerable.Range(0, 9000).Select(i => $"line {i}\n")));
        for (int i = 0; i < 120; i++) _store.Repository.Write($"many/file{i:000}.txt", $"{i}\n");
        _store.Record();
        await using McpSession session = await StartAsync();
        JsonObject brief = await session.AskAsync(
            "diff_code", new { from = CodeStore.Id(1), to = CodeStore.Id(3), paths = new[] { "long.txt" } });
        Assert.Equal(("", 88_890), (brief["patch"]!.GetValue<string>(), brief["files"]![0]!["omitted_bytes"]!.GetValue<long>()));
        Assert.Contains("full gives them", brief["remarks"]!.ToJsonString(JsonText.Options), StringComparison.Ordinal);
        JsonObject answer = await session.AskAsync("diff_code", new { from = CodeStore.Id(1), to = CodeStore.Id(3), full = true });
        Assert.True(answer["patch_truncated"]!.GetValue<bool>());
        Assert.InRange(System.Text.Encoding.UTF8.GetByteCount(answer.ToJsonString(JsonText.Options)), 20_000, 45_000);
        string remarks = answer["remarks"]!.ToJsonString(JsonText.Options);
        Assert.All(
            (string[])["only its beginning is given", "100 of 122 files are listed", "paths"],
            part => Assert.Contains(part, remarks, StringComparison.Ordinal));
        JsonObject one = await session.AskAsync(
            "diff_code", new { from = CodeStore.Id(1), to = CodeStore.Id(3), paths = new[] { "many/file007.txt" } });
        Assert.Contains("+7\n", one["patch"]!.GetValue<string>(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Notes_tags_and_removals_are_seen_by_whoever_asks_next()
    {
        string journals = Journals();
        await using McpSession session = await StartAsync("--allow-writes");
        await session.AskAsync("add_note", new { run = "latest", text = "odd \"quotes\"\nand lines" });
        JsonObject tagged = await session.AskAsync("tag_run", new { run = "latest", add = new[] { "good", "-odd" } });
        Assert.Equal(["good", "-odd"], tagged["tags"]!.AsArray().Select(t => t!.GetValue<string>()));
        await session.AskAsync("tag_run", new { run = "latest", remove = new[] { "-odd" } });
        JsonObject run = await session.AskAsync("get_run", new { run = "latest" });
        Assert.Equal(["good"], run["tags"]!.AsArray().Select(t => t!.GetValue<string>()));
        Assert.Contains(
            "odd \"quotes\"\nand lines",
            run.ToJsonString(
                JsonText.Options).Replace("\\\"", "\"", StringComparison.Ordinal).Replace("\\n", "\n", StringComparison.Ordinal),
            StringComparison.Ordinal);
        Assert.Equal(1, (await session.AskAsync("list_runs", new { tags = new[] { "good" } }))["total"]!.GetValue<int>());
        await session.AskAsync("remove_runs", new { runs = new[] { CodeStore.Id(2)[..8] } });
        Assert.Equal(
            [CodeStore.Id(1)], (await session.AskAsync("list_runs"))["runs"]!.AsArray().Select(r => r!["run_id"]!.GetValue<string>()));
        Assert.Equal(journals, Journals());
        Assert.Equal(0, _store.Run("rm", "--undo", CodeStore.Id(2)).Exit);
        Assert.Equal(2, (await session.AskAsync("list_runs"))["total"]!.GetValue<int>());
    }

    [Theory]
    [InlineData("remove_runs", """{"runs":["latest"]}""", "'latest' is no run_id; expected at least 8 of its 32 hexadecimal digits.")]
    [InlineData("remove_runs", """{"runs":["0000000000"]}""", "no run has an id that starts with '0000000000'")]
    [InlineData("tag_run", """{"run":"latest"}""", "neither add nor remove is given")]
    [InlineData("tag_run", """{"run":"latest","add":["x"],"remove":["x"]}""", "x")]
    [InlineData("add_note", """{"run":"latest","text":" "}""", "text is \" \"; expected a text of 1 to 10000 characters.")]
    public async Task What_cannot_be_written_is_refused_and_changes_nothing(string tool, string arguments, string message)
    {
        await using McpSession session = await StartAsync("--allow-writes");
        Assert.Contains(message, await session.RefusedAsync(tool, JsonNode.Parse(arguments)!.AsObject()), StringComparison.Ordinal);
        Assert.False(Directory.Exists(Path.Combine(_store.Path, "annotations")));
        Assert.Equal(2, (await session.AskAsync("list_runs"))["total"]!.GetValue<int>());
    }

    [Fact]
    public async Task Code_is_restored_beside_the_store_and_nowhere_else()
    {
        string before = _store.Untouchables();
        await using McpSession session = await StartAsync("--allow-writes");
        JsonObject answer = await session.AskAsync("checkout_code", new { run = "latest" });
        Assert.Equal(_store.Checkout(2), answer["path"]!.GetValue<string>());
        Assert.Equal("print(2)\n", File.ReadAllText(Path.Combine(_store.Checkout(2), "src", "model.py")));
        Assert.False(answer["existed"]!.GetValue<bool>());
        Assert.True((await session.AskAsync("checkout_code", new { run = "latest" }))["existed"]!.GetValue<bool>());
        Assert.Contains(
            "'path' is no argument of checkout_code",
            await session.RefusedAsync("checkout_code", new { run = "latest", path = "/tmp/elsewhere" }), StringComparison.Ordinal);
        Assert.Equal(before, _store.Untouchables());
    }

    private string Journals() =>
        string.Concat(Directory.EnumerateFiles(Path.Combine(_store.Path, "runs")).Order(StringComparer.Ordinal).Select(File.ReadAllText));

    private Task<McpSession> StartAsync(params string[] options) => McpSession.StartInAsync(_store.Repository.Root, _store.Path, options);
}
