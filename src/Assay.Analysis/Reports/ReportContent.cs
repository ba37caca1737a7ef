using System.Globalization;

namespace Assay.Analysis.Reports;

/// <summary>The parts of a report about some runs.</summary>
internal sealed class ReportContent
{
    // What a reader takes in; the rest is told.
    private const int MostSettings = 100, MostMetrics = 5, MostLevels = 8, MostFailures = 20, MostBest = 3, MostCode = 10;

    private readonly Results _results;
    private readonly ReportOptions _options;
    private readonly string[] _metrics;
    private readonly string[] _varied;
    private readonly IReadOnlyList<RunGroup> _groups;

    private ReportContent(Results results, ReportOptions options)
    {
        (_results, _options) = (results, options);
        _groups = results.Stats(by: null, metrics: options.Metrics.Count == 0 ? null : options.Metrics);
        _varied = [.. _groups[0].Key.Keys];
        _metrics = options.Metrics.Count > 0 ? [.. options.Metrics]
            : [.. _groups.SelectMany(g => g.Metrics.Keys).Distinct(StringComparer.Ordinal).Where(IsNumeric)];
        foreach (string name in options.Minimize)
            if (!_metrics.Any(metric => IsSame(name, metric)))
                throw new AssayException($"'{name}' is to be minimized and is not among the metrics of the report; expected one of "
                    + $"{ValueText.Few([.. _metrics.Select(m => $"'{m}'")], MostCode)}.");
    }

    /// <exception cref="AssayException">There are no runs, or no run has a metric.</exception>
    public static IReadOnlyList<ReportBlock> Of(Results results, ReportOptions options)
    {
        if (results.Count == 0) throw new AssayException("there are no runs to report on. Loosen the condition.");
        var content = new ReportContent(results, options);
        return
        [
            .. content.Overview(), .. content.Failures(), .. content.Settings(), .. content.Best(), .. content.Comparisons(),
            .. content.Importance(), .. content.Curves(),
        ];
    }

    private IEnumerable<ReportBlock> Overview()
    {
        IReadOnlyList<RunGroup> experiments = _results.Stats(Facts("experiment", "version"), Facts("duration"));
        string names = string.Join(", ", experiments.Select(e => $"{Cell(e.Key["experiment"])}:{Cell(e.Key["version"])}"));
        yield return new HeadingBlock(1, _options.Title ?? names);
        string statuses = string.Join(", ", _results.CountByStatus().Where(s => s.Value > 0)
            .Select(s => $"{s.Value.ToString("N0", CultureInfo.InvariantCulture)} {RunStatusText.Text(s.Key)}"));
        yield return new TextBlock($"{Plural.Of(_results.Count, "run")} of {names}: {statuses}."
            + (_results.Earlier.Count is > 0 and var earlier ? $" {Plural.Of(earlier, "run")} of earlier code left out." : ""));
        yield return GridBlock.Of(
            experiments, ("experiment", e => $"{Cell(e.Key["experiment"])}:{Cell(e.Key["version"])}"),
            ("successful", e => Cell(e.Successful)), ("not successful", e => Cell(e.NotSuccessful)),
            ("mean duration", e => Duration(e, d => d.Mean)), ("computed by successful runs", e => Duration(e, d => d.Mean * d.Count)));
        Column started = _results.Fact("started");
        DateTimeOffset[] times = [.. Enumerable.Range(0, started.Count).Select(i => started[i]).OfType<DateTimeOffset>()];
        if (times.Length > 0) yield return new TextBlock($"The first run started {Time(times.Min())}, the last one {Time(times.Max())}.");
        yield return new HeadingBlock(2, "Code");
        RunGroup[] code = [.. _results.Stats(Facts("commit", "branch", "dirty", "fingerprints.code"), [])];
        yield return GridBlock.Of(
            code.Take(MostCode), ("commit", g => Short(g.Key["commit"])), ("branch", g => Cell(g.Key["branch"])),
            ("uncommitted changes", g => g.Key["dirty"] is true ? "yes" : ""), ("code", g => Short(g.Key["fingerprints.code"])),
            ("runs", g => Cell(g.Successful + g.NotSuccessful)));
        if (code.Length > MostCode) yield return new TextBlock($"{Plural.Of(code.Length - MostCode, "more state")} of the code.");
    }

