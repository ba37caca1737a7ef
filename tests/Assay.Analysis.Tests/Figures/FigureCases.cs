namespace Assay.Analysis.Tests.Figures;

/// <summary>One figure of every kind, and those whose texts and numbers are hard to place.</summary>
internal static class FigureCases
{
    private static readonly double[] Rates = [0.001, 0.003, 0.01, 0.03, 0.1];

    public static IReadOnlyDictionary<string, Func<Figure>> Kinds { get; } = new Dictionary<string, Func<Figure>>
    {
        ["line"] = () => Runs().PlotMetric("lr", "accuracy", "hidden").LogX(),
        ["line-dark"] = () => Runs().PlotMetric("lr", "accuracy", "hidden").LogX().Dark(),
        ["facets"] = () => Runs().PlotMetric("lr", "accuracy", "hidden", new() { FacetRow = "optimizer", FacetColumn = "data" }).LogX(),
        ["metrics"] = () => Runs().PlotMetrics("lr", ["accuracy", "seconds"], "hidden").LogX().Size(900, 400),
        ["curves"] = () => Curves().PlotSeries("loss", "lr"),
        ["scatter"] = () => Runs().PlotScatter("seconds", "accuracy", "optimizer", text: "optimizer"),
        ["bars"] = () => Runs().PlotBars("hidden", "accuracy", "optimizer"),
        ["histogram"] = () => Runs().PlotHistogram("accuracy", "optimizer"),
        ["boxes"] = () => Runs().PlotBoxes("hidden", "accuracy", "optimizer"),
        ["violins"] = () => Runs().PlotViolins("hidden", "accuracy", "optimizer"),
        ["heatmap"] = () => Runs().PlotHeatmap("lr", "hidden", "accuracy"),
        ["distribution"] = () => Runs().PlotDistribution("accuracy", "optimizer"),
        ["parallel"] = () => Runs().PlotParallel(["lr", "hidden", "optimizer", "seconds"], "accuracy"),
        ["contour"] = () => Surface().PlotContour("x", "y", "z"),
        ["contour-scattered"] = () => Surface(scattered: true).PlotContour("x", "y", "z"),
        ["contour-log"] = () => Sampled().PlotContour("lr", "units", "loss").LogX(),
        ["many-bars"] = () => ManySeries(9, 2).PlotBars("x", "y", "run"),
        ["booleans"] = () => Predictions().PlotHistogram("correct"),
        ["pareto"] = () => Runs().PlotPareto(Objective.Min("seconds"), Objective.Max("accuracy")),
        ["importance"] = () => Table.FromColumns(
            Column.Of("parameter", ["lr", "hidden", "optimizer", "lr × hidden"]), Column.Of("share", [0.61, 0.22, 0.03, 0.1]),
            Column.Of("low", [0.55, 0.16, 0.01, 0.05]), Column.Of("high", [0.68, 0.27, 0.08, 0.16]))
            .PlotImportance("parameter", "share", "low", "high"),
        ["calibration"] = () => Predictions().PlotCalibration("probability", "correct"),
        ["times"] = () => Table.FromColumns(
            Column.Of("at", Enumerable.Range(0, 40).Select(i => new DateTimeOffset(2026, 11, 28, 6, 0, 0, TimeSpan.Zero).AddHours(2 * i))),
            Column.Of("loss", Enumerable.Range(0, 40).Select(i => 1.0 / (i + 1)))).PlotMetric("at", "loss").LogY(),
    };

