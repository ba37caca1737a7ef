using System.Collections;
using System.Globalization;

namespace Assay.Questions;

internal sealed class SeriesQuestion : Question<SeriesReport>
{
    private static readonly TextParameter Metric = new("metric", "A stepped metric, or a path in tracked values: loss, metrics.acc")
    { IsPositional = true, IsRequired = true };

    private static readonly ListParameter By = RunParameters.Fields(
        "by", "One curve for each group of runs with equal values, such as params for all replicates of a point: number, mean and 95 % "
            + "interval at each step",
        "One curve for each group of runs with equal values, such as [\"params\"] for the replicates of each point: number, mean, standard "
            + "deviation and 95 % interval of the mean at each step");

    private static readonly NumberParameter MostPoints = new(
        "max_points", "The number of points to show of each curve, evenly chosen; --output writes all", 2, 500, 10)
    {
        ToolDescription = "The number of points to give of each curve, evenly chosen; the first and the last are among them",
        ShellName = "--points",
        Placeholder = "N",
    };

    private static readonly NumberParameter Limit = RunParameters.Limit(20, 200, "runs or groups");

    public override CommandText Command { get; } = new("series", "Show or save the curves of a metric over many runs",
        "assay series loss",
        "assay series loss iris --by params",
        "assay series loss --where \"experiment = 'iris'\" --by params.lr --output loss.parquet",
        "assay series loss iris --status success --output curves.csv");

    public override ToolText Tool => new("get_series", "Curves over runs",
        "Gives the curves of a stepped metric over many runs: of each run first, last, smallest and largest value and some points; or with "
            + "by of each group of runs the number, mean and 95 % interval at some steps. get_metric_history has every point of one run.");

    public override IReadOnlyList<Parameter> Parameters =>
    [
        Metric, .. RunParameters.Filter, By, TableOutput.File, TableOutput.Format, MostPoints, Limit, PageCursor.Parameter,
    ];

    public override Answer Ask(QuestionCall call)
    {
        var filter = new RunFilter(call);
        var field = RunField.Parse(Metric.Of(call)!);
        IReadOnlyList<RunField>? by = RunParameters.Read(By, call);
        TableOutput? output = TableOutput.IsNamed(call) ? TableOutput.Of(call) : null;
        int from = PageCursor.From(call), limit = Limit.Count(call), points = MostPoints.Count(call);
        (Results all, Results chosen) = filter.Apply();
        KnownNames.RequireAmong(all, by ?? []);
        var curves = RunCurves.Read(chosen, field, call.Cancellation);
        IReadOnlyList<GroupCurve>? groups = by is null ? null : GroupCurve.Of(curves.Curves, by);
        int total = groups?.Count ?? curves.Curves.Count;
        var report = new SeriesReport(
            call.Store.Path, filter.Experiment, field.Name, curves.Curves.Count, chosen.Count - curves.Curves.Count,
            curves.Curves.Sum(c => (long)c.Points.Count), total, Math.Clamp(total - from, 0, limit),
            groups is null ? [.. curves.Curves.Skip(from).Take(limit).Select(c => RunCurveLine.Of(c, points))] : [],
            groups is null ? null : [.. groups.Skip(from).Take(limit).Select(g => g with { Points = Evenly.Of(g.Points, points) })],
            Path: null, Format: null, Rows: null, Columns: null)
        { EarlierLeftOut = filter.EarlierLeftOut };
        if (output is not null && total > 0) report = Saved(report, groups is null ? curves.ToTable() : GroupTable(groups, by!), output);
        return new Answer(report)
        {
            Runs = all,
            IsNegative = total == 0,
            List = new AnswerList(groups is null ? "curves" : "groups", total, from),
            Remarks = [.. Remarks(report)],
            Warnings = [.. Unfinished(curves.Curves), .. LeftOut(report)],
        };
    }

    protected override void Write(SeriesReport report, Page page)
    {
        if (report.Printed is { } text)
        {
            page.Raw(text);
            return;
        }

        if (report.Rows is { } rows)
        {
            page.Line(TableOutput.Told(rows, report.Columns!.Value, report.Path));
            return;
        }

        page.Grid(report.Groups is { } groups ? Groups(groups) : Curves(report, page), none: "no runs");
        page.Rest(report.Shown, report.Total, report.Groups is null ? "run" : "group", "--limit N shows more");
        if (report.Without > 0) page.Line($"{Words.Count(report.Without, "run")} without '{report.Metric}' over steps left out.");
        if (report.Groups?.Any(g => g.Points.Count < g.Total) == true)
            page.Line("Some of the steps, evenly chosen; --points N shows more, --output FILE writes all.");
    }