    private IEnumerable<ReportBlock> Failures()
    {
        Results others = _results.Filter(Enum.GetValues<RunStatus>().Where(s => s != RunStatus.Success).ToHashSet());
        if (others.Count == 0) yield break;
        var causes = others
            .GroupBy(run => (run.Status, run.Error?.Kind, run.Error?.Type, Message: ExceptionText.Clause(run.Error?.Message ?? "")))
            .OrderByDescending(g => g.Count()).ToArray();
        yield return new HeadingBlock(2, "What did not succeed");
        yield return GridBlock.Of(
            causes.Take(MostFailures), ("runs", c => Cell(c.Count())), ("status", c => RunStatusText.Text(c.Key.Status)),
            ("kind", c => c.Key.Kind), ("type", c => c.Key.Type), ("message", c => c.Key.Message), ("such as run", c => c.First().Id));
        if (causes.Length > MostFailures) yield return new TextBlock($"{Plural.Of(causes.Length - MostFailures, "more cause")}.");
    }

    private IEnumerable<ReportBlock> Settings()
    {
        yield return new HeadingBlock(2, "Settings");
        if (_metrics.Length == 0)
        {
            yield return new TextBlock("No run has a metric that is a number.");
            yield break;
        }

        Table[] intervals = [.. _metrics.Select(m => _results.Intervals(FieldOf(m), _varied, _options.Confidence))];
        int[] rows = [.. Enumerable.Range(0, intervals[0].RowCount).Take(MostSettings)];
        yield return GridBlock.Of(
            rows,
            [
                .. _varied.Select((name, i) => Column<int>(name, row => Cell(intervals[0].Columns[i][row]))),
                Column<int>("n", row => Cell(Most(row))),
                .. _metrics.Select((name, m) => Column<int>(name, row => Mean(intervals[m], row, Most(row)))),
                Column<int>("note", row => Notes(row)),
            ]);
        if (intervals[0].RowCount > MostSettings)
            yield return new TextBlock($"{Plural.Of(intervals[0].RowCount - MostSettings, "more setting")}.");
        long Most(int row) => intervals.Max(t => (long)t["count"][row]!);
        string? Notes(int row) => string.Join("; ", intervals.Zip(_metrics)
            .Where(t => t.First.TryGetColumn("note", out Column? note) && note[row] is not null)
            .Select(t => (t.Second, Note: (string)t.First["note"][row]!)).GroupBy(t => t.Note)
            .Select(g => _metrics.Length == 1 || g.Count() == _metrics.Length ? g.Key
                : $"{string.Join(", ", g.Select(t => t.Second))}: {g.Key}"));
        string methods = string.Join(
            ", ", intervals.SelectMany(t => Enumerable.Range(0, t.RowCount).Select(i => (string)t["method"][i]!)).Distinct());
        yield return new TextBlock(string.Create(
            CultureInfo.InvariantCulture,
            $"Means over successful runs with their {_options.Confidence * 100:0.##} % intervals ({methods}); n is the number of runs."));
        if (_metrics.Length > MostMetrics)
            yield return new TextBlock($"What follows is about the first {MostMetrics} of {_metrics.Length} metrics.");
        if (Axes() is not var (x, color)) yield break;
        foreach (string metric in _metrics.Take(MostMetrics))
        {
            Figure figure = _results.PlotMetric(
                x, FieldOf(metric), color, new PlotOptions { Confidence = _options.Confidence, Title = $"{metric} by {x}" })
                .Labelled(y: metric);
            yield return new FigureBlock("metric-" + metric, IsWide(x) ? figure.LogX() : figure);
        }
    }

    private IEnumerable<ReportBlock> Best()
    {
        if (_metrics.Length == 0 || _varied.Length == 0) yield break;
        yield return new HeadingBlock(2, "Best settings");
        yield return new TextBlock("± is the standard deviation between runs. Whether the first differs from the next, comparisons tell.");
        foreach (string metric in _metrics.Take(MostMetrics))
        {
            bool minimize = _options.Minimize.Any(name => IsSame(name, metric));
            yield return new HeadingBlock(3, $"{metric}, {(minimize ? "least" : "most")} first");
            (IReadOnlyList<RankedGroup>? groups, string why) = Tried(() => _results.Rank(FieldOf(metric), _varied, maximize: !minimize));
            if (groups is null) yield return new TextBlock($"Not ranked: {why}");
            else yield return GridBlock.Of(
                groups.Take(MostBest),
                [
                    .. _varied.Select(name => Column<RankedGroup>(name, g => Cell(g.Key[name]))),
                    Column<RankedGroup>("mean", g => MeanText.Of(g.Mean, g.StandardDeviation)),
                    Column<RankedGroup>("n", g => Cell(g.Runs.Count)), Column<RankedGroup>("best run", g => g.Best.Id),
                ]);
        }
    }

