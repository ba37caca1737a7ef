namespace Assay.Analysis;

/// <summary>The importance of parameters.</summary>
public static class ImportanceExtensions
{
    /// <summary>
    /// How much of the variance of a metric over the runs each parameter, each pair of parameters, and the replicates account
    /// for. The points must be a full grid: every value of a parameter with every value of the others.
    /// Runs that did not succeed, or have no finite number, are left out and counted.
    /// </summary>
    /// <param name="results">The runs, of one experiment.</param>
    /// <param name="metric">A metric or another number, by its name, as in <see cref="Results.Best(string, bool)"/>.</param>
    /// <param name="by">
    /// Names of the parameters, as in <see cref="Results.Rank"/>. Runs that differ in others are replicates then. Default: the parameters,
    /// or the labels of variables, that have more than one value.
    /// </param>
    /// <exception cref="AssayException">
    /// No parameter varies, no run has a number, or the grid is not full: the message says which points are missing.
    /// </exception>
    public static Importance Importance(this Results results, string metric, params IEnumerable<string> by)
    {
        ArgumentNullException.ThrowIfNull(results);
        string[] names = [.. by];
        if (names.Length == 0) names = [.. ResultsStatistics.Varied(results)];
        bool[] failed = ResultsStatistics.NotSuccessful(results);
        object?[] values = Cells(results.Values(metric));
        // A run that failed leaves a gap in the grid rather than making the grid smaller.
        for (int row = 0; row < values.Length; row++)
            if (failed[row]) values[row] = null;
        return new GridOfRuns([.. names.Select(name => Cells(results.Values(name)))], values, metric, names).Decompose();
    }

    /// <summary>As <see cref="Importance(Results, string, IEnumerable{string})"/>, of the rows of a table.</summary>
    /// <param name="table">A row for each run.</param>
    /// <param name="metric">The column of the metric. Rows without a finite number there are left out, and counted.</param>
    /// <param name="by">The columns of the parameters.</param>
    /// <inheritdoc cref="Importance(Results, string, IEnumerable{string})" path="/exception"/>
    public static Importance Importance(this Table table, string metric, params IEnumerable<string> by)
    {
        ArgumentNullException.ThrowIfNull(table);
        string[] names = [.. by];
        return new GridOfRuns([.. names.Select(name => Cells(table[name]))], Cells(table[metric]), metric, names).Decompose();
    }

    private static object?[] Cells(Column column) => [.. Enumerable.Range(0, column.Count).Select(row => column[row])];
}
