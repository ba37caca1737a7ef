using Assay.Analysis;

namespace Assay.Questions;

internal sealed class PlotQuestion : Question<PlotReport>
{
    // Longer documents are of no use in an answer.
    private const int LongestSvg = 30_000;

    private const int BarWidth = 30;

    private static readonly TextParameter Metric = new("metric", "The metric, or any other number; of curves a stepped metric")
    {
        ToolDescription = $"What is drawn, a number: {RunParameters.Field}; of curves a stepped metric",
        IsPositional = true,
        IsRequired = true,
    };

    private static readonly ChoiceParameter Kind = new(
        "kind", "line (means with their intervals), bar, box, violin, scatter, histogram, distribution, heatmap (x and color are its "
            + "axes), curves (over steps)",
        ["line", "bar", "box", "violin", "scatter", "histogram", "distribution", "heatmap", "curves"])
    { Placeholder = "KIND" };

    private static readonly TextParameter X = new("x", "Along the x axis. Default: the parameter with the most values")
    { Placeholder = "NAME" };

    private static readonly TextParameter Color = new("color", "What has a colour and shape each") { Placeholder = "NAME" };

    private static readonly ChoiceParameter Bars = new(
        "error_bars", "Beside means: interval, sd (standard deviation), se (standard error) or none", ["interval", "sd", "se", "none"])
    { Placeholder = "WHAT" };

    private static readonly TextParameter FacetRow = new("facet_row", "What has a row of panels each") { Placeholder = "NAME" };
    private static readonly TextParameter FacetColumn = new("facet_column", "What has a column of panels each") { Placeholder = "NAME" };
    private static readonly FlagParameter LogX = new("log_x", "A logarithmic x axis");
    private static readonly FlagParameter LogY = new("log_y", "A logarithmic y axis");
    private static readonly FlagParameter Dark = new("dark", "Light colours on a dark ground");
    private static readonly TextParameter Title = new("title", "The heading. Default: made from the names") { Placeholder = "TEXT" };
    private static readonly NumberParameter Width = new("width", "The width in pixels", 100, 10_000, 800) { Placeholder = "N" };
    private static readonly NumberParameter Height = new("height", "The height in pixels", 100, 10_000, 500) { Placeholder = "N" };

    private static readonly TextParameter File = new(
        "output", "The file: .png, .svg, .html or .json. Default: means as bars in the terminal", on: Shell)
    { Alias = "-o", Placeholder = "FILE" };

    public override CommandText Command { get; } = new("plot", "Draw a metric",
        "assay plot accuracy iris --x LearningRate --color Hidden --log-x --output accuracy.png",
        "assay plot loss iris --kind curves --color LearningRate --output loss.html",
        "assay plot accuracy iris --kind box --x Hidden -o box.svg",
        "assay plot accuracy iris");

    public override ToolText Tool => new("plot_metric", "Draw a metric",
        "Draws a metric over the successful runs as SVG text: means with intervals over a parameter, boxes, curves over steps and others. "
            + "run_stats gives the numbers.");

    public override IReadOnlyList<Parameter> Parameters =>
    [
        Metric, .. RunParameters.FilterWithoutStatus, Kind, X, Color, Bars, RunParameters.Confidence, FacetRow, FacetColumn, LogX, LogY,
        Dark, Title, Width, Height, File,
    ];

    public override Answer Ask(QuestionCall call)
    {
        var filter = new RunFilter(call);
        string metric = Metric.Of(call)!, kind = Kind.Of(call)!;
        string?[] given = [X.Of(call), Color.Of(call), FacetRow.Of(call), FacetColumn.Of(call)];
        (Results all, Results chosen) = filter.Apply();
        KnownNames.RequireAmong(all, [RunField.Parse(metric), .. given.OfType<string>().Select(RunField.Parse)]);
        Results runs = chosen.Successful;
        if (runs.Count == 0) throw new AssayException("no successful run is left to draw. Loosen the condition.");
        string x = X.Of(call) ?? Varied(runs) ?? "experiment";
        var report = new PlotReport(
            call.Store.Path, filter.Experiment, metric, kind, kind == "curves" ? null : x, Color.Of(call), runs.Count)
        { EarlierLeftOut = filter.EarlierLeftOut };
        if (File.Of(call) is null && !call.IsTool)
        {
            if (OfPictures(call) is { } option)
                throw new AssayException($"{option} is for a picture, and means are shown as bars in the terminal; expected "
                    + $"{File.ShellName} FILE beside it.");
            string[] by = [.. new[] { x, Color.Of(call) }.OfType<string>()];
            double confidence = RunParameters.Confidence.Of(call)!.Value;
            return new Answer(report with { Bars = [.. MeanBar.Of(runs, metric, by, confidence)], Confidence = confidence }) { Runs = all };
        }

        Figure figure = Drawn(call, runs, metric, kind, x);
        if (File.Of(call) is { } path)
        {
            OutputFile.Write(path, () => figure.Save(path));
            return new Answer(report with { Path = Path.GetFullPath(path) }) { Runs = all };
        }

        string svg = figure.ToSvg();
        return svg.Length <= LongestSvg ? new Answer(report with { Svg = svg }) { Runs = all } : new Answer(report)
        {
            Runs = all,
            Remarks = [$"The picture has {Words.Number(svg.Length)} characters, more than an answer holds. Draw fewer points, or use "
                + "'assay plot' at a shell."],
        };
    }