    private IEnumerable<ReportBlock> Comparisons()
    {
        string[] settings = [.. _varied.Where(name => Levels(name) is >= 2 and <= MostLevels)];
        if (_metrics.Length == 0 || settings.Length == 0) yield break;
        yield return new HeadingBlock(2, "Comparisons");
        var compared = new List<(string Metric, string Setting, Comparison Pair)>();
        foreach (string metric in _metrics.Take(MostMetrics))
            foreach (string setting in settings)
                compared.AddRange(Compared(metric, setting).Select(pair => (metric, setting, pair)));
        // All of them are looked at together, so all of them are corrected together.
        IReadOnlyList<Comparison> corrected = Comparison.Corrected([.. compared.Select(c => c.Pair)]);
        yield return GridBlock.Of(
            compared.Zip(corrected, (c, pair) => (c.Metric, c.Setting, Pair: pair)),
            ("metric", c => c.Metric), ("setting", c => c.Setting), ("a", c => Cell(c.Pair.A)), ("b", c => Cell(c.Pair.B)),
            ("n", c => c.Pair.IsPaired ? $"{c.Pair.Count} pairs" : $"{c.Pair.CountA} + {c.Pair.CountB}"),
            ("b − a", c => Rounded(c.Pair.Difference.Estimate)),
            ("interval", c => MeanText.Bounds(c.Pair.Difference.LowerBound, c.Pair.Difference.UpperBound)),
            ("p", c => PValues.Text(c.Pair.PValue)), ("p adjusted", c => PValues.Text(c.Pair.AdjustedPValue)),
            ("effect", c => c.Pair.EffectSize is { } e ? $"{EffectMeasureText.Text(e.Measure)} {Rounded(e.Value)}" : ""),
            ("test", c => ComparisonTestText.Text(c.Pair.Test)), ("note", c => string.Join("; ", c.Pair.Notes)));
        if (corrected.Count(c => c.PValue is not null) is > 1 and var tested)
            yield return new TextBlock($"p adjusted is corrected for {tested} comparisons (Holm).");
        if (corrected.Any(c => c.IsPaired))
            yield return new TextBlock("Pairs share all other parameters and the seed. Pairs of one seed count once, with their mean: "
                + "what a seed makes easy it makes easy for every setting, and a single seed is no evidence about others.");
        if (corrected.Any(c => !c.IsPaired))
            yield return new TextBlock(
                "Where settings share no points, runs are compared without pairs; the runs of one point count once.");
        if (_varied.Except(settings).ToArray() is { Length: > 0 } others)
            yield return new TextBlock($"Not compared, because of more than {MostLevels} values or one: {string.Join(", ", others)}.");
    }

    private IReadOnlyList<Comparison> Compared(string metric, string setting)
    {
        string[] others = [.. _varied.Where(name => name != setting), "seed"];
        try
        {
            IReadOnlyList<Comparison> pairs =
                _results.CompareAll(FieldOf(metric), setting, others, confidence: _options.Confidence, cluster: "seed");
            // In a random search no two points share all other parameters.
            if (pairs.Any(pair => pair.Count > 0)) return pairs;
        }
        catch (TableException)
        {
            // Several runs share all of these, or runs have no seed: there are no pairs.
        }

        return _results.CompareAll(FieldOf(metric), setting, confidence: _options.Confidence, cluster: "params");
    }

    private IEnumerable<ReportBlock> Importance()
    {
        if (_metrics.Length == 0 || _varied.Length == 0) yield break;
        yield return new HeadingBlock(2, "Importance of parameters");
        foreach (string metric in _metrics.Take(MostMetrics))
        {
            (Table? effects, string why) = Tried(() => _results.Importance(FieldOf(metric)).ToTable());
            yield return new HeadingBlock(3, metric);
            if (effects is null)
            {
                yield return new TextBlock($"Not decomposed: {why}");
                foreach (ReportBlock block in Correlations(metric)) yield return block;
            }
            else
                yield return GridBlock.Of(
                    effects.Rows, ("effect", row => Cell(row["effect"])),
                    ("share of variance", row => row["share"] is double share ? share.ToString("P1", CultureInfo.InvariantCulture) : ""));
        }
    }

