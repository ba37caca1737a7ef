using System.Text.Json.Nodes;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;

namespace Assay.Cli.Tests.Mcp;

/// <summary>
/// The package's own client against the built tool: every tool is called, and what it says is what the command of the same question says.
/// </summary>
public sealed class ToolsTests(ToolsTests.Served served) : IClassFixture<ToolsTests.Served>
{
    private static readonly string[] Beside = ["next_cursor", "remarks"];

    /// <summary>A call of each tool that reads, with the command that asks the same.</summary>
    private static IEnumerable<(string Tool, object Arguments, string[] Command)> Questions =>
    [
        ("list_experiments", new { }, ["experiments"]),
        ("list_runs", new { where = "lr > 0.001", sort = new[] { "lr:desc", "started" },
            columns = new[] { "lr", "accuracy", "params" }, limit = 3 },
            ["ls", "--where", "lr > 0.001", "--sort", "lr:desc,started", "--columns", "lr,accuracy,params", "--limit", "3"]),
        ("list_runs", new { experiment = "iris", status = new[] { "failed", "cancelled" }, tags = (
            string[]?)null, since = "2026-01-01", until = "2026-02-01", oldest_first = true },
            ["ls", "iris", "--status", "failed", "--status", "cancelled", "--since", "2026-01-01", "--until", "2026-02-01", "--oldest"]),
        ("get_run", new { run = StoreFixture.Id(1), log_lines = 1 }, ["show", StoreFixture.Id(1), "--log", "1"]),
        ("get_run", new { run = StoreFixture.Id(2) }, ["show", StoreFixture.Id(2)]),
        ("best_runs", new { metric = "accuracy", peak = true }, ["best", "accuracy", "--peak"]),
        ("best_runs", new { metric = "lr", minimize = true, any_status = true, by = new[] { "hidden" } }, [
            "best", "lr", "--min", "--any-status", "--by", "hidden"]),
        ("run_stats", new { experiment = "iris", metrics = new[] { "accuracy", "duration" }, by = new[] { "lr" } }, [
            "stats", "iris", "--metric", "accuracy,duration", "--by", "lr"]),
        ("compare_settings", new { metric = "duration", between = "experiment=iris,pi", earlier = true }, [
            "compare", "--metric", "duration", "--between", "experiment=iris,pi", "--earlier"]),
        ("parameter_importance", new { metric = "duration", @params = new[] { "experiment" }, earlier = true }, [
            "importance", "duration", "--params", "experiment", "--earlier"]),
        ("plan_replicates", new { metric = "duration", by = new[] { "status" }, replicates = 5, earlier = true }, [
            "power", "--metric", "duration", "--by", "status", "--replicates", "5", "--earlier"]),
        ("report_results", new { experiment = "iris", earlier = true }, ["report", "iris", "--earlier"]),
        ("compare_runs", new { runs = new[] { StoreFixture.Id(1), StoreFixture.Id(4) } }, [
            "compare", StoreFixture.Id(1), StoreFixture.Id(4)]),
        ("compare_runs", new { runs = new[] { "latest", "latest~1", "best:accuracy" }, all = true }, [
            "compare", "latest", "latest~1", "best:accuracy", "--all"]),
        ("get_metric_history", new { run = StoreFixture.Id(1), metric = "loss" }, ["history", StoreFixture.Id(1), "loss"]),
        ("get_series", new { metric = "loss" }, ["series", "loss"]),
        ("get_series", new { metric = "loss", by = new[] { "params" }, max_points = 2 }, [
            "series", "loss", "--by", "params", "--points", "2"]),
        ("list_paths", new { numeric = true, examples = 2 }, ["paths", "--numeric", "--examples", "2"]),
        ("select_values", new { path = "lr", experiment = "iris" }, ["select", "lr", "iris"]),
        ("select_values", new { path = "lr", distinct = true }, ["select", "lr", "--distinct"]),
        ("explain_run", new { run = StoreFixture.Id(4) }, ["why", StoreFixture.Id(4)]),
    ];