    public static IReadOnlyDictionary<string, Func<Figure>> Hard { get; } = new Dictionary<string, Func<Figure>>
    {
        ["no-rows"] = () => Runs().Head(0).PlotMetric("lr", "accuracy", "hidden"),
        ["no-numbers"] = () => Xy([1, 2, 3], [double.NaN, double.NaN, double.PositiveInfinity]).PlotMetric("x", "y"),
        ["one-point"] = () => Xy([5], [0.25]).PlotMetric("x", "y"),
        ["one-category"] = () => Names(1).PlotBars("name", "value"),
        ["thousand-categories"] = () => Names(1_000).PlotBars("name", "value"),
        ["long-names"] = () => LongNames(),
        ["long-bars"] = () => Table.FromColumns(
            Column.Of("name", Enumerable.Range(0, 6).Select(i => $"a parameter with a name that nobody would choose, number {i}")),
            Column.Of("v", [1.0, 2, 3, 4, 5, 6])).PlotBars("name", "v"),
        ["huge"] = () => Xy([1, 2, 3, 4], [-1.7e308, 0, 1e308, 1.7e308]).PlotMetric("x", "y"),
        ["tiny"] = () => Xy([1e-300, 2e-300, 3e-300], [5e-320, 1e-319, 2e-319]).PlotMetric("x", "y"),
        ["near"] = () => Xy([1, 2, 3], [1_000_000.001, 1_000_000.002, 1_000_000.0015]).PlotMetric("x", "y"),
        ["negative-log"] = () => Xy([1, 2, 3, 4, 5], [-1, 0, 0.01, 10, double.NaN]).PlotScatter("x", "y").LogY(),
        ["wide-log"] = () => Xy([1, 2, 3, 4], [1e-300, 1e-3, 1, 1e200]).PlotMetric("x", "y").LogY(),
        ["narrow-log"] = () => Xy([1, 2, 3, 4], [2.1, 2.4, 3, 2.8]).PlotMetric("x", "y").LogY(),
        ["million-line"] = () => Million().PlotMetric("x", "y", options: new() { ErrorBars = ErrorBars.None }),
        ["million-points"] = () => Million().PlotScatter("noise", "y"),
        ["many-series"] = () => ManySeries(40, 10).PlotMetric("x", "y", "run"),
        ["one-instant"] = () => Table.FromColumns(
            Column.Of("at", [new DateTimeOffset(2026, 11, 28, 6, 30, 0, TimeSpan.Zero)]), Column.Of("y", [1.0])).PlotMetric("at", "y"),
        ["decades"] = () => Table.FromColumns(
            Column.Of("at", new[] { 1950, 2026 }.Select(year => new DateTimeOffset(year, 1, 1, 0, 0, 0, TimeSpan.Zero))),
            Column.Of("y", [1.0, 2])).PlotMetric("at", "y"),
        ["wide-heatmap"] = () => Grid(120, 80).PlotHeatmap("x", "y", "z"),
        ["holes"] = () => Table.FromColumns(
            Column.Of("x", ["a", "b", "c"]), Column.Of("y", ["u", "v", "w"]), Column.Of("z", [1.0, 2, 3])).PlotHeatmap("x", "y", "z"),
        ["markup"] = () => Table.FromColumns(
            Column.Of("<b>x</b>", ["</script><script>alert(1)</script>", "a & b", "\"quoted\"\u0001"]), Column.Of("y", [1.0, 2, 3]))
            .PlotBars("<b>x</b>", "y", "<b>x</b>"),
        ["small-facets"] = () => Runs()
            .PlotMetric("lr", "seconds", "hidden", new() { FacetRow = "optimizer", FacetColumn = "data" }).LogX().LogY().Size(800, 300),
        ["wide-parallel"] = () => Table.FromColumns(
            Column.Of("a name of a model", ["a transformer with eight heads", "a perceptron", "a forest"]),
            Column.Of("layers", [1, 2, 3]), Column.Of("lr", [0.0001, 0.02, 0.5]), Column.Of("huge", [1e299, 4e299, 9e299]))
            .PlotParallel(["lr", "layers", "a name of a model", "huge"], "layers"),
        ["small"] = () => Runs().PlotMetric("lr", "accuracy", "hidden").LogX().Size(240, 180),
        ["other-scripts"] = () => Table.FromColumns(
            Column.Of("模型", ["甲", "乙", "модель"]), Column.Of("точность", [0.5, 0.7, 0.6])).PlotBars("模型", "точность"),
    };

    public static Table Runs()
    {
        var random = new Random(7);
        var builder = new TableBuilder();
        foreach (double rate in Rates)
            foreach (int hidden in (int[])[4, 16, 64])
                foreach (string optimizer in (string[])["adam", "sgd"])
                    foreach (string data in (string[])["iris", "wine"])
                        for (int seed = 0; seed < 5; seed++)
                        {
                            double best = 0.95 - (0.06 * Math.Pow(Math.Log10(rate) + 2, 2)) - (optimizer == "sgd" ? 0.05 : 0)
                                + (hidden / 2000.0);
                            builder.AddRow(new Dictionary<string, object?>
                            {
                                ["lr"] = rate,
                                ["hidden"] = hidden,
                                ["optimizer"] = optimizer,
                                ["data"] = data,
                                ["seed"] = seed,
                                ["accuracy"] = Math.Clamp(best + (Normal(random) * 0.02), 0, 1),
                                ["seconds"] = hidden * (1 + Math.Abs(Normal(random))) / 10,
                            });
                        }

        return builder.Build();
    }

