using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Assay.Cli.Tests.Commands;

/// <summary>Curves over many runs, whose every number is known.</summary>
public sealed class SeriesTests : IDisposable
{
    private readonly StoreFixture _store = new();

    public void Dispose() => _store.Dispose();

    /// <summary>Two rates with three replicates of twelve steps, one of which failed after four.</summary>
    private void MakeCurves()
    {
        JournalFixture journal = _store.Journal("a").Session();
        foreach ((int rate, int replicate) in
            from rate in Enumerable.Range(0, 2) from replicate in Enumerable.Range(0, 3) select (rate, replicate))
        {
            int run = 1 + (rate * 3) + replicate, steps = run == 6 ? 4 : 12;
            journal.Begin(run, $"{{\"lr\":{(rate == 0 ? "0.1" : "0.01")},\"hidden\":8}}", replicate)
                .Line(run, "series", Block("loss", steps, step => (10.0 + rate - step + (replicate * 0.5)) / 8))
                .End(run, run == 6 ? "failed" : "success", """{"accuracy":0.5}""");
        }
    }

    [Fact]
    public void Curves_of_runs_are_shown_in_short_and_drawn()
    {
        MakeCurves();
        Approved.Matches("series", $"{_store.Run("series", "loss")}{_store.Run("series", "loss", "--where", "lr = 0.1", "--limit", "2")}"
            + $"{_store.Run("series", "loss", "iris", "--limit", "1", "--points", "3", "--json")}");
    }

    [Fact]
    public void Groups_of_runs_have_mean_interval_and_number_at_each_step()
    {
        MakeCurves();
        Approved.Matches("series-groups", $"{_store.Run("series", "loss", "--by", "lr", "--points", "4")}"
            + $"{_store.Run("series", "loss", "--by", "params,status", "--points", "2")}"
            + $"{_store.Run("series", "loss", "--by", "lr", "--points", "2", "--limit", "1", "--json")}");
    }

    [Fact]
    public void A_table_of_all_points_is_saved_in_any_format()
    {
        MakeCurves();
        foreach (TableFormat format in (TableFormat[])[TableFormat.Csv, TableFormat.Parquet, TableFormat.Ipc])
        {
            string file = _store.File("curves" + format.Extension());
            Assert.Equal($"wrote 64 rows of 10 columns to {file}\n", Tool.Run("series", "loss", "-o", file, "--store", _store.Path).Out);
            Table table = Table.Load(file);
            Assert.Equal(
                ["run_id", "experiment", "status", "param_lr", "param_hidden", "seed", "replicate", "step", "value", "elapsed_ms"],
                table.Columns.Select(c => c.Name));
            Assert.Equal((64, 10.0 / 8), (table.RowCount, table["value"].AsDoubles()[0]));
        }

        ToolResult printed = _store.Run("series", "loss", "--output", "-", "--format", "csv");
        Assert.Equal(65, printed.Out.TrimEnd('\n').Split('\n').Length);
        Assert.StartsWith("run_id,experiment,status,param_lr,", printed.Out);
    }

    [Fact]
    public void A_table_of_groups_has_every_step()
    {
        MakeCurves();
        string file = _store.File("groups.csv");
        Assert.Equal($"wrote 24 rows of 7 columns to {file}\n", Tool.Run(
            "series", "loss", "--by", "params.lr", "-o", file, "--store", _store.Path).Out);
        Table table = Table.Load(file);
        Assert.Equal(
            ["params.lr", "step", "count", "mean", "standard_deviation", "lower_bound", "upper_bound"], table.Columns.Select(c => c.Name));
        // 10, 10.5 and 11 eighths; of two degrees of freedom t is 4.3027.
        Assert.Equal((3L, 10.5 / 8, 0.5 / 8), (table["count"][0], table["mean"][0], table["standard_deviation"][0]));
        Assert.Equal((10.5 - (4.302653 * 0.5 / Math.Sqrt(3))) / 8, (double)table["lower_bound"][0]!, precision: 6);
        // Where one run has failed two are left.
        Assert.Equal((2L, 4L), (table["count"][23], table["count"].AsInt64s().ToArray().Count(n => n == 3) - 12L));
    }

    [Fact]
    public void Of_a_single_run_the_interval_is_not_known()
    {
        _store.Journal("a").Session().Begin(1).Line(1, "series", Block("loss", 3, step => step)).End(1);
        JsonElement point = JsonDocument.Parse(_store.Run("series", "loss", "--by", "lr", "--json").Out).RootElement
            .GetProperty("groups")[0].GetProperty("points")[0];
        Assert.Equal(1, point.GetProperty("count").GetInt32());
        Assert.All(
            (string[])["standard_deviation", "lower_bound", "upper_bound"],
            name => Assert.Equal(JsonValueKind.Null, point.GetProperty(name).ValueKind));
    }

    [Fact]
    public void What_lone_runs_tracked_is_a_curve_too()
    {
        (StoreFixture store, IReadOnlyList<TrackedFact> facts) = TrackedStore.Make(3, TimeSpan.FromHours(1));
        using (store)
        {
            string file = store.File("acc.csv");
            Assert.Equal(0, store.Run("series", "metrics.acc", "-o", file).Exit);
            Table table = Table.Load(file);
            Assert.Equal(facts.SelectMany(f => f.Accuracy), table["value"].AsDoubles().ToArray());
            Assert.Equal([0L, 1, 2, 3, 4], table["step"].AsInt64s()[..5].ToArray());
        }
    }

    [Theory]
    [InlineData("no run recorded 'los' over steps; the series are 'loss'. Did you mean 'loss'?", "los")]
    [InlineData("no run recorded 'accuracy' over steps; the series are 'loss'. Correct the name, or record the metric", "accuracy")]
    [InlineData("no run has a value called 'lrr'", "loss", "--by", "lrr")]
    [InlineData("--format is csv, but no --output is given", "loss", "--format", "csv")]
    [InlineData("'.doc'", "loss", "--output", "curves.doc")]
    public void What_does_not_fit_is_refused(string message, params string[] arguments)
    {
        MakeCurves();
        ToolResult result = _store.Run(["series", .. arguments]);
        Assert.Equal((2, ""), (result.Exit, result.Out));
        Assert.Contains(message, result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void The_last_value_of_a_run_at_a_step_counts()
    {
        _store.Journal("a").Session().Begin(1)
            .Line(1, "series", """{"name":"loss","steps":[1,1,2],"values":[9,1,5],"time_ms":[1,2,3]}""").End(1);
        string[] lines = _store.Run("series", "loss", "--by", "lr").Out.Split('\n');
        Assert.Equal(["0.1", "1", "1", "1"], lines[1].Split(' ', StringSplitOptions.RemoveEmptyEntries));
    }

    private static string Block(string name, int steps, Func<int, double> value)
    {
        string Joined(Func<int, double> of) => string.Join(
            ',', Enumerable.Range(0, steps).Select(step => of(step).ToString("0.0###", CultureInfo.InvariantCulture)));
        return new StringBuilder("{\"name\":\"").Append(name).Append("\",\"steps\":[").AppendJoin(',', Enumerable.Range(0, steps))
            .Append("],\"values\":[").Append(Joined(value)).Append("],\"time_ms\":[").Append(Joined(step => step * 10)).Append("]}")
            .ToString();
    }
}
