using System.Globalization;

namespace Assay;

/// <summary>Statistics of the numbers of one metric, by group; of booleans, true counts as 1 and false as 0.</summary>
internal static class MetricTally
{
    /// <summary>The statistics of each group, null where it has no number. The group of a row that does not count is -1.</summary>
    public static MetricStatistics?[] Of(string name, RunCatalog catalog, int[] rows, int[] groups, int count)
    {
        var values = new double[rows.Length];
        var counted = new int[rows.Length];
        Array.Fill(counted, -1);
        foreach ((int segment, int from, int to) in RowSlices.Of(catalog, rows))
        {
            if (catalog.Segments[segment].Field(new FieldKey(FieldPlace.Metric, name)) is not { } column) continue;
            int first = catalog.Bases[segment];
            ReadOnlySpan<double> reals = column.As<double>();
            ReadOnlySpan<long> integers = column.As<long>();
            for (int i = from; i < to; i++)
            {
                int row = rows[i] - first;
                if (groups[i] < 0 || !column.IsValid(row)) continue;
                if (column.Form == ColumnForm.Real) values[i] = reals[row];
                else if (column.Form == ColumnForm.Integer) values[i] = integers[row];
                else if (column.Form == ColumnForm.Text || !ValueOrder.TryMeasure(column[row], out values[i])) continue;
                counted[i] = groups[i];
            }
        }

        return Of(values, counted, count);
    }

    /// <summary>As of a metric, of any field; a value that is no number does not count.</summary>
    public static MetricStatistics?[] Of(RunField field, RunCatalog catalog, int[] rows, int[] groups, int count)
    {
        var values = new double[rows.Length];
        int[] counted = [.. groups];
        var reader = new FieldReader(catalog, field);
        foreach ((int segment, int row, int place) in RowSlices.Rows(catalog, rows))
            if (counted[place] >= 0 && !ValueOrder.TryMeasure(reader.Single(segment, row), out values[place])) counted[place] = -1;

        return Of(values, counted, count);
    }

    /// <summary>In two passes, counted from the first value: equal values are their mean, and a large mean takes no digits.</summary>
    public static MetricStatistics?[] Of(double[] values, int[] groups, int count)
    {
        var counts = new int[count];
        (double[] firsts, double[] distances, double[] sums) = (new double[count], new double[count], new double[count]);
        for (int i = 0; i < values.Length; i++)
        {
            if (groups[i] is not (>= 0 and var g)) continue;
            if (counts[g]++ == 0) firsts[g] = values[i];
            distances[g] += values[i] - firsts[g];
            sums[g] += values[i];
        }

        (double[] means, double[] squares) = (new double[count], new double[count]);
        for (int g = 0; g < count; g++)
        {
            means[g] = firsts[g] + (distances[g] / counts[g]);
            // Distances overflow earlier than the values themselves, and of infinities there are none.
            if (!double.IsFinite(means[g])) means[g] = sums[g] / counts[g];
        }

        for (int i = 0; i < values.Length; i++)
            if (groups[i] is >= 0 and var g) squares[g] += (values[i] - means[g]) * (values[i] - means[g]);

        return
        [
            .. Enumerable.Range(0, count).Select(g => counts[g] == 0 ? null
                : new MetricStatistics(counts[g], means[g], counts[g] < 2 ? null : Math.Sqrt(squares[g] / (counts[g] - 1)))),
        ];
    }
}

/// <summary>The numbers of a metric in short. Immutable.</summary>
/// <param name="Count">How many there are, NaN included.</param>
/// <param name="Mean">Their mean.</param>
/// <param name="StandardDeviation">
/// The standard deviation of the sample (n − 1); that of a single value is undefined and null, never zero.
/// </param>
public sealed record MetricStatistics(int Count, double Mean, double? StandardDeviation)
{
    /// <summary>The statistics of the values; null when there are none.</summary>
    public static MetricStatistics? Of(IReadOnlyCollection<double> values) => MetricTally.Of([.. values], new int[values.Count], 1)[0];

    /// <summary>
    /// As <see cref="ToString()"/>; where there are fewer numbers than runs also their number, because a mean over some must not pass for
    /// one over all.
    /// </summary>
    /// <param name="runs">The number of runs.</param>
    public string ToString(int runs) => Count == runs ? ToString() : string.Create(CultureInfo.InvariantCulture, $"{this} (n={Count})");

    /// <summary>For example <c>0.953 ± 0.021</c>.</summary>
    public override string ToString() => MeanText.Of(Mean, StandardDeviation);
}
