namespace Assay;

/// <summary>The numbers of one metric, summed up by group in two passes, each in the order of the rows.</summary>
internal sealed class MetricTally
{
    private readonly int[] _counts;
    private readonly double[] _sums;
    private readonly double[] _squares;

    private MetricTally(string name, int groups)
    {
        (Name, _counts, _sums, _squares) = (name, new int[groups], new double[groups], new double[groups]);
        // The sum of nothing but negative zeros is one.
        Array.Fill(_sums, -0.0);
    }

    public string Name { get; }

    public int Count(int group) => _counts[group];

    /// <param name="name">The metric.</param>
    /// <param name="catalog">The runs.</param>
    /// <param name="rows">Their rows.</param>
    /// <param name="groups">The group of each row; -1 for none.</param>
    /// <param name="count">How many groups there are.</param>
    public static MetricTally Of(string name, RunCatalog catalog, int[] rows, int[] groups, int count)
    {
        var tally = new MetricTally(name, count);
        Each(name, catalog, rows, groups, tally.Add);
        double[] means = [.. tally._sums.Zip(tally._counts, (sum, n) => sum / n)];
        Each(name, catalog, rows, groups, (group, value) => tally._squares[group] += (value - means[group]) * (value - means[group]));
        return tally;
    }

    public MetricStatistics Statistics(int group) => new(
        _counts[group], _sums[group] / _counts[group], _counts[group] < 2 ? null : Math.Sqrt(_squares[group] / (_counts[group] - 1)));

    private void Add(int group, double value)
    {
        _counts[group]++;
        _sums[group] += value;
    }

    private static void Each(string name, RunCatalog catalog, int[] rows, int[] groups, Action<int, double> take)
    {
        foreach ((int segment, int from, int to) in RowSlices.Of(catalog, rows))
        {
            if (catalog.Segments[segment].Field(new FieldKey(FieldPlace.Metric, name)) is not { } column) continue;
            int first = catalog.Bases[segment];
            switch (column.Form)
            {
                case ColumnForm.Real:
                    ReadOnlySpan<double> reals = column.Reals.Span;
                    for (int i = from; i < to; i++)
                    {
                        if (groups[i] >= 0 && column.IsValid(rows[i] - first)) take(groups[i], reals[rows[i] - first]);
                    }

                    break;
                case ColumnForm.Integer:
                    ReadOnlySpan<long> integers = column.Integers.Span;
                    for (int i = from; i < to; i++)
                    {
                        if (groups[i] >= 0 && column.IsValid(rows[i] - first)) take(groups[i], integers[rows[i] - first]);
                    }

                    break;
                case ColumnForm.Json:
                    for (int i = from; i < to; i++)
                    {
                        if (groups[i] >= 0 && FieldNames.TryNumber(column[rows[i] - first], out double number)) take(groups[i], number);
                    }

                    break;
            }
        }
    }
}
