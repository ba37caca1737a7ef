namespace Assay;

/// <summary>The numbers of one metric, summed up by group in two passes, each in the order of the rows.</summary>
internal sealed class MetricTally
{
    private readonly int[] _counts;
    private readonly double[] _means;
    private readonly double[] _squares;

    private MetricTally(string name, int groups)
    {
        (Name, _counts, _means, _squares) = (name, new int[groups], new double[groups], new double[groups]);
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
        (double[] firsts, double[] sums) = (new double[count], new double[count]);
        Each(name, catalog, rows, groups, new Distances(tally._counts, firsts, sums));
        for (int g = 0; g < count; g++) tally._means[g] = firsts[g] + (sums[g] / tally._counts[g]);
        if (!Array.TrueForAll(tally._means, double.IsFinite)) tally.MendMeans(catalog, rows, groups);
        Each(name, catalog, rows, groups, new Squares(tally._means, tally._squares));
        return tally;
    }

    public MetricStatistics Statistics(int group) => new(
        _counts[group], _means[group], _counts[group] < 2 ? null : Math.Sqrt(_squares[group] / (_counts[group] - 1)));

    private void MendMeans(RunCatalog catalog, int[] rows, int[] groups)
    {
        var sums = new double[_means.Length];
        Each(Name, catalog, rows, groups, new Sums(sums));
        for (int g = 0; g < sums.Length; g++)
        {
            if (!double.IsFinite(_means[g])) _means[g] = sums[g] / _counts[g];
        }
    }

    // Structs, so that what is done with each number becomes part of the loop.
    private interface ITake
    {
        void Take(int group, double value);
    }

    // From the first value on, as in MetricStatistics.MeanOf.
    private readonly struct Distances(int[] counts, double[] firsts, double[] sums) : ITake
    {
        public void Take(int group, double value)
        {
            if (counts[group]++ == 0) firsts[group] = value;
            sums[group] += value - firsts[group];
        }
    }

    private readonly struct Sums(double[] sums) : ITake
    {
        public void Take(int group, double value) => sums[group] += value;
    }

    private readonly struct Squares(double[] means, double[] squares) : ITake
    {
        public void Take(int group, double value) => squares[group] += (value - means[group]) * (value - means[group]);
    }

    private static void Each<T>(string name, RunCatalog catalog, int[] rows, int[] groups, T into) where T : struct, ITake
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
                        if (groups[i] >= 0 && column.IsValid(rows[i] - first)) into.Take(groups[i], reals[rows[i] - first]);
                    }

                    break;
                case ColumnForm.Integer:
                    ReadOnlySpan<long> integers = column.Integers.Span;
                    for (int i = from; i < to; i++)
                    {
                        if (groups[i] >= 0 && column.IsValid(rows[i] - first)) into.Take(groups[i], integers[rows[i] - first]);
                    }

                    break;
                case ColumnForm.Json:
                    for (int i = from; i < to; i++)
                    {
                        if (groups[i] >= 0 && FieldNames.TryNumber(column[rows[i] - first], out double number)) into.Take(groups[i], number);
                    }

                    break;
            }
        }
    }
}
