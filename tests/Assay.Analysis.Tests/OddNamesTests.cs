using System.Text.RegularExpressions;

namespace Assay.Analysis.Tests;

/// <summary>Parameters and metrics with the names of facts, columns and Markdown.</summary>
public sealed class OddNamesTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_parameter_with_the_name_of_a_fact_is_meant_where_it_was_varied()
    {
        Results results = await Run<Seeded>(
            "seeded", Space.Of<Seeded>().Grid(p => p.Seed, 1, 2, 3).Grid(p => p.Version, 0.1, 0.2),
            (p, run) => run.Metric("accuracy", p.Seed + p.Version + (0.001 * run.Seeds.Replicate)));

        Importance importance = results.Importance("accuracy");
        Assert.Equal(6, importance.Points);
        Assert.InRange(importance["params.Seed"].Share!.Value, 0.99, 1);
        Assert.Equal(["params.Seed", "params.Version"], results.Intervals("accuracy").Columns.Take(2).Select(c => c.Name));
        Assert.Equal(2, results.Correlations().RowCount);
        Comparison pair = results.Compare("accuracy", "params.Seed", 1, 2, pairedBy: ["params.Version", "seed"]);
        Assert.Equal((4, 1.0), (pair.Count, Math.Round(pair.Difference.Estimate!.Value, 9)));
        Assert.Contains("| params.Seed |", results.ReportText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_parameter_with_the_name_of_a_column_of_intervals_has_a_prefix_there()
    {
        Results results = await Run<Method>(
            "methods", Space.Of<Method>().Grid(p => p.method, "a", "b").Grid(p => p.count, 1, 2),
            (p, run) => run.Metric("accuracy", p.count + run.Seeds.Replicate));

        Table table = results.Intervals("accuracy");

        Assert.Equal(["param_method", "param_count", "mean"], table.Columns.Take(3).Select(c => c.Name));
        Assert.Equal([2L, 2, 2, 2], table["count"].AsInt64s().ToArray());
        Assert.Contains("| method | count | n |", results.ReportText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_metric_with_the_name_of_a_column_of_a_collation_has_a_prefix_there()
    {
        Results results = await Run<int>("collated", Space.Values(1, 2), (n, run) =>
        {
            run.Metric("status", 7 * n);
            if (n == 2) throw new InvalidOperationException("two");
        });

        Table table = results.Collate();

        Assert.Equal(["success", "success", "failed", "failed"], Enumerable.Range(0, 4).Select(i => table["status"][i]));
        Assert.Equal([7L, 7, 14, 14], table["metric_status"].AsInt64s().ToArray());
    }

    [Fact]
    public async Task Names_and_texts_of_runs_are_no_markdown()
    {
        const string Name = "acc\n\n- item\u001b[31m", Mention = "@someone https://example.org www.example.org";
        Results results = await Run<string>("markdown", Space.Values(Mention, "1. first", "- dash"), (text, run) =>
            run.Metric(Name, text.Length + run.Seeds.Replicate));

        string report = results.ReportText();

        Assert.DoesNotContain("\n- item", report, StringComparison.Ordinal);
        Assert.DoesNotContain('\u001b', report);
        Assert.Contains(@"\@someone https\://example.org www\.example.org", report, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_file_of_a_figure_has_a_short_name_whatever_the_metric_is_called()
    {
        string name = new('m', 300);
        Results results = await Run<int>("long", Space.Values(1, 2), (n, run) => run.Metric(name, n + run.Seeds.Replicate));

        results.Report(_folder.File("report.md"));

        string[] figures = [.. Directory.GetFiles(_folder.File("report-figures")).Select(f => Path.GetFileName(f)!)];
        Assert.NotEmpty(figures);
        Assert.All(figures, figure => Assert.True(figure.Length < 80, figure));
    }

    [Fact]
    public async Task A_report_has_the_number_of_values_of_each_metric_and_why_bounds_are_missing()
    {
        Results results = await Run<int>("some", Space.Values(1, 2), (n, run) =>
        {
            run.Metric("accuracy", n + run.Seeds.Replicate);
            if (run.Seeds.Replicate == 0) run.Metric("f1", 0.5);
        });

        string report = results.ReportText();

        Assert.Matches(new Regex(@"\| 1 \| 2 \| .+ \| 0\.5 \(n=1\) \| f1: .+without a value"), report);
    }

    [Fact]
    public async Task A_report_has_the_times_of_the_first_and_the_last_run_whatever_their_order_is()
    {
        Results results = await Run<int>("times", Space.Values(1, 2, 3), (n, run) => run.Metric("n", n));
        string Times(Results runs) => runs.ReportText().Split('\n')
            .Single(line => line.StartsWith("The first run started ", StringComparison.Ordinal));

        Assert.Equal(Times(results), Times(results.Sort("started:desc")));
    }

    [Theory]
    [InlineData("acuracy", false)]
    [InlineData("accuracy", true)]
    [InlineData("metrics.accuracy", true)]
    public async Task What_is_to_be_minimized_is_one_of_the_metrics(string name, bool isKnown)
    {
        Results results = await Run<int>("least", Space.Values(1, 2), (n, run) => run.Metric("accuracy", n));
        string Report() => results.ReportText(new ReportOptions { Minimize = [name] });

        if (isKnown) Assert.Contains("### accuracy, least first", Report(), StringComparison.Ordinal);
        else Assert.Contains("'acuracy' is to be minimized and is not among the metrics", Assert.Throws<AssayException>(Report).Message);
    }

    [Fact]
    public async Task A_report_counts_a_seed_that_points_share_once_and_shows_booleans()
    {
        Results results = await Run<Method>(
            "shared", Space.Of<Method>().Grid(p => p.method, "a", "b").Grid(p => p.count, 1, 2, 3),
            (p, run) =>
            {
                run.Metric("good", run.Seeds.Replicate == 0);
                run.Metric("loss", p.count + (p.method == "b" ? run.Seeds.Replicate + 1 : 0));
            });

        string report = results.ReportText();

        Assert.Contains("| loss | method | a | b | 2 pairs |", report, StringComparison.Ordinal);
        Assert.Contains("6 pairs in 2 clusters, each of which counts once", report, StringComparison.Ordinal);
        Assert.Contains("### good, most first", report, StringComparison.Ordinal);
        Assert.Equal(0.5, results.Stats(by: [])[0].Metrics["good"].Mean);
        Assert.True(results.Best("good").Metric<bool>("good"));
    }

    [Fact]
    public async Task A_report_of_a_random_search_compares_without_pairs_and_has_rank_correlations()
    {
        Results results = await Run<Seeded>(
            "random", Space.Of<Seeded>().Random(30, seed: 1, draw => draw.Choice(p => p.Seed, 1, 2).Uniform(p => p.Version, 0, 1)),
            (p, run) => run.Metric("loss", p.Version + p.Seed));

        string report = results.ReportText();

        Assert.Contains("Where settings share no points, runs are compared without pairs", report, StringComparison.Ordinal);
        Assert.Contains("| parameter | n | rank correlation (Spearman) | p adjusted |", report, StringComparison.Ordinal);
        Assert.Contains("ForestImportance of the package Assay.Forest", report, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_series_with_brackets_and_quotes_in_its_name_is_in_the_report()
    {
        Results results = await Run<int>("curves", Space.Values(1, 2), (n, run) =>
        {
            for (int step = 0; step < 3; step++) run.Metric("curve \"q\" [0]", n * step, step);
        });

        results.Report(_folder.File("report.html"));

        Assert.Contains("over steps", File.ReadAllText(_folder.File("report.html")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Clusters_are_told_apart_by_their_whole_texts()
    {
        string start = new('x', 100);
        Results results = await Run<string>("texts", Space.Values(start + 1, start + 2, start + 3), (text, run) =>
            run.Metric("score", text[^1] + run.Seeds.Replicate));

        Table table = results.Intervals("score", by: [], cluster: "text");

        Assert.Equal(3L, table["clusters"][0]);
    }

    [Fact]
    public void A_bound_without_a_logarithm_is_passed_over_on_a_logarithmic_axis()
    {
        var table = Table.FromColumns(
            Column.Of("p", Enumerable.Range(1, 50).Select(i => i / 50.0)),
            Column.Of("right", Enumerable.Range(1, 50).Select(i => i % 3 == 0)));

        Assert.Contains("<svg", table.PlotCalibration("p", "right").LogX().ToSvg(), StringComparison.Ordinal);
    }

    private async Task<Results> Run<T>(string name, Space<T> space, Action<T, RunContext> operation) => await Experiment
        .Create(name, "1", operation).Over(space).Repeat(2, seed: 1)
        .RunAsync(new() { Store = _folder.File("store"), Progress = ProgressMode.None, StopWhenFirstFail = null });

    private sealed record Seeded(int Seed, double Version);

    private sealed record Method(string method, int count);
}