    public static Table Xy(double[] x, double[] y) => Table.FromColumns(Column.Of("x", x), Column.Of("y", y));

    public static Table Million()
    {
        var random = new Random(3);
        double[] x = [.. Enumerable.Range(0, 1_000_000).Select(i => (double)i)];
        double[] noise = Array.ConvertAll(x, _ => Normal(random));
        double[] y = Array.ConvertAll(x, at => Math.Sin(at / 100_000) + (noise[(int)at] * 0.1));
        (y[123_456], y[654_321]) = (3, -3);
        return Table.FromColumns(Column.Of("x", x), Column.Of("y", y), Column.Of("noise", noise));
    }

    private static double Normal(Random random) =>
        Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());

    private static Table Curves()
    {
        var random = new Random(11);
        var builder = new TableBuilder();
        foreach (double rate in (double[])[0.001, 0.01, 0.1])
            for (int seed = 0; seed < 5; seed++)
                for (int step = 0; step < 60; step++)
                    builder.AddRow(new Dictionary<string, object?>
                    {
                        ["lr"] = rate,
                        ["step"] = step,
                        ["loss"] = (1.2 * Math.Exp(-step * rate * 2)) + 0.1 + Math.Abs(Normal(random) * 0.05),
                    });
        return builder.Build();
    }

    private static Table Predictions()
    {
        var random = new Random(5);
        double[] said = [.. Enumerable.Range(0, 600).Select(_ => random.NextDouble())];
        bool[] correct = Array.ConvertAll(said, p => random.NextDouble() < (p * 0.7) + 0.1);
        return Table.FromColumns(Column.Of("probability", said), Column.Of("correct", correct));
    }

    private static Table Surface(bool scattered = false)
    {
        var random = new Random(9);
        (double X, double Y)[] points = scattered
            ? [.. Enumerable.Range(0, 40).Select(_ => (random.NextDouble() * 4, random.NextDouble() * 3))]
            : [.. from x in Enumerable.Range(0, 9) from y in Enumerable.Range(0, 7) select (x / 2.0, y / 2.0)];
        return Table.FromColumns(
            Column.Of("x", points.Select(p => p.X)), Column.Of("y", points.Select(p => p.Y)),
            Column.Of("z", points.Select(p => Math.Sin(p.X) * Math.Cos(p.Y))));
    }

    /// <summary>Points over three powers of ten that form no grid.</summary>
    public static Table Sampled()
    {
        var random = new Random(13);
        (double Lr, double Units)[] points =
            [.. Enumerable.Range(0, 60).Select(_ => (Math.Pow(10, -4 + (3 * random.NextDouble())), (double)random.Next(8, 129)))];
        return Table.FromColumns(
            Column.Of("lr", points.Select(p => p.Lr)), Column.Of("units", points.Select(p => p.Units)),
            Column.Of("loss", points.Select(p => Math.Pow(Math.Log10(p.Lr) + 2.5, 2) + (p.Units / 256))));
    }

    public static Table ManySeries(int series, int points) => Table.FromColumns(
        Column.Of("x", Enumerable.Range(0, series * points).Select(i => i % points)),
        Column.Of("y", Enumerable.Range(0, series * points).Select(i => 1.0 + (i / points) + (i % points))),
        Column.Of("run", Enumerable.Range(0, series * points).Select(i => $"run {i / points}")));

    private static Table Grid(int columns, int rows) => Table.FromColumns(
        Column.Of("x", Enumerable.Range(0, columns * rows).Select(i => i % columns)),
        Column.Of("y", Enumerable.Range(0, columns * rows).Select(i => i / columns)),
        Column.Of("z", Enumerable.Range(0, columns * rows).Select(i => Math.Sin(i % columns / 10.0) * (i / columns))));

    private static Table Names(int count) => Table.FromColumns(
        Column.Of("name", Enumerable.Range(0, count).Select(i => $"setting {i}")),
        Column.Of("value", Enumerable.Range(0, count).Select(i => 1 + Math.Sin(i))));

    private static Figure LongNames()
    {
        const string Long = "a name that goes on and on because somebody put the whole description of the model into it, with every detail";
        return Table.FromColumns(
            Column.Of(Long + " x", [1, 2, 3, 4]), Column.Of(Long + " y", [1.5, 2, 1, 3]),
            Column.Of(Long + " color", new[] { 1, 2, 1, 2 }.Select(i => $"{Long} {i}")))
            .PlotMetric(Long + " x", Long + " y", Long + " color");
    }
}