    // Where the text is the table.
    private static IEnumerable<string> LeftOut(SeriesReport report) => report.HasLineOfEarlier || report.EarlierLeftOut == 0 ? []
        : [EarlierRuns.LeftOut(report.EarlierLeftOut, RunParameters.Earlier.ShellName)];

    private static TextGrid Curves(SeriesReport report, Page page)
    {
        bool experiments = report.Curves.DistinctBy(c => c.Experiment).Count() > 1;
        bool statuses = report.Curves.Any(c => c.Status != "success");
        return TextGrid.Of(
            report.Curves, ("id", c => page.ShortId(c.RunId)), ("experiment", c => experiments ? c.Experiment : ""),
            ("status", c => statuses ? c.Status : ""), ("params", c => Words.Values(c.Params)),
            ("replicate", c => Words.Value(c.Seed?.Replicate)), ("points", c => Words.Number(c.Total)),
            ("last step", c => Words.Value(c.LastStep)), ("first", c => Words.Value(c.First)), ("min", c => Words.Value(c.Min)),
            ("max", c => Words.Value(c.Max)), ("last", c => Words.Value(c.Last)), ("curve", c => c.Drawn))
            .WithoutEmpty("experiment", "status", "params", "replicate", "last step", "curve");
    }

    private static TextGrid Groups(IReadOnlyList<GroupCurve> groups)
    {
        IEnumerable<(string, Func<GroupStep, string?>)> keys = groups.SelectMany(g => g.Group.Keys).Distinct(StringComparer.Ordinal)
            .Select(key => (key, (Func<GroupStep, string?>)(row => Words.Value(row.Group.Group.GetValueOrDefault(key)))));
        return TextGrid.Of(
            groups.SelectMany(g => g.Points.Select(p => new GroupStep(g, p))),
            [
                .. keys, ("step", row => Words.Value(row.At.Step)), ("runs", row => Words.Number(row.At.Count)),
                ("mean", row => Words.Value(row.At.Mean)), ("95 % interval", row => Interval(row.At)),
            ]);
    }

    private static string Interval(StepStatistics at) => at is { LowerBound: { } lower, UpperBound: { } upper }
        ? string.Create(CultureInfo.InvariantCulture, $"{lower:G5} to {upper:G5}")
        : "";

    private static Table GroupTable(IReadOnlyList<GroupCurve> groups, IReadOnlyList<RunField> by)
    {
        GroupStep[] rows = [.. groups.SelectMany(g => g.Points.Select(p => new GroupStep(g, p)))];
        return Table.FromColumns(
        [
            .. by.Select(field => Column.Of(field.Name, rows.Select(row => Cell(row.Group.Group[field.Name])))),
            Column.Of("step", rows.Select(row => row.At.Step)), Column.Of("count", rows.Select(row => (long)row.At.Count)),
            Column.Of("mean", rows.Select(row => row.At.Mean)),
            Column.Of("standard_deviation", rows.Select(row => row.At.StandardDeviation)),
            Column.Of("lower_bound", rows.Select(row => row.At.LowerBound)),
            Column.Of("upper_bound", rows.Select(row => row.At.UpperBound)),
        ]);
    }

    private static object? Cell(object? value) => value is IEnumerable and not string ? JsonText.Of(value) : value;

    private static SeriesReport Saved(SeriesReport report, Table table, TableOutput output) => report with
    {
        Path = output.Save(table),
        Format = output.TableFormat.Name(),
        Rows = table.RowCount,
        Columns = table.Columns.Count,
        Printed = output.IsPrinted ? table.ToText(output.TableFormat) : null,
    };

    // A run that ended early has no later steps, and those that are left may be the better ones.
    private static IEnumerable<string> Unfinished(IReadOnlyList<RunCurve> curves)
    {
        int count = curves.Count(c => c.Run.Status != RunStatus.Success);
        if (count > 0)
            yield return $"{Words.Count(count, "run")} without success among them; "
                + $"--status success leaves {Plural.Form(count, "it", "them")} out.";
    }

    private static IEnumerable<string> Remarks(SeriesReport report)
    {
        if (report.Curves.Any(c => c.Points.Count < c.Total) || report.Groups?.Any(g => g.Points.Count < g.Total) == true)
            yield return "Of each curve some points, evenly chosen; total is their number. max_points gives more; "
                + "'assay series METRIC --output FILE' at a shell writes all.";
        if (report.Without > 0) yield return $"{Words.Count(report.Without, "run")} without '{report.Metric}' over steps left out.";
    }

    private sealed record GroupStep(GroupCurve Group, StepStatistics At);
}