    [Fact]
    public async Task Every_tool_that_reads_answers_what_its_command_answers()
    {
        (StoreFixture store, McpSession session) = (served.Store, served.Session);
        string before = store.Snapshot();
        foreach ((string tool, object arguments, string[] command) in Questions)
        {
            JsonObject answer = await session.AskAsync(tool, arguments);
            Assert.DoesNotContain(answer["remarks"]!.AsArray(), r => r!.GetValue<string>().StartsWith("Cut", StringComparison.Ordinal));
            foreach (string name in Beside) answer.Remove(name);
            string expected = JsonNode.Parse(Tool.Run([.. command, "--store", store.Path, "--json"]).Out)!.ToJsonString();
            Assert.Equal((tool, expected), (tool, answer.ToJsonString()));
        }

        JsonObject table = await session.AskAsync(
            "export_table", new { experiment = "iris", columns = new[] { "run_id", "param_lr", "accuracy" }, format = "tsv" });
        Assert.Equal(["run_id", "param_lr", "accuracy"], table["columns"]!.AsArray().Select(c => c!.GetValue<string>()));
        string[] lines = table["text"]!.GetValue<string>().TrimEnd('\n').Split('\n');
        Assert.Equal(("run_id\tparam_lr\taccuracy", $"{StoreFixture.Id(1)}\t0.1\t0.95", 5), (lines[0], lines[1], lines.Length));
        // Code needs a repository and is compared elsewhere.
        Assert.Equal(
            Offered(await session.Client.ListToolsAsync()),
            Questions.Select(q => q.Tool).Concat(["export_table", "get_artifact", "diff_code", "plot_metric"]).Distinct()
                .Order(StringComparer.Ordinal));
        Assert.Equal(before, store.Snapshot());
    }

    [Fact]
    public async Task Tools_say_what_they_do_and_what_they_take()
    {
        McpSession session = served.Session;
        foreach (McpClientTool tool in await session.Client.ListToolsAsync())
        {
            Assert.Matches("^[a-z]+(_[a-z]+)*$", tool.Name);
            Assert.InRange(tool.Description!.Length, 60, 500);
            Assert.False(string.IsNullOrWhiteSpace(tool.Title));
            ToolAnnotations annotations = tool.ProtocolTool.Annotations!;
            Assert.Equal(
                (true, false, true, false),
                (annotations.ReadOnlyHint, annotations.DestructiveHint, annotations.IdempotentHint, annotations.OpenWorldHint));
            Assert.NotNull(tool.ProtocolTool.Annotations);
            foreach (System.Text.Json.JsonProperty argument in tool.JsonSchema.GetProperty("properties").EnumerateObject())
            {
                Assert.True(argument.Value.TryGetProperty("description", out _), $"{tool.Name}: {argument.Name} has no description.");
                bool bounded = argument.Value.GetProperty("type").GetString() switch
                {
                    "string" => argument.Value.TryGetProperty("maxLength", out _) || argument.Value.TryGetProperty("enum", out _),
                    "integer" => argument.Value.TryGetProperty("minimum", out _) && argument.Value.TryGetProperty("maximum", out _),
                    "array" => argument.Value.TryGetProperty("maxItems", out _),
                    _ => true,
                };
                Assert.True(bounded, $"{tool.Name}: {argument.Name} has no bound.");
            }
        }

        Assert.All(
            (string[])["list_paths", "best_runs", "accuracy is missing", "latest~N"],
            part => Assert.Contains(part, session.Client.ServerInstructions!, StringComparison.Ordinal));
        Assert.Equal(("assay", AssayVersion.Text), (session.Client.ServerInfo!.Name, session.Client.ServerInfo.Version));
    }

