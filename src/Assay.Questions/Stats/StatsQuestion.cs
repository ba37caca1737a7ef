using Assay.Analysis;

namespace Assay.Questions;

internal sealed class StatsQuestion : Question<StatsReport>
{
    private static readonly string[] Methods = [.. new[]
    {
        IntervalMethod.Auto, IntervalMethod.T, IntervalMethod.Normal, IntervalMethod.Wilson, IntervalMethod.Bootstrap, IntervalMethod.Bca,
    }.Select(IntervalMethodText.Text)];

    private static readonly ListParameter Metrics = new(
        "metrics", "These metrics or other numbers, several with commas. Default: all metrics")
    {
        ToolDescription = $"The metrics or other numbers, each {RunParameters.Field}. Default: all metrics",
        ShellName = "--metric",
        Placeholder = "NAMES",
        HasCommas = true,
    };

    private static readonly ListParameter By = RunParameters.Fields(
        "by", "Groups of runs with equal values of these names, several with commas. Default: the parameters that were varied",
        $"Groups of runs with equal values of these names, each {RunParameters.Field}. Default: the parameters that were varied");

    private static readonly ChoiceParameter Method = new(
        "method", "How the bounds of the mean are made: " + string.Join(", ", Methods), Methods)
    { Placeholder = "METHOD" };

    private static readonly TextParameter Cluster = new(
        "cluster", "Runs with equal values of this name belong together and count as one observation, such as a data set")
    { Placeholder = "NAME" };

    private static readonly NumberParameter Limit = RunParameters.Limit(100, 1000, "rows");
    private static readonly FlagParameter All = RunParameters.All("rows");

    public override CommandText Command { get; } = new("stats", "Show means of metrics over groups of runs, with their intervals",
        "assay stats iris", "assay stats iris --metric accuracy --by LearningRate,Hidden",
        "assay stats iris --metric accuracy --method bca --confidence 0.99",
        "assay stats iris --by fingerprints.code --earlier", "assay stats iris --where \"LearningRate < 0.1\" --json");

    public override ToolText Tool => new("run_stats", "Statistics of groups",
        "Gives number, mean, standard deviation and confidence interval of metrics over the successful runs in groups with equal values, "
            + "such as the replicates of each point. best_runs ranks such groups by one metric; compare_settings tells whether two "
            + "differ.");

    public override IReadOnlyList<Parameter> Parameters =>
    [
        .. RunParameters.FilterWithoutStatus, Metrics, By, RunParameters.Confidence, Method, Cluster, Limit, All, PageCursor.Parameter,
    ];

    public override Answer Ask(QuestionCall call)
    {
        var filter = new RunFilter(call);
        IReadOnlyList<RunField>? asked = RunParameters.Read(Metrics, call), by = RunParameters.Read(By, call);
        string? cluster = Cluster.Of(call);
        int from = PageCursor.From(call), most = All.Of(call) ? int.MaxValue : Limit.Count(call);
        (Results all, Results chosen) = filter.Apply();
        KnownNames.RequireAmong(all, [.. asked ?? [], .. by ?? [], .. cluster is null ? [] : new[] { RunField.Parse(cluster) }]);
        var remarks = new List<string>();
        StatsRow[] rows = chosen.Count == 0 ? [] : [.. Rows(chosen, asked, by, call, remarks)];
        var report = new StatsReport(
            call.Store.Path, filter.Experiment, RunParameters.Confidence.Of(call)!.Value, rows.Length,
            Math.Clamp(rows.Length - from, 0, most), [.. rows.Skip(from).Take(most)])
        { EarlierLeftOut = filter.EarlierLeftOut };
        return new Answer(report)
        {
            Runs = all,
            IsNegative = rows.Length == 0,
            List = new AnswerList("rows", rows.Length, from),
            Warnings = remarks,
            Remarks = remarks,
        };
    }

