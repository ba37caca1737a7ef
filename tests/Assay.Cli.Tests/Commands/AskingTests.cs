using System.Text.Json;

namespace Assay.Cli.Tests.Commands;

/// <summary>The commands that answer questions, on a store of twelve runs that tracked themselves.</summary>
public sealed class AskingTests : IDisposable
{
    private readonly StoreFixture _store;
    private readonly IReadOnlyList<TrackedFact> _facts;

    public AskingTests() => (_store, _facts) = TrackedStore.Make(12, TimeSpan.FromDays(2));

    public void Dispose() => _store.Dispose();

    private ToolResult Run(params string[] arguments) => _store.RunAt(TrackedStore.Now, arguments);

    [Fact]
    public void Runs_are_listed_by_condition_time_order_and_column() => Approved.Matches("ls-where",
        $"{Run("ls", "--where", "hparams.batch_size = 32 and metrics.acc > 0.8", "--since", "2w", "--sort", "metrics.acc:desc",
            "--columns", "hparams.learning_rate,metrics.acc,status,started,duration")}" +
        $"{Run("ls", "--where", "status = failed", "--columns", "metrics.acc,duration,error.message", "--json")}");

    [Fact]
    public void The_best_runs_and_groups_of_an_experiment_have_a_column_for_each_parameter()
    {
        using StoreFixture store = SampleStore.Make();
        Approved.Matches(
            "best-parameters",
            $"{store.Run("best", "accuracy", "iris", "--earlier")}{store.Run("best", "accuracy", "iris", "--by", "params", "--earlier")}");
    }

    [Fact]
    public void Runs_are_ranked_best_first() => Approved.Matches("best",
        $"{Run("best", "metrics.acc", "--limit", "3")}"
                + $"{Run("best", "metrics.loss", "--min", "--peak", "--limit", "2", "--any-status")}"
                + $"{Run("best", "metrics.acc", "--limit", "1", "--json")}");

    [Fact]
    public void Groups_of_runs_are_ranked_by_their_mean_or_their_best() => Approved.Matches("best-groups",
        $"{Run("best", "metrics.acc", "--by", "hparams.learning_rate")}"
                + $"{Run("best", "metrics.acc", "--group", "hparams.batch_size,experiment")}"
                + $"{Run("best", "metrics.acc", "--by", "hparams.learning_rate", "--limit", "1", "--json")}");

    [Fact]
    public void Statistics_are_shown_over_groups_of_runs() => Approved.Matches("stats",
        $"{Run("stats", "--metric", "metrics.acc,duration", "--by", "hparams.batch_size,branch")}"
                + $"{Run("stats", "--metric", "metrics.acc", "--by", "hparams.batch_size", "--limit", "1")}"
                + $"{Run("stats", "--where", "status = failed", "--metric", "metrics.loss")}"
                + $"{Run("stats", "--metric", "metrics.acc", "--limit", "1", "--json")}");

    [Fact]
    public void The_last_value_of_a_diverged_curve_is_NaN_and_not_the_last_finite_one()
    {
        using var store = new StoreFixture();
        using (Run run = Assay.Run.Start("diverged", options: new TrackOptions { Store = store.Path, Snapshot = SnapshotOptions.Off }))
        {
            foreach ((int step, double loss) in new[] { double.NaN, 2, 1, double.NaN }.Index()) run.Metric("loss", loss, step);
            for (int step = 0; step < 2; step++) run.Metric("lost", double.NaN, step);
        }

        string Told(string metric) =>
            store.Run("history", "latest", metric).Out.Split('\n').Single(l => l.StartsWith("range", StringComparison.Ordinal));
        Assert.EndsWith("first NaN, last NaN, min 1 at step 2, max 2 at step 1", Told("loss"), StringComparison.Ordinal);
        Assert.EndsWith("first NaN, last NaN, min NaN at step 0, max NaN at step 0", Told("lost"), StringComparison.Ordinal);
        Assert.Contains("\"last\": \"NaN\"", store.Run("history", "latest", "loss", "--json").Out, StringComparison.Ordinal);
    }

    [Fact]
    public void Names_of_several_lines_or_of_thousands_of_characters_do_not_break_the_list_of_names()
    {
        using var store = new StoreFixture();
        using (Run run = Assay.Run.Start("odd", options: new TrackOptions { Store = store.Path, Snapshot = SnapshotOptions.Off }))
        {
            run.Metric("two\nlines", 1);
            run.Metric(new string('x', 3000), 2);
        }

        string error = store.Run("history", "latest", "nothing").Error;
        Assert.Single(error.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.DoesNotContain(new string('x', 100), error, StringComparison.Ordinal);
        Assert.Contains(new string('x', 40), error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_value_is_shown_over_the_course_of_a_run() => Approved.Matches("history",
        $"{Run("history", _facts[2].Id, "metrics.loss")}{Run("history", _facts[2].Id, "metrics.loss", "--limit", "2")}"
                + $"{Run("history", _facts[2].Id, "metrics.acc", "--limit", "1", "--json")}");

    [Fact]
    public void Runs_are_set_side_by_side() => Approved.Matches("compare",
        $"{Run("compare", "latest~1", "latest")}"
                + $"{Run("compare", "latest", _facts[11].Id[..8])}"
                + $"{Run("compare", "latest~2", "latest~1", "latest", "--all", "--limit", "5")}"
                + $"{Run("compare", "latest~1", "latest", "--limit", "2", "--json")}");

    [Fact]
    public void What_runs_recorded_is_listed_by_path() => Approved.Matches("paths",
        $"{Run("paths")}{Run("paths", "--contains", "LOSS", "--numeric", "--run", "latest", "--json")}"
                + $"{Run("paths", "--contains", "nothing")}");

    [Fact]
    public void Values_at_a_path_are_shown_with_run_and_line() => Approved.Matches("select",
        $"{Run("select", "metrics.acc", "--run", "latest")}"
                + $"{Run("select", "hparams.learning_rate", "--where", "metrics.acc > 0.85", "--distinct")}"
                + $"{Run("select", "metrics.acc", "--limit", "1", "--json")}"
                + $"{Run("select", "hparams.batch_size", "--distinct", "--limit", "1", "--json")}");

    [Theory]
    [InlineData("metrics.acc")]
    [InlineData("tracked.metrics.acc")]
    public void The_last_value_of_a_run_is_cited_like_all_of_them(string path)
    {
        JsonElement every = Values("--all")[^1], last = Assert.Single(Values("--last"));
        Assert.Equal(every.GetRawText(), last.GetRawText());
        Assert.Equal((4, 6), (last.GetProperty("step").GetInt32(), last.GetProperty("line").GetInt32()));

        JsonElement[] Values(string option) =>
            [.. JsonDocument.Parse(
                Run("select", path, "--run", "latest", option, "--json").Out).RootElement.GetProperty("values").EnumerateArray()];
    }

    [Fact]
    public void Values_are_shown_with_the_digits_that_a_condition_needs()
    {
        using var store = new StoreFixture();
        // What a float of 0.1 is as a double.
        store.Journal("a").Session().Begin(1).Line(
            1, "track", """{"rate":0.10000000149011612}""").End(1).Begin(2).Line(2, "track", """{"rate":0.1}""").End(2);
        Assert.All(
            (string[])["--all", "--distinct"],
            option =>
                Assert.Contains(
                    " 0.10000000149011612 ", store.Run("select", "rate", option).Out.Replace('\n', ' '), StringComparison.Ordinal));
        string chosen = store.Run("ls", "--where", "rate = 0.10000000149011612").Out;
        Assert.Contains(StoreFixture.Id(1)[..8], chosen, StringComparison.Ordinal);
        Assert.DoesNotContain(StoreFixture.Id(2)[..8], chosen, StringComparison.Ordinal);
    }

    [Fact]
    public void The_last_events_are_told_once_for_scripts() => Approved.Matches("tail",
        $"{Run("tail", "--once", "--lines", "4")}{Run("tail", _facts[7].Id, "--once", "--lines", "2", "--json")}");

    [Fact]
    public void Elements_of_lists_and_names_with_dots_are_found_by_the_paths_that_are_listed()
    {
        using var store = new StoreFixture();
        store.Journal("a").Session().Begin(1)
            .Line(1, "track", """
                {"layers":[{"size":3},{"size":5}],"a.b":{"c d":1},"params":{"x":2}}
                """.OneLine()).Line(1, "track", "7").Line(1, "track", "[1,2]")
            .End(1, metrics: """{"val.acc":0.5,"top 5":0.9,"status":3}""");
        string[] paths = [.. store.Run("paths").Out.Split('\n').Skip(1).Where(l => l.Length > 0).Select(l => l.Split("  ")[0])];
        Assert.Equal([
            "params.hidden", "params.lr", "metrics.status", "metrics[\"top 5\"]", "val.acc", "layers[].size", "tracked[]", "params.x",
            "tracked", "tracked[\"a.b\"][\"c d\"]"], paths);
        Assert.All(paths, path => Assert.Equal((path, 0), (path, store.Run("select", path).Exit)));
        Assert.All(
            paths,
            path => Assert.Equal((path, 0), (path, store.Run("ls", "--where", $"{path} != missing and not ({path} = 'other')").Exit)));
        Assert.Contains("[3,5]", store.Run("ls", "--columns", "layers[].size").Out, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("history", "latest", "metrics.los")]
    [InlineData("best", "metrics.los")]
    [InlineData("select", "metrics.los")]
    [InlineData("ls", "--sort", "metrics.los")]
    [InlineData("ls", "--columns", "metrics.los")]
    [InlineData("best", "metrics.acc", "--by", "metrics.los")]
    public void A_name_that_leads_nowhere_is_bad_input_and_the_nearest_is_told(params string[] call)
    {
        ToolResult result = Run(call);
        Assert.Equal((2, ""), (result.Exit, result.Out));
        Assert.Contains("Did you mean 'metrics.loss'?", result.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--since is 'soon'; expected a time such as 2026-01-31", "ls", "--since", "soon")]
    [InlineData("--by and --group exclude each other", "best", "metrics.acc", "--by", "status", "--group", "status")]
    [InlineData("1 run is named; expected two to 10", "compare", "latest")]
    public void Wrong_input_says_what_was_expected(string message, params string[] call)
    {
        ToolResult result = Run(call);
        Assert.Equal(2, result.Exit);
        Assert.Contains(message, result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Names_with_commas_in_them_stand_in_lists_of_names()
    {
        using var store = new StoreFixture();
        store.Journal("a").Session().Begin(1).Line(1, "track", """{"a,b":1,"x":2}""").End(1);
        ToolResult result = store.Run("ls", "--columns", "tracked[\"a,b\"],x", "--sort", "x:desc,tracked[\"a,b\"]");
        Assert.Equal($"@  id        tracked[\"a,b\"]  x\n1  {StoreFixture.Id(1)[..8]}  1               2\n", result.Out);
    }

    [Fact]
    public void A_group_with_a_run_that_diverged_has_no_mean_and_comes_last()
    {
        using var store = new StoreFixture();
        store.Journal("a").Session()
            .Begin(1, """{"lr":1.0}""").End(1, metrics: """{"acc":0.99}""").Begin(2, """{"lr":1.0}""").End(2, metrics: """{"acc":"NaN"}""")
            .Begin(3, """{"lr":0.1}""").End(3, metrics: """{"acc":0.5}""").Begin(4, """{"lr":0.1}""").End(4, metrics: """{"acc":0.7}""");
        string[] lines = store.Run("best", "acc", "--by", "params.lr").Out.Split('\n');
        Assert.Matches(@"^0\.1 +0\.600 ± 0\.141 +2 +0\.7 ", lines[1]);
        Assert.Matches(@"^1 +NaN +2 \(1 NaN\) +0\.99 ", lines[2]);
        Assert.Equal("A group with runs whose value is NaN has no mean and comes last.", lines[4]);
    }

    [Fact]
    public void A_best_of_nothing_but_NaN_says_that_and_not_that_there_is_none()
    {
        using var store = new StoreFixture();
        store.Journal("a").Session().Begin(1).End(1, metrics: """{"v":"NaN"}""").Begin(2).End(
            2, metrics: """{"v":"NaN","w":1}""").Begin(3).End(3, "failed", """{"v":2}""");
        ToolResult result = store.Run("best", "v");
        Assert.Equal(1, result.Exit);
        Assert.Equal(
            "assay: the last value of 'v' is NaN in 2 successful runs, and NaN has no rank; expected a number. Where it was one earlier, "
                + "'assay best v --peak' ranks by the best value a run ever had.\n", result.Error);
        Assert.Contains(
            "'v' was never anything but NaN in 2 successful runs", store.Run("best", "v", "--peak").Error, StringComparison.Ordinal);
        Assert.Contains("the last value of 'v' is NaN in 2 successful runs", store.Run("show", "best:v").Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Numbers_that_no_double_can_hold_keep_every_digit_in_every_answer()
    {
        using var store = new StoreFixture();
        store.Journal("a").Session()
            .Begin(1, """{"n":9007199254740993}""").Line(1, "track", """{"t":18446744073709551617}""")
            .Line(1, "track", """{"t":18446744073709551619}""").End(1, metrics: """{"v":9007199254740993}""")
            .Begin(2, """{"n":9007199254740992}""").Line(
                2, "track", """{"t":18446744073709551616}""").End(2, metrics: """{"v":9007199254740992}""");
        string best = store.Run("best", "v", "--by", "experiment", "--json").Out;
        Assert.Contains("\"min\": 9007199254740992,", best, StringComparison.Ordinal);
        Assert.Contains("\"max\": 9007199254740993,", best, StringComparison.Ordinal);
        Assert.Contains("\"value\": 9007199254740993,", best, StringComparison.Ordinal);
        Assert.Contains("9007199254740993", store.Run("best", "v").Out, StringComparison.Ordinal);
        Assert.Contains("\"value\": 18446744073709551619,", store.Run("best", "t", "--json").Out, StringComparison.Ordinal);
        Assert.Contains("\"v\": 9007199254740993", store.Run("ls", "--columns", "v", "--json").Out, StringComparison.Ordinal);
        string compared = store.Run("compare", StoreFixture.Id(1), StoreFixture.Id(2), "--json").Out;
        Assert.Contains("\"change\": -1\n", compared, StringComparison.Ordinal);
        Assert.Contains("\"change\": -3\n", compared, StringComparison.Ordinal);
        string history = store.Run("history", StoreFixture.Id(1), "t", "--json").Out;
        Assert.Contains("\"first\": 18446744073709551617,", history, StringComparison.Ordinal);
        Assert.Contains("\"max\": 18446744073709551619,", history, StringComparison.Ordinal);
        Assert.Contains(
            "integer",
            store.Run("paths", "--contains", "t", "--numeric").Out.Split('\n').Single(l => l.StartsWith("t ", StringComparison.Ordinal)),
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_best_of_nothing_is_exit_code_1_and_says_why()
    {
        ToolResult result = Run("best", "metrics.acc", "--where", "status = failed");
        Assert.Equal(1, result.Exit);
        Assert.Contains("Not ranked: 1 run without success", result.Out, StringComparison.Ordinal);
        Assert.Contains("--any-status", result.Error, StringComparison.Ordinal);
    }
}
