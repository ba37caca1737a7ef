namespace Assay.Cli.Tests;

[Trait("Category", "Quick")]
public sealed class ListingTests
{
    [Fact]
    public void Experiments_are_listed_with_runs_by_status()
    {
        using StoreFixture store = SampleStore.Make();
        Approved.Matches("experiments", $"{store.Run("experiments")}{store.Run("experiments", "--json")}");
    }

    [Fact]
    public void Runs_of_several_experiments_are_listed_with_names_beside_values()
    {
        using StoreFixture store = SampleStore.Make();
        Approved.Matches("ls", $"{store.Run("ls")}");
    }

    [Fact]
    public void Runs_of_one_experiment_are_listed_with_a_column_for_each_value()
    {
        using StoreFixture store = SampleStore.Make();
        Approved.Matches("ls-iris", $"{store.Run("ls", "iris:1", "--oldest")}{store.Run("ls", "pi", "--json")}");
    }

    [Fact]
    public void A_parameter_and_a_metric_of_one_name_have_headings_of_their_own()
    {
        using var store = new StoreFixture();
        store.Journal("a").Session().Begin(1, """{"size":8,"status":"cold","depth":2}""").End(1, metrics: """{"size":1.5,"loss":0.25}""");
        string[] headings = store.Run("ls").Out.Split('\n')[0].Split("  ", StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(
            ["@", "id", "status", "params.size", "params.status", "depth", "replicate", "metrics.size", "loss"],
            headings[..9].Select(heading => heading.Trim()));
        Assert.Equal(1, store.Run("ls", "--where", "params.size = 8 and metrics.size < 2", "--json").Out.Split("\"run_id\"").Length - 1);
    }

    [Fact]
    public void A_list_that_is_cut_says_so()
    {
        using StoreFixture store = SampleStore.Make();
        ToolResult result = store.Run("ls", "--limit", "2");
        Assert.EndsWith("2 of 5 runs; --limit N or --all shows more.\n", result.Out);
        Assert.Equal(2, store.Run("ls", "--limit", "2", "--json").Out.Split("\"run_id\"").Length - 1);
    }

    [Fact]
    public void Statuses_can_be_asked_for_together()
    {
        using StoreFixture store = SampleStore.Make();
        ToolResult result = store.Run("ls", "--status", "interrupted", "--status", "Failed");
        Assert.Contains(StoreFixture.Id(2)[..8], result.Out, StringComparison.Ordinal);
        Assert.Contains(StoreFixture.Id(3)[..8], result.Out, StringComparison.Ordinal);
        Assert.DoesNotContain("success", result.Out, StringComparison.Ordinal);
    }

    [Fact]
    public void No_run_that_matches_is_exit_code_1_and_an_empty_list()
    {
        using StoreFixture store = SampleStore.Make();
        ToolResult result = store.Run("ls", "pi", "--status", "failed");
        Assert.Equal((1, "no runs\n"), (result.Exit, result.Out));
        Assert.Contains("\"runs\": []", store.Run("ls", "pi", "--status", "failed", "--json").Out, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("accuracy = 0.933333", "no run has accuracy = 0.933333; the nearest recorded value is 0.9333333333333333.")]
    [InlineData("lr < 0.1 and n = 1", "no run has lr < 0.1; the nearest recorded value is 0.1.")]
    [InlineData("n in (5, 7)", "no run has n in (5, 7); the nearest recorded value is 3.")]
    [InlineData("0.25<lr", "no run has 0.25<lr; the nearest recorded value is 0.2.")]
    [InlineData("accuracy > 0.95 or n = 4",
        "no run has accuracy > 0.95; the nearest recorded value is 0.9333333333333333.",
        "no run has n = 4; the nearest recorded value is 3.")]
    [InlineData("n = 1 and n = 3")]
    [InlineData("accuracy = nan or duration > 1h")]
    [InlineData("name = 1 or accuracy ~ 7 or n != n")]
    public void A_condition_that_no_run_fulfils_is_answered_with_what_is_near_in_all_its_digits(string condition, params string[] near)
    {
        using var store = new StoreFixture();
        store.Journal("a").Session()
            .Begin(1, """{"lr":0.1,"n":1,"name":"x"}""").End(1, metrics: """{"accuracy":0.9333333333333333}""")
            .Begin(2, """{"lr":0.2,"n":3,"name":"x"}""").End(2, metrics: """{"accuracy":0.5}""");
        ToolResult result = store.Run("ls", "--where", condition);
        Assert.Equal((1, "no runs\n"), (result.Exit, result.Out));
        Assert.Equal(string.Concat(near.Select(line => $"assay: {line}\n")), result.Error);
    }

    [Fact]
    public void An_empty_store_has_no_runs_and_no_experiments()
    {
        using var store = new StoreFixture();
        Assert.Equal((1, "no runs\n"), (store.Run("ls").Exit, store.Run("ls").Out));
        Assert.Equal((1, "no runs\n"), (store.Run("experiments").Exit, store.Run("experiments").Out));
    }

    [Fact]
    public void A_terminal_gets_a_drawn_table_and_no_markup_of_the_data_is_obeyed()
    {
        using var store = new StoreFixture();
        store.Journal("a").Session().Begin(1, """{"name":"[red]x[/]\u001b[2J"}""").End(1);
        string output = Tool.Run(terminal: true, "ls", "--store", store.Path).Out;
        Assert.Contains("─", output, StringComparison.Ordinal);
        Assert.Contains("[red]x[/]\\u001b[2J", output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_narrow_terminal_gets_several_blocks_with_all_columns()
    {
        using StoreFixture store = SampleStore.Make();
        using StringWriter output = new(), error = new();
        AssayTool.Run(["ls", "--store", store.Path], new ToolConsole(output, error, TimeProvider.System) { IsTerminal = true, Width = 40 });
        string narrow = output.ToString();
        Assert.All(
            (string[])["@", "id", "status", "experiment", "params", "replicate", "metrics", "started", "duration", "error"],
            heading => Assert.Contains(heading, narrow, StringComparison.Ordinal));
        Assert.True(narrow.Split("id ").Length > 2);
    }

    [Fact]
    public void A_list_with_failures_says_what_went_wrong()
    {
        using var store = new StoreFixture();
        store.Journal("a").Session().Begin(1, """{"n":1}""").End(1)
            .Begin(2, """{"n":2}""").End(
                2, status: "failed",
                error: """{"kind":"exception","type":"System.InvalidOperationException","message":"diverged at step 3\nmore"}""");
        string output = store.Run("ls").Out;
        Assert.Contains("InvalidOperationException: diverged at step 3", output, StringComparison.Ordinal);
        Assert.DoesNotContain("more", output, StringComparison.Ordinal);
    }

    [Fact]
    public void Ids_get_as_many_digits_as_tell_them_apart()
    {
        UInt128 id = UInt128.Parse("0123456789abcdef0123456789abcdef", System.Globalization.NumberStyles.HexNumber, null);
        Assert.Equal("01234567", new ShortIds([id, ~id]).Of("0123456789abcdef0123456789abcdef"));
        Assert.Equal("0123456789abcdef", new ShortIds([id, id ^ (UInt128.One << 64), id]).Of("0123456789abcdef0123456789abcdef"));
        Assert.Equal("01234567", new ShortIds([id]).Of("0123456789abcdef0123456789abcdef"));
    }
}