    private IEnumerable<ReportBlock> Correlations(string metric)
    {
        (Table? table, _) = Tried(() => _results.Correlations(_varied, [FieldOf(metric)], _options.Confidence));
        if (table is null || table.RowCount == 0) yield break;
        yield return GridBlock.Of(
            table.Rows, ("parameter", row => Cell(row["x"])), ("n", row => Cell(row["count"])),
            ("rank correlation (Spearman)", row => Rounded(row["spearman"] as double?)),
            ("p adjusted", row => PValues.Text(row["p_adjusted"] as double?)));
    }

    private IEnumerable<ReportBlock> Curves()
    {
        IEnumerable<string> all = _results.Successful.Take(100).SelectMany(run => run.SeriesNames);
        string[] names = [.. all.Distinct(StringComparer.Ordinal).Take(MostMetrics)];
        if (names.Length == 0) yield break;
        yield return new HeadingBlock(2, "Curves");
        string? by = _varied.FirstOrDefault(name => Levels(name) <= MostLevels);
        foreach (string name in names)
            yield return new FigureBlock("curve-" + name, _results.Successful.PlotSeries(
                RunField.NameOfMetric(name), by, new PlotOptions { Confidence = _options.Confidence, Title = $"{name} over steps" })
                .Labelled(y: name));
    }

    private string FieldOf(string metric) => _options.Metrics.Count > 0 ? metric : RunField.NameOfMetric(metric);

    /// <summary>The parameter with the most values along the x axis, and one with few that gets colours.</summary>
    private (string X, string? Color)? Axes()
    {
        string? x = _varied.MaxBy(Levels);
        return x is null ? null : (x, _varied.Where(name => name != x && Levels(name) <= MostLevels).MaxBy(Levels));
    }

    // Values over decades lie on one another on a linear axis.
    private bool IsWide(string name)
    {
        double[] values = [.. _groups.Select(g => ValueOrder.TryNumber(g.Key[name], out double number) ? number : double.NaN)];
        return values.Length > 0 && values.Min() > 0 && values.Max() / values.Min() >= 50;
    }

    private int Levels(string name) =>
        _groups.Select(g => g.Key[name]).OfType<object>().Select(ValueText.Of).Distinct(StringComparer.Ordinal).Count();

    private bool IsNumeric(string metric)
    {
        try
        {
            _ = NumericColumn.Of(_results.Successful.Values(RunField.NameOfMetric(metric)));
            return true;
        }
        catch (TableException)
        {
            return false;
        }
    }

    /// <summary>What is asked of the runs, or null and why they do not have it.</summary>
    private static (T? Found, string Why) Tried<T>(Func<T> ask) where T : class
    {
        try
        {
            return (ask(), "");
        }
        catch (AssayException fault)
        {
            return (null, fault.Message);
        }
    }

    /// <param name="table">The intervals.</param>
    /// <param name="row">The group.</param>
    /// <param name="most">The number of values that stands beside all metrics of the group; another one is told.</param>
    private static string Mean(Table table, int row, long most)
    {
        if (table["mean"][row] is not double mean) return "";
        string text = $"{MeanText.Value(mean, table["std"][row] as double?)} "
            + MeanText.Bounds(table["lower_bound"][row] as double?, table["upper_bound"][row] as double?);
        return table["count"][row] is long count && count != most ? $"{text.TrimEnd()} (n={count})" : text;
    }

    // How such a name may be written.
    private static bool IsSame(string name, string metric) => name == metric || name == RunField.NameOfMetric(metric);

    private static RunField[] Facts(params IEnumerable<string> names) => [.. names.Select(RunField.Parse)];

    private static (string, Func<T, string?>) Column<T>(string heading, Func<T, string?> cell) => (heading, cell);

    private static string Cell(object? value) => value is null ? "" : value is string text ? Printable.Line(text) : ValueText.Of(value);

    private static string Short(object? value) => Cell(value) is { Length: > 10 } text ? text[..10] : Cell(value);

    private static string Rounded(double? value) => value?.ToString("G4", CultureInfo.InvariantCulture) ?? "";

    private static string Time(DateTimeOffset time) => time.ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture);

    private static string Duration(RunGroup group, Func<MetricStatistics, double> seconds) =>
        group.Metrics.GetValueOrDefault("duration") is { } d ? DurationText.Exact(TimeSpan.FromSeconds(seconds(d))) : "";
}
