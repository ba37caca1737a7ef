using System.Text.Json.Nodes;
using Assay.Cli.Tests.Mcp;

namespace Assay.Cli.Tests.Queries;

/// <summary>Runs of earlier code are in no answer unasked, and every answer says how many it left out.</summary>
public sealed class EarlierCodeTests : IDisposable
{
    private readonly StoreFixture _store = new();

    /// <summary>Two runs of code that was better, two of the newest code, and a lone and an imported one.</summary>
    public EarlierCodeTests()
    {
        _store.Journal("a").Session(code: "old", hasPrints: true)
            .Begin(1, code: "old").Line(1, "row", """{"fold":1}""").End(1, metrics: """{"accuracy":0.99}""")
            .Begin(2, """{"lr":0.2,"hidden":8}""", code: "old").End(2, metrics: """{"accuracy":0.97}""");
        _store.Journal("b").At(3600).Session(code: "new", hasPrints: true)
            .Begin(3, code: "new").End(3, metrics: """{"accuracy":0.5}""")
            .Begin(4, """{"lr":0.2,"hidden":8}""", code: "new").End(4, metrics: """{"accuracy":0.625}""");
        _store.Journal("lone").Line(5, "run_start", """{"attempt":1,"params":{"lr":0.1}}""").End(5, metrics: """{"accuracy":0.25}""");
        _store.Journal("imported", "iris").Session().Begin(6, code: "foreign").End(6, metrics: """{"accuracy":0.375}""");
    }

    public void Dispose() => _store.Dispose();

    [Theory]
    [InlineData("ls", "ls", "--columns", "accuracy")]
    [InlineData("best", "best", "accuracy")]
    [InlineData("best-by", "best", "accuracy", "--by", "params")]
    [InlineData("select", "select", "accuracy")]
    [InlineData("paths", "paths")]
    [InlineData("stats", "stats", "iris", "--by", "params")]
    public void Every_list_leaves_earlier_code_out_and_says_so_and_has_it_when_asked(string name, params string[] question) =>
        Approved.Matches("earlier-" + name, $"{_store.Run(question)}{_store.Run([.. question, "--earlier"])}");

    [Theory]
    [InlineData("export", "--output", "-", "--format", "csv")]
    [InlineData("export", "iris", "--output", "-", "--format", "csv")]
    public void An_export_of_one_experiment_or_all_leaves_earlier_code_out_and_says_so(params string[] export)
    {
        ToolResult newest = _store.Run(export), all = _store.Run([.. export, "--earlier"]);
        Assert.Equal("assay: 2 runs of earlier code or another context left out; --earlier includes them.\n", newest.Error);
        Assert.Equal((5, ""), (newest.Out.Count('\n'), all.Error));
        Assert.Equal(7, all.Out.Count('\n'));
    }

    [Fact]
    public void An_answer_in_JSON_has_the_number_that_was_left_out()
    {
        string[][] questions =
            [["ls"], ["best", "accuracy"], ["select", "accuracy"], ["paths"], ["stats"], ["export", "-o", _store.File("x.csv")]];
        foreach (string[] question in questions)
        {
            Assert.Equal((question[0], 2), (question[0], Left(question)));
            Assert.Equal((question[0], 0), (question[0], Left([.. question, "--earlier"])));
        }

        int Left(string[] question) =>
            JsonNode.Parse(_store.Run([.. question, "--json"]).Out)!["earlier_left_out"]!.GetValue<int>();
    }

    [Fact]
    public async Task A_tool_says_how_many_runs_it_left_out_and_how_they_are_included()
    {
        await using McpSession session = await McpSession.StartAsync(_store.Path);
        JsonObject newest = await session.AskAsync("list_runs", new { }), all = await session.AskAsync("list_runs", new { earlier = true });
        Assert.Equal((4, 2), (newest["total"]!.GetValue<int>(), newest["earlier_left_out"]!.GetValue<int>()));
        Assert.Equal(
            "2 runs of earlier code or another context left out; earlier includes them.", newest["remarks"]![0]!.GetValue<string>());
        Assert.Equal((6, 0), (all["total"]!.GetValue<int>(), all["remarks"]!.AsArray().Count));
        JsonObject best = await session.AskAsync("get_run", new { run = "best:accuracy" });
        Assert.Equal(StoreFixture.Id(4), best["run_id"]!.GetValue<string>());
        Assert.Equal(
            "'best:accuracy': 2 runs of earlier code or another context left out; best_runs with earlier includes them.",
            best["remarks"]![0]!.GetValue<string>());
    }

