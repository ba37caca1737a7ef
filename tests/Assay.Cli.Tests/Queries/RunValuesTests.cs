namespace Assay.Cli.Tests.Queries;

/// <summary>What columns answer for a name is what the lines of the run say, however odd the names.</summary>
public sealed class RunValuesTests
{
    private static readonly string[] Keys = ["a", "A", "b", "a.b", "A.B", "a_", "c"];
    private static readonly string[] Leaves = [
        "1", "2.5", "null", "\"t\"", "{}", "[1,{\"b\":3}]", "1.23456789012345678", "{\"b\":7}", "{\"B\":8}", "{\"b\":{\"c\":9}}",
        "{\"b.c\":4}"];
    private static readonly string[] Paths = [
        "a", "A", "b", "a.b", "A.B", "[\"a.b\"]", "a.b.c", "c", "a[]", "a[0]", "a[].b", "a[\"b.c\"]", "[\"a.b.c\"]", "a.0", "[\"a.b\"].b"];

    [Fact]
    public void Odd_names_mean_the_same_in_columns_and_in_lines()
    {
        for (int seed = 0; seed < 300; seed++)
        {
            using StoreFixture store = Make(new Random(seed));
            foreach (RunRecord run in Store.Open(store.Path).LoadAll())
            {
                var values = new RunValues(run);
                foreach (ValuePath path in Paths.Select(ValuePath.Parse))
                {
                    Same(FieldSources.Named(run.Params, path), values.Param, seed, path);
                    Same(FieldSources.Named(run.Labels, path), values.Label, seed, path);
                    Same(FieldSources.Named(run.Metrics, path), values.Metric, seed, path);
                }
            }
        }
    }

    [Theory]
    [InlineData("best", "lr")]
    [InlineData("ls", "--where", "LR > 0")]
    [InlineData("ls", "--sort", "lr")]
    [InlineData("ls", "--columns", "lr")]
    [InlineData("select", "lr")]
    [InlineData("history", "latest", "lr")]
    [InlineData("show", "best:lr")]
    public void A_name_alone_that_is_a_parameter_and_a_metric_is_refused(params string[] command)
    {
        using var store = new StoreFixture();
        store.Journal("a").Session().Begin(1, """{"lr":0.5}""").End(1, metrics: """{"lr":0.25}""");
        ToolResult result = store.Run(command);
        Assert.Equal((2, ""), (result.Exit, result.Out));
        Assert.Contains("means two values of run " + StoreFixture.Id(1), result.Error, StringComparison.Ordinal);
        Assert.Matches("Write 'params.(lr|LR)' or 'metrics.(lr|LR)'.", result.Error);
    }

    [Fact]
    public void Paths_say_where_a_value_stands_whose_name_alone_means_another()
    {
        using var store = new StoreFixture();
        store.Journal("a").Session().Begin(1, """{"lr":0.5}""", more: ",\"metadata\":{\"by\":\"me\"}")
            .Line(1, "track", """{"by":"you","LR":3,"loss":4,"metrics":{"acc":5}}""")
            .Line(1, "series", """{"name":"lr","steps":[0],"values":[0.1],"time_ms":[0]}""").End(1, metrics: """{"lr":0.25,"acc":0.75}""");
        string[] paths = [.. store.Run("paths").Out.Split('\n').Skip(1).Where(l => l.Length > 0).Select(l => l.Split(' ')[0])];
        Assert.Equal(
            ["params.lr", "acc", "metrics.lr", "series.lr", "loss", "tracked.LR", "tracked.by", "tracked.metrics.acc", "metadata.by"],
            paths);
        string ValueOf(string path) => System.Text.Json.Nodes.JsonNode.Parse(store.Run("ls", "--columns", path, "--json").Out)!
            ["runs"]![0]!["values"]!.AsObject().Single().Value!.ToJsonString();
        Assert.Equal(["0.5", "0.75", "0.25", "0.1", "4", "3", "\"you\"", "5", "\"me\""], paths.Select(ValueOf));
    }