    [Theory]
    [InlineData(
        "list_runs", """{"limt":3}""",
        "'limt' is no argument of list_runs; expected experiment, status, where, since, until, tags, earlier, sort, columns, "
            + "limit, oldest_first, cursor. Did you mean 'limit'?")]
    [InlineData("list_runs", """{"limit":0}""", "limit is 0; expected a whole number from 1 to 500. Correct it, or leave it out.")]
    [InlineData("list_runs", """{"limit":1e99}""", "limit is 1e99; expected a whole number from 1 to 500. Correct it, or leave it out.")]
    [InlineData(
        "list_runs", """{"limit":"ten"}""", "limit is \"ten\"; expected a whole number from 1 to 500. Correct it, or leave it out.")]
    [InlineData("list_runs", """{"where":7}""", "where is 7; expected a text of 1 to 4000 characters. Correct it, or leave it out.")]
    [InlineData("list_runs", """{"where":"lr >"}""", "the condition cannot be read at character")]
    [InlineData("list_runs", """{"where":"lrr > 1"}""", "no run has a value called 'lrr' (the condition's character 1)")]
    [InlineData(
        "list_runs", """{"status":["done"]}""",
        "status is [\"done\"]; expected a list of 1 to 5 texts, each one of running, success, failed, cancelled, interrupted, "
            + "such as [\"running\"]. Correct it, or leave it out.")]
    [InlineData("list_runs", """{"columns":"lr"}""", "columns is \"lr\"; expected a list of 1 to 50 texts")]
    [InlineData(
        "list_runs", """{"columns":["lr",""]}""",
        "columns is [\"lr\",\"\"], whose element 2 is an empty text; expected a list of 1 to 50 texts")]
    [InlineData("list_runs", """{"tags":[7]}""", "tags is [7], whose element 1 is no text; expected a list of 1 to 50 texts")]
    [InlineData("list_runs", """{"tags":["  "]}""", "tags is [\"  \"], whose element 1 is a blank text; expected a list of 1 to 50 texts")]
    [InlineData("list_runs", """{"oldest_first":"yes"}""", "oldest_first is \"yes\"; expected true or false.")]
    [InlineData("list_runs", """{"since":"soon"}""", "since is 'soon'; expected a time such as 2026-01-31")]
    [InlineData(
        "list_runs", """{"experiment":"irris"}""",
        "has no experiment 'irris'; it has pi:2, iris:1. Correct the name, or run it first.")]
    [InlineData(
        "list_runs", """{"cursor":"x"}""",
        "cursor is 'x'; expected the next_cursor of an earlier answer, unchanged. Leave it out for the first page.")]
    [InlineData("get_run", """{}""", "run is missing; expected a text of 1 to 1000 characters.")]
    [InlineData("get_run", """{"run":"zz"}""", "no run has an id that starts with 'zz'")]
    [InlineData("get_run", """{"run":"@1"}""", "'@1' is a place in a list at a shell; expected a run_id or its first digits, latest")]
    [InlineData("get_run", """{"run":"latest~99"}""", "'latest~99' is before the first run")]
    [InlineData("best_runs", """{"metric":"accuracy","by":["lr"],"group":["lr"]}""", "by and group exclude each other")]
    [InlineData("compare_runs", """{"runs":["latest"]}""", "runs is [\"latest\"]; expected a list of 2 to 10 texts")]
    [InlineData("get_metric_history", """{"run":"best:accuracy","metric":"nothing"}""", " has no value called 'nothing'; there are ")]
    [InlineData(
        "export_table", """{"format":"xlsx"}""",
        "format is \"xlsx\"; expected one of csv, tsv, markdown, json, ndjson. Correct it, or leave it out.")]
    [InlineData("export_table", """{"columns":["nope"]}""", "There is no column 'nope'")]
    [InlineData("select_values", """{"path":"a..b"}""", "the path 'a..b' cannot be read")]
    [InlineData("get_series", """{"metric":"los"}""", "no run recorded 'los' over steps; the series are 'loss'. Did you mean 'loss'?")]
    [InlineData("get_series", """{"metric":"loss","by":["lrr"]}""", "no run has a value called 'lrr'")]
    [InlineData(
        "get_artifact", """{"run":"best:accuracy","name":"modl"}""",
        "has no artifact or data 'modl'; it has 'model', 'confusion'. Did you mean 'model'?")]
    [InlineData("get_artifact", """{"run":"best:accuracy","name":"model","file":"x"}""", "file is 'x', but 'model' is no folder")]
    [InlineData("get_artifact", """{"run":"best:accuracy","name":"model","offset":99}""", "offset is 99; expected a number below 14")]
    public async Task A_wrong_argument_is_an_error_of_the_call_that_says_what_was_expected(string tool, string arguments, string message)
    {
        McpSession session = served.Session;
        Assert.Contains(message, await session.RefusedAsync(tool, JsonNode.Parse(arguments)!.AsObject()), StringComparison.Ordinal);
        Assert.Equal(5, (await session.AskAsync("list_runs"))["total"]!.GetValue<int>());
    }