    [Theory]
    [InlineData("accuracy > 0.98", 0, 1)]
    [InlineData("accuracy > 0.6", 1, 2)]
    [InlineData("accuracy < 0.6", 3, 0)]
    public void What_was_left_out_is_what_the_option_would_add(string condition, int shown, int left)
    {
        JsonNode answer = JsonNode.Parse(_store.Run("ls", "--where", condition, "--json").Out)!;
        JsonNode all = JsonNode.Parse(_store.Run("ls", "--where", condition, "--earlier", "--json").Out)!;
        Assert.Equal(
            (shown, left, shown + left),
            (answer["total"]!.GetValue<int>(), answer["earlier_left_out"]!.GetValue<int>(), all["total"]!.GetValue<int>()));
    }

    [Fact]
    public void A_run_that_is_named_by_its_id_is_found_whatever_code_made_it()
    {
        string old = StoreFixture.Id(1), now = StoreFixture.Id(3);
        Assert.Contains(old, _store.Run("show", old).Out, StringComparison.Ordinal);
        Assert.Contains("0.99", _store.Run("select", "accuracy", "--run", old).Out, StringComparison.Ordinal);
        Assert.Contains("-0.49", _store.Run("compare", old, now).Out, StringComparison.Ordinal);
        Assert.Equal(old, Store.Open(_store.Path).Load("iris")[old[..10]].Id);
        Assert.Equal(old, Store.Open(_store.Path).LoadAll().Successful[old].Id);
    }

    [Fact]
    public void The_best_run_is_one_of_the_newest_code_unless_earlier_code_is_asked_for()
    {
        ToolResult newest = _store.Run("compare", "best:accuracy", StoreFixture.Id(3));
        Assert.StartsWith(
            "assay: 'best:accuracy': 2 runs of earlier code or another context left out;", newest.Error, StringComparison.Ordinal);
        Assert.Contains(StoreFixture.Id(4)[..8], newest.Out, StringComparison.Ordinal);
        ToolResult all = _store.Run("compare", "best:accuracy", StoreFixture.Id(3), "--earlier");
        Assert.Equal("", all.Error);
        Assert.Contains(StoreFixture.Id(1)[..8], all.Out, StringComparison.Ordinal);
    }

    [Fact]
    public void A_name_that_means_two_values_in_earlier_code_alone_spoils_no_answer()
    {
        using var store = new StoreFixture();
        store.Journal("a").Session(code: "old", hasPrints: true).Begin(1, code: "old").End(1, metrics: """{"lr":3.0}""");
        store.Journal("b").At(60).Session(code: "new", hasPrints: true).Begin(2, code: "new").End(2);
        ToolResult result = store.Run("ls", "--where", "lr > 0", "--columns", "lr");
        Assert.Equal((0, ""), (result.Exit, result.Error));
        Assert.EndsWith(
            "1 run of earlier code or another context left out; --earlier includes it.\n", result.Out, StringComparison.Ordinal);
    }

    [Fact]
    public void Versions_stand_beside_each_other_and_experiments_have_their_own_newest_code()
    {
        using var store = new StoreFixture();
        store.Journal("a").Session(code: "one", hasPrints: true).Begin(1, code: "one").End(1);
        store.Journal("b", version: "2").At(60).Session(code: "two", hasPrints: true).Begin(2, code: "two").End(2);
        store.Journal("c", "pi").At(120).Session(code: "three", hasPrints: true).Begin(3, code: "three").End(3);
        Results all = Store.Open(store.Path).LoadAll();
        Assert.Equal((3, 0), (all.Count, all.Earlier.Count));
    }
}