    [Fact]
    public void The_course_of_a_name_that_is_a_parameter_and_a_series_is_asked_for_by_its_place()
    {
        using var store = new StoreFixture();
        store.Journal("a").Session().Begin(1, """{"lr":0.5}""")
            .Line(1, "series", """{"name":"lr","steps":[0,1],"values":[0.5,0.25],"time_ms":[0,1]}""").End(1);
        Assert.Contains("Write 'params.lr' or 'series.lr'.", store.Run("history", "latest", "lr").Error, StringComparison.Ordinal);
        Assert.Contains("0.25", store.Run("history", "latest", "series.lr").Out, StringComparison.Ordinal);
    }

    [Fact]
    public void A_parameter_with_a_dot_in_its_own_name_is_found()
    {
        using var store = new StoreFixture();
        store.Journal("a").Session().Begin(1, """{"opt.lr":0.5}""").End(1);
        Assert.Contains(StoreFixture.Id(1)[..8], store.Run("ls", "--where", "params.opt.lr = 0.5").Out, StringComparison.Ordinal);
        Assert.Contains(StoreFixture.Id(1)[..8], store.Run("ls", "--where", "opt.lr > 0").Out, StringComparison.Ordinal);
    }

    [Fact]
    public void A_way_through_members_is_told_from_a_name_with_a_dot()
    {
        using var store = new StoreFixture();
        store.Journal("a").Session().Begin(1, """{"a.b":1,"a":{"b":2}}""").End(1);
        RunRecord run = Store.Open(store.Path).LoadAll()[0];
        Assert.Equal([2L], new RunValues(run).Param(ValuePath.Parse("a.b")));
        Assert.Equal([1L], new RunValues(run).Param(ValuePath.Parse("[\"a.b\"]")));
    }

    [Theory]
    [InlineData("")]
    [InlineData("-")]
    [InlineData("-1")]
    public void Signs_are_no_run_even_where_there_is_only_one(string address)
    {
        using var store = new StoreFixture();
        store.Journal("a").Session().Begin(1).End(1);
        Results all = Store.Open(store.Path).LoadAll();
        Assert.Contains(
            "no run has an id that starts with", Assert.Throws<AssayException>(() => RunAddress.Find(all, address)).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void An_end_without_a_start_in_another_journal_is_an_attempt_of_its_own_in_the_history()
    {
        using var store = new StoreFixture();
        store.Journal("a").Session().Begin(1).End(1);
        store.Journal("b").At(100).Session()
            .End(1, status: "failed", metrics: "{}", error: """{"kind":"infrastructure","type":"","message":"gone","stack":null}""");
        Assert.Equal(2, Store.Open(store.Path).LoadAll()[0].ReadAttempts().Count);
    }

    private static void Same(object?[]? lines, Func<ValuePath, object?[]?> columnsOf, int seed, ValuePath path)
    {
        object?[]? columns = null;
        try
        {
            columns = columnsOf(path);
        }
        // Two names that differ in casing alone are refused where neither is exact.
        catch (AssayException fault) when (fault.Message.Contains("' may mean '", StringComparison.Ordinal))
        {
        }

        Assert.True(Text(lines) == Text(columns), $"seed {seed}, {path}: the lines say {Text(lines)}, the columns {Text(columns)}");
    }

    private static string Text(object?[]? values) => values is null ? "nothing" : JsonText.Of(values);

    private static StoreFixture Make(Random random)
    {
        var store = new StoreFixture();
        JournalFixture journal = store.Journal("a").Session();
        string Members()
        {
            IEnumerable<string> keys = Enumerable.Range(0, random.Next(1, 3)).Select(_ => Keys[random.Next(Keys.Length)]).Distinct();
            return "{" + string.Join(',', keys.Select(k => $"\"{k}\":{Leaves[random.Next(Leaves.Length)]}")) + "}";
        }

        for (int i = random.Next(3); i >= 0; i--) journal.Begin(i, Members(), more: $",\"labels\":{Members()}").End(i, metrics: Members());
        return store;
    }
}