    [Theory]
    [InlineData("get_run", """{"run":"zz"}""")]
    [InlineData("get_run", """{"run":"best:nothing"}""")]
    [InlineData("get_run", """{"run":"best:verdict"}""")]
    [InlineData("get_run", """{"run":"best:loss"}""")]
    [InlineData("list_runs", """{"where":"lrr > 1"}""")]
    [InlineData("list_runs", """{"where":"a..b > 1"}""")]
    [InlineData("list_runs", """{"sort":[":desc"]}""")]
    [InlineData("list_runs", """{"columns":["x["]}""")]
    [InlineData("select_values", """{"path":"a..b"}""")]
    [InlineData("select_values", """{"path":"nothing"}""")]
    [InlineData("get_metric_history", """{"run":"latest","metric":"nothing"}""")]
    [InlineData("best_runs", """{"metric":"nothing"}""")]
    [InlineData("get_series", """{"metric":"nothing"}""")]
    [InlineData("get_artifact", """{"run":"latest","name":"nothing"}""")]
    [InlineData("diff_code", """{"from":"latest"}""")]
    public async Task Messages_to_a_client_name_tools_and_no_commands_or_options(string tool, string arguments)
    {
        string message = await served.Session.RefusedAsync(tool, JsonNode.Parse(arguments)!.AsObject());
        Assert.DoesNotMatch("'assay |--[a-z]|@N|last list", message);
    }

    [Theory]
    [InlineData("""{"metric":"verdict"}""", "list_paths with numeric lists them.")]
    [InlineData("""{"metric":"loss"}""", "best_runs with peak ranks by the best value a run ever had.")]
    [InlineData("""{"metric":"accuracy","where":"status = failed or status = cancelled"}""", null)]
    [InlineData("""{"metric":"duration","where":"status = failed"}""", "best_runs with any_status ranks them too.")]
    public async Task Remarks_of_a_ranking_of_nothing_name_tools(string arguments, string? advice)
    {
        string remarks = (await served.Session.AskAsync("best_runs", JsonNode.Parse(arguments)!.AsObject()))["remarks"]!.ToJsonString();
        Assert.DoesNotMatch("assay |--[a-z]|@N", remarks);
        if (advice is not null) Assert.Contains(advice, remarks, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_unknown_tool_is_refused_with_the_names_there_are()
    {
        Exception fault = await Assert.ThrowsAsync<ModelContextProtocol.McpProtocolException>(() => served.Session.CallAsync("rm_rf"));
        Assert.Contains("there is no tool 'rm_rf'; expected list_experiments, list_runs,", fault.Message, StringComparison.Ordinal);
    }

    /// <summary>One server for all tests, as in the life of a client.</summary>
    public sealed class Served : IAsyncLifetime
    {
        internal StoreFixture Store { get; } = SampleStore.Make();

        internal McpSession Session { get; private set; } = null!;

        public async Task InitializeAsync() => Session = await McpSession.StartAsync(Store.Path);

        public async Task DisposeAsync()
        {
            await Session.DisposeAsync();
            Store.Dispose();
        }
    }

    private static IEnumerable<string> Offered(IEnumerable<McpClientTool> tools) => tools.Select(t => t.Name).Order(StringComparer.Ordinal);
}
