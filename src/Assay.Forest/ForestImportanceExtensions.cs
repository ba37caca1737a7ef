namespace Assay.Analysis;

/// <summary>The importance of parameters whose points are no full grid.</summary>
public static class ForestImportanceExtensions
{
    private const int LeastRuns = 20, Folds = 10;

    /// <summary>
    /// How much of the variance of a metric over the runs each parameter and each pair of parameters accounts for, where the points are no
    /// full grid: a random search, or a grid with gaps. A regression forest learns the metric from the parameters; see
    /// <see cref="Analysis.ForestImportance"/>. For full grids
    /// <see cref="ImportanceExtensions.Importance(Results, string, IEnumerable{string})"/> is exact and quicker. The same runs and options
    /// give the same result.
    /// </summary>
    /// <param name="results">
    /// The runs, of one experiment. Those that did not succeed, or have no finite number, are left out and counted.
    /// </param>
    /// <param name="metric">A metric or another number, by its name.</param>
    /// <param name="by">The names of the parameters. Default: the parameters, or the labels of variables, that were varied.</param>
    /// <param name="options">The forest.</param>
    /// <exception cref="AssayException">
    /// No run has such a name, no parameter varies, fewer than 20 runs have a number, or an option is out of range.
    /// </exception>
    public static ForestImportance ForestImportance(
        this Results results, string metric, IEnumerable<string>? by = null, ForestOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(results);
        Results successful = results.Successful;
        string[] names = [.. by ?? Varied(results)];
        var table = Table.FromColumns(names.Append(metric).Distinct().Select(successful.Values));
        ForestImportance found = table.ForestImportance(metric, names, options);
        return found with { LeftOut = found.LeftOut + results.Count - successful.Count };
    }

    /// <summary>As for results, of the rows of a table.</summary>
    /// <param name="table">A row for each run.</param>
    /// <param name="metric">The column of the metric, of numbers or booleans.</param>
    /// <param name="by">The columns of the parameters.</param>
    /// <param name="options">The forest.</param>
    /// <inheritdoc cref="ForestImportance(Results, string, IEnumerable{string}, ForestOptions)" path="/exception"/>
    public static ForestImportance ForestImportance(
        this Table table, string metric, IEnumerable<string> by, ForestOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(table);
        ArgumentNullException.ThrowIfNull(by);
        options ??= new ForestOptions();
        options.Check();
        double?[] values = [.. Cells(table[metric]).Select(Number)];
        int[] rows = [.. Enumerable.Range(0, values.Length).Where(row => values[row] is { } value && double.IsFinite(value))];
        if (rows.Length < LeastRuns)
            throw new AssayException($"{Plural.Of(rows.Length, "run has", "runs have")} a finite number called '{metric}'; expected at "
                + $"least {LeastRuns} for a forest.");
        ForestParameter[] parameters = [.. by.Distinct().Select(name => ForestParameter.Of(name, [.. rows.Select(row => table[name][row])]))
            .Where(parameter => parameter.IsVaried)];
        if (parameters.Length == 0)
            throw new AssayException("no parameter has more than one value; expected at least one that varies.");

        double[] known = [.. rows.Select(row => values[row]!.Value)];
        // The library computes in single precision.
        double unit = known.Max(Math.Abs) is > 0 and var largest ? largest : 1, middle = known.Average(v => v / unit);
        float[] labels = [.. known.Select(v => (float)((v / unit) - middle))];
        float[][] features =
            [.. Enumerable.Range(0, rows.Length).Select(run => parameters.SelectMany(p => p.Features(p.Values[run])).ToArray())];
        ForestGrid grid = ForestGrid.Of(parameters);
        float[] predicted = RegressionForest.Grow(features, labels, options).Predict(grid.Features);
        Importance effects = grid.ToTable(metric, [.. predicted.Select(p => (p + middle) * unit)]).Importance(metric, grid.Names);
        return new ForestImportance(effects, rows.Length, values.Length - rows.Length, Fit(features, labels, options));
    }

    /// <summary>
    /// How well forests predict runs they have not seen. The folds are taken in turn, so that replicates are spread over them.
    /// </summary>
    private static double Fit(float[][] features, float[] labels, ForestOptions options)
    {
        double errors = 0, mean = labels.Average(label => (double)label);
        for (int fold = 0; fold < Folds; fold++)
        {
            bool IsUnseen(int run) => run % Folds == fold;
            int[] seen = [.. Enumerable.Range(0, labels.Length).Where(run => !IsUnseen(run))];
            int[] unseen = [.. Enumerable.Range(0, labels.Length).Where(IsUnseen)];
            RegressionForest forest = RegressionForest.Grow([.. seen.Select(r => features[r])], [.. seen.Select(r => labels[r])], options);
            float[] predicted = forest.Predict([.. unseen.Select(r => features[r])]);
            errors += unseen.Zip(predicted, (run, p) => Math.Pow(p - (double)labels[run], 2)).Sum();
        }

        double all = labels.Sum(label => Math.Pow(label - mean, 2));
        return all > 0 ? 1 - (errors / all) : 0;
    }

    private static IEnumerable<string> Varied(Results results) =>
        results.Stats(by: (IEnumerable<string>?)null, metrics: []) is [var first, ..] ? first.Key.Keys : [];

    private static object?[] Cells(Column column) => [.. Enumerable.Range(0, column.Count).Select(row => column[row])];

    private static double? Number(object? cell) => cell switch
    {
        double number => number,
        long number => number,
        bool truth => truth ? 1 : 0,
        TimeSpan span => span.TotalSeconds,
        _ => null,
    };
}