    private static string? OfPictures(QuestionCall call)
    {
        (Parameter Parameter, bool IsGiven)[] options =
        [
            (Kind, Kind.Of(call) is not ("line" or "bar")), (Bars, Bars.Of(call) != "interval"), (FacetRow, FacetRow.Of(call) is not null),
            (FacetColumn, FacetColumn.Of(call) is not null), (LogX, LogX.Of(call)), (LogY, LogY.Of(call)), (Dark, Dark.Of(call)),
            (Title, Title.Of(call) is not null),
        ];
        return options.FirstOrDefault(o => o.IsGiven).Parameter?.ShellName;
    }

    private static Figure Drawn(QuestionCall call, Results runs, string metric, string kind, string x)
    {
        string? color = Color.Of(call);
        var options = new PlotOptions
        {
            Title = Title.Of(call),
            Confidence = RunParameters.Confidence.Of(call)!.Value,
            FacetRow = FacetRow.Of(call),
            FacetColumn = FacetColumn.Of(call),
            ErrorBars = Bars.Of(call) switch
            {
                "sd" => ErrorBars.StandardDeviation,
                "se" => ErrorBars.StandardError,
                "none" => ErrorBars.None,
                _ => ErrorBars.Interval,
            },
        };
        // Of other kinds a table with the columns that are asked for.
        Table Columns(params string?[] names) => Table.FromColumns(
            names.Append(options.FacetRow).Append(options.FacetColumn).OfType<string>().Distinct().Select(runs.Values));
        Figure figure = kind switch
        {
            "curves" => runs.PlotSeries(metric, color, options),
            "bar" => Columns(x, metric, color).PlotBars(x, metric, color, options),
            "box" => Columns(x, metric, color).PlotBoxes(x, metric, color, options),
            "violin" => Columns(x, metric, color).PlotViolins(x, metric, color, options),
            "scatter" => Columns(x, metric, color).PlotScatter(x, metric, color, options: options),
            "histogram" => Columns(metric, color).PlotHistogram(metric, color, options: options),
            "distribution" => Columns(metric, color).PlotDistribution(metric, color, options),
            "heatmap" => runs.PlotHeatmap(x, color ?? throw new AssayException(
                $"a heatmap has two axes; expected the second one as {call.NameOf(Color)}."), metric, options),
            _ => runs.PlotMetric(x, metric, color, options),
        };
        figure = figure.Size(Width.Count(call), Height.Count(call));
        if (LogX.Of(call)) figure = figure.LogX();
        if (LogY.Of(call)) figure = figure.LogY();
        return Dark.Of(call) ? figure.Dark() : figure;
    }

    private static string? Varied(Results runs)
    {
        IReadOnlyList<RunGroup> groups = runs.Stats(by: (IEnumerable<string>?)null, metrics: []);
        return groups.Count == 0 ? null : groups[0].Key.Keys.MaxBy(
            name => groups.Select(g => Words.Value(g.Key[name])).Distinct(StringComparer.Ordinal).Count());
    }

    protected override void Write(PlotReport report, Page page)
    {
        if (report.Path is { } path)
        {
            page.Line($"drew {Words.Value(report.Metric)} of {Words.Count(report.Runs, "run")} to {path}");
            return;
        }

        IReadOnlyList<MeanBar> bars = report.Bars!;
        double[] ends = [.. bars.Select(b => b.Mean ?? double.NaN).Where(double.IsFinite), 0];
        (double least, double most) = (ends.Min(), ends.Max());
        page.Grid(TextGrid.Of(
            bars,
            [
                .. bars.SelectMany(b => b.By.Keys).Distinct(StringComparer.Ordinal).Select(
                    name => (name, (Func<MeanBar, string?>)(b => Words.Value(b.By.GetValueOrDefault(name))))),
                ("n", b => Words.Number(b.N)), ("mean " + report.Metric, b => b.Mean is { } mean ? MeanText.Of(mean, b.Std) : ""),
                ($"{Words.Value(report.Confidence * 100)} % interval", b => MeanText.Bounds(b.LowerBound, b.UpperBound)),
                ("", b => b.Mean is { } mean && double.IsFinite(mean) && most > least
                    ? Sparkline.Bar((mean - least) / (most - least), BarWidth) : ""),
            ]));
    }
}

/// <summary>A figure that was drawn: into a file, or as an SVG document in the answer.</summary>
internal sealed record PlotReport(
    string Store, string? Experiment, string Metric, string Kind, string? X, string? Color, int Runs) : RunsReport
{
    /// <summary>That of the bars, for the text.</summary>
    internal double Confidence { get; init; }

    public string? Path { get; init; }

    public string? Svg { get; init; }

    /// <summary>The means of the groups, where nothing was drawn.</summary>
    public IReadOnlyList<MeanBar>? Bars { get; init; }
}

/// <summary>The mean of a group of runs, with its interval.</summary>
internal sealed record MeanBar(
    IReadOnlyDictionary<string, object?> By, long N, double? Mean, double? Std, double? LowerBound, double? UpperBound)
{
    public static IEnumerable<MeanBar> Of(Results runs, string metric, IReadOnlyList<string> by, double confidence)
    {
        Table table = runs.Intervals(metric, by, confidence);
        foreach (StatsRow row in Enumerable.Range(0, table.RowCount).Select(i => StatsRow.Of(table, i, by, metric)))
            yield return new MeanBar(row.By, row.N, row.Mean, row.Std, row.LowerBound, row.UpperBound);
    }
}
