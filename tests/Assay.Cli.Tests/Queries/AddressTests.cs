namespace Assay.Cli.Tests.Queries;

[Trait("Category", "Quick")]
public sealed class AddressTests : IDisposable
{
    private readonly StoreFixture _store = new();

    public AddressTests()
    {
        JournalFixture journal = _store.Journal("a").Session();
        for (int i = 1; i <= 4; i++)
        {
            journal.Begin(i, $$"""{"lr":0.{{i}}}""").Line(i, "track", $$$"""{"metrics":{"acc":0.{{{i}}},"top":0.9}}""")
                .Line(i, "track", $$$"""{"metrics":{"acc":0.{{{i}}}5,"top":0.{{{5 - i}}}}}""")
                .End(
                    i, i == 4 ? "failed" : "success",
                    $$"""{"accuracy":0.{{(i == 2 ? 9 : i)}},"loss":{{(i == 3 ? "\"NaN\"" : "0." + i)}},"word":"x"}""");
        }
    }

    public void Dispose() => _store.Dispose();

    private ToolResult Run(params string[] arguments) => _store.RunWithCache([.. arguments]);

    private int Shown(string address) => Enumerable.Range(1, 4)
        .Single(i => Run("show", address).Out.StartsWith($"run           {StoreFixture.Id(i)}\n", StringComparison.Ordinal));

    [Theory]
    [InlineData("latest", 4)]
    [InlineData("LATEST~1", 3)]
    [InlineData("best:accuracy", 2)]
    [InlineData("best:accuracy:max", 2)]
    [InlineData("best:accuracy:min", 1)]
    [InlineData("best:loss:min", 1)]
    [InlineData("best:loss", 2)]
    [InlineData("best:metrics.acc", 3)]
    [InlineData("best:metrics.top", 1)]
    [InlineData("best:params.lr:min", 1)]
    public void A_run_is_found_by_its_place_or_its_value(string address, int run) => Assert.Equal(run, Shown(address));

    [Fact]
    public void Positions_count_in_the_last_list_that_was_shown()
    {
        Assert.Equal(0, Run("ls", "--sort", "lr:desc", "--status", "success").Exit);
        Assert.Equal((3, 2, 1), (Shown("@1"), Shown("2"), Shown("@3")));
        Run("ls", "--oldest");
        Assert.Equal((1, 4), (Shown("1"), Shown("@4")));
    }

    [Fact]
    public void A_number_of_one_or_two_digits_is_a_place_and_a_longer_one_must_not_be_the_start_of_another_id()
    {
        // Ids are fixed by their numbers: that of run 43 begins with 1249.
        using var store = new StoreFixture();
        JournalFixture journal = store.Journal("a").Session();
        for (int run = 0; run < 150; run++) journal.Begin(run).End(run);
        string listed = StoreFixture.Id(149);
        Assert.StartsWith("1249", StoreFixture.Id(43));
        store.RunWithCache("ls", "--all");
        Assert.StartsWith($"run           {listed}\n", store.RunWithCache("show", "1").Out);
        ToolResult result = store.RunWithCache("show", "124");
        Assert.Equal(2, result.Exit);
        Assert.StartsWith("assay: '124' is a place in the last list and the start of one id; write @124 for the place", result.Error);
        Assert.StartsWith($"run           {StoreFixture.Id(43)}\n", store.RunWithCache("show", "1249").Out);
    }

    [Theory]
    [InlineData("@1", "'@1' means a run of the last list, and none is known for this store; list runs with 'assay ls' first.")]
    [InlineData("best:", "expected best:METRIC for the largest value")]
    [InlineData("best:acuracy", "no run has a value called 'acuracy'")]
    [InlineData("best:word", "'word' is no number in any of the 4 runs")]
    [InlineData("best:a..b", "cannot be read at character 3")]
    [InlineData("zz", "expected the first digits of an id, latest, latest~N, best:METRIC, best:METRIC:min, or @N")]
    public void An_address_that_means_no_run_says_what_was_expected(string address, string message)
    {
        ToolResult result = Run("show", address);
        Assert.Equal((2, ""), (result.Exit, result.Out));
        Assert.Contains(message, result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_position_outside_the_list_is_refused()
    {
        Run("ls", "--limit", "2");
        Assert.Contains("'@3' is no run of the last list; expected @1 to @2.", Run("show", "@3").Error, StringComparison.Ordinal);
        Assert.Contains("expected @1 to @2", Run("show", "@x").Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_best_run_that_did_not_succeed_is_not_the_best_but_told_of()
    {
        using var store = new StoreFixture();
        store.Journal("a").Session().Begin(1).End(1, "failed", """{"accuracy":0.9}""");
        Assert.Contains(
            $"no successful run has a number called 'accuracy', but others have, such as {StoreFixture.Id(1)} (failed). "
                + "'assay best accuracy --any-status' ranks them too.",
            store.Run("show", "best:accuracy").Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_list_that_cannot_be_remembered_is_listed_all_the_same()
    {
        string file = _store.File("no-folder");
        File.WriteAllText(file, "");
        using StringWriter output = new(), error = new();
        int exit = AssayTool.Run(
            ["ls", "--store", _store.Path], new ToolConsole(output, error, TimeProvider.System) { Cache = Path.Combine(file, "cache") });
        Assert.Equal((0, ""), (exit, error.ToString()));
    }
}