    private static IEnumerable<StatsRow> Rows(
        Results chosen, IReadOnlyList<RunField>? asked, IReadOnlyList<RunField>? by, QuestionCall call, List<string> remarks)
    {
        // Of the metrics only the names are wanted here.
        IReadOnlyList<RunGroup> groups = chosen.Stats(by, asked is null ? null : []);
        string[] keys = [.. groups[0].Key.Keys];
        IEnumerable<string> metrics = asked?.Select(m => m.Name) ?? groups.SelectMany(g => g.Metrics.Keys).Distinct(StringComparer.Ordinal);
        IntervalMethod method = Enum.GetValues<IntervalMethod>().First(m => IntervalMethodText.Text(m) == Method.Of(call));
        foreach (string metric in metrics)
        {
            Table table;
            try
            {
                table = Statistics.Asked(() => chosen.Intervals(
                    asked is null ? RunField.NameOfMetric(metric) : metric, keys, RunParameters.Confidence.Of(call)!.Value, method,
                    Cluster.Of(call)));
            }
            catch (TableException fault) when (asked is null)
            {
                remarks.Add($"'{metric}' is left out. {fault.Message}");
                continue;
            }

            for (int i = 0; i < table.RowCount; i++) yield return StatsRow.Of(table, i, keys, metric);
        }
    }

    protected override void Write(StatsReport report, Page page)
    {
        string[] names = [.. report.Rows.SelectMany(r => r.By.Keys).Distinct(StringComparer.Ordinal)];
        string interval = $"{Words.Value(report.Confidence * 100)} % interval";
        TextGrid grid = TextGrid.Of(
            report.Rows,
            [
                .. names.Select(name => Column(name, r => Words.Value(r.By.GetValueOrDefault(name)))),
                Column("metric", r => Words.Value(r.Metric)), Column("n", r => Words.Number(r.N)),
                Column("mean", r => r.Mean is { } mean ? MeanText.Of(mean, r.Std) : ""),
                Column(interval, r => MeanText.Bounds(r.LowerBound, r.UpperBound)),
                Column("method", r => r.LowerBound is null ? "" : r.Method), Column("note", r => r.Note),
            ]).WithoutEmpty(interval, "method", "note");
        grid.FoldsConstants = true;
        // More of them leave no room for the rest.
        if (names.Length <= 3) grid.Keys = names.Length + (report.Rows.DistinctBy(r => r.Metric).Count() > 1 ? 1 : 0);
        page.Grid(grid, none: "no runs");
        page.Rest(report.Shown, report.Total, "row");
    }

    private static (string, Func<StatsRow, string?>) Column(string heading, Func<StatsRow, string?> cell) => (heading, cell);
}

/// <summary>Means of groups of runs: how many rows there are, and some of them.</summary>
internal sealed record StatsReport(
    string Store, string? Experiment, double Confidence, int Total, int Shown, IReadOnlyList<StatsRow> Rows) : RunsReport;

/// <summary>
/// The mean of a metric over a group of runs: the values that the runs share, the number of values, their mean, the deviation of the
/// sample, the bounds of the mean and how they were made; null where there are too few values, and the note says so.
/// </summary>
internal sealed record StatsRow(
    IReadOnlyDictionary<string, object?> By, string Metric, long N, double? Mean, double? Std, double? LowerBound, double? UpperBound,
    string Method, string? Note)
{
    /// <summary>A row of a table of intervals, whose first columns are the values that the group shares.</summary>
    public static StatsRow Of(Table table, int row, IReadOnlyList<string> keys, string metric)
    {
        var by = new OrderedDictionary<string, object?>(StringComparer.Ordinal);
        for (int i = 0; i < keys.Count; i++) by[keys[i]] = table.Columns[i][row];
        T? Cell<T>(string name) => table.TryGetColumn(name, out Column? column) && column[row] is T value ? value : default;
        double? Real(string name) => table[name][row] as double?;
        return new StatsRow(
            by, metric, Cell<long>("count"), Real("mean"), Real("std"), Real("lower_bound"), Real("upper_bound"), Cell<string>("method")!,
            Cell<string>("note"));
    }
}
