using System.Globalization;

namespace Assay.Analysis.Figures;

/// <summary>Means of values at places, with what stands beside them, and the words about how they were made. Not thread-safe.</summary>
internal sealed class GroupedMeans(PlotOptions options)
{
    private int _least = int.MaxValue, _most, _leftOut, _withoutPlace;
    private bool _differs;
    private readonly SortedSet<IntervalMethod> _methods = [];
    private IntervalMethod? _method;

    /// <summary>Decides on the method over all values, because each group for itself might choose another one.</summary>
    public void Choose(ReadOnlySpan<double> values, bool areBooleans)
    {
        if (options.Method != IntervalMethod.Auto) _method = options.Method;
        else if (areBooleans) _method = IntervalMethod.Wilson;
        else
        {
            double[] finite = Array.FindAll(values.ToArray(), double.IsFinite);
            _method = finite.Length > 0 && !finite.AsSpan().ContainsAnyExceptInRange(0, 1) ? IntervalMethod.Bootstrap : null;
        }
    }

    /// <summary>The mean at each place, in the order of the places.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="x">The place of each row of the table.</param>
    /// <param name="y">The value of each row of the table.</param>
    public IReadOnlyList<GroupMean> At(IEnumerable<int> rows, double[] x, double[] y)
    {
        var kept = new List<int>();
        foreach (int row in rows)
        {
            if (!double.IsFinite(x[row])) _withoutPlace++;
            else if (!double.IsFinite(y[row])) _leftOut++;
            else kept.Add(row);
        }

        int[] order = [.. kept];
        double[] places = Array.ConvertAll(order, row => x[row]);
        Array.Sort(places, order);
        var means = new List<GroupMean>();
        for (int start = 0, end; start < order.Length; start = end)
        {
            for (end = start + 1; end < order.Length && places[end] == places[start];) end++;
            means.Add(Mean(places[start], Array.ConvertAll(order[start..end], row => y[row])));
        }

        _differs |= means.Exists(mean => mean.Count != means[0].Count);
        return means;
    }

    /// <summary>What the points and bars are, and what was left out.</summary>
    /// <param name="what">What is drawn.</param>
    /// <param name="overSteps">Whether a row is a step of a run, so that a mean of fewer values is one of other runs.</param>
    public IReadOnlyList<string> Notes(string what, bool overSteps = false)
    {
        var notes = new List<string>();
        if (_most > 1)
        {
            string n = _least == _most ? $"n = {_most}" : $"n = {_least} to {_most}";
            string bars = options.ErrorBars switch
            {
                ErrorBars.Interval when _methods.Count > 0 => $", with {Percent(options)} intervals ({Methods()})",
                ErrorBars.StandardDeviation => ", with one standard deviation to both sides",
                ErrorBars.StandardError => ", with one standard error to both sides",
                _ => "",
            };
            notes.Add($"{what} are means, {n}{bars}.{(_least == 1 && bars.Length > 0 ? " One value has no spread." : "")}");
        }

        if (overSteps && _differs) notes.Add("At some steps only part of the runs has a value, so the mean there is of other runs.");
        if (_leftOut > 0) notes.Add(ShownFigure.Missing(_leftOut));
        if (_withoutPlace > 0) notes.Add(ShownFigure.LeftOut(_withoutPlace, "without a place on the x axis"));
        return notes;
    }

    public static string Percent(PlotOptions options) => (options.Confidence * 100).ToString("0.##", CultureInfo.InvariantCulture) + " %";

    private string Methods() => string.Join(" and ", _methods.Select(IntervalMethodText.Text));

    private GroupMean Mean(double at, double[] values)
    {
        (_least, _most) = (Math.Min(_least, values.Length), Math.Max(_most, values.Length));
        if (values.Length == 1) return new GroupMean(at, values[0], null, null, 1);
        if (options.ErrorBars == ErrorBars.Interval)
        {
            var interval = Interval.OfMean(values, options.Confidence, _method ?? MeanIntervals.ByCount(values.Length));
            _methods.Add(interval.Method);
            return new GroupMean(at, interval.Estimate!.Value, interval.LowerBound, interval.UpperBound, values.Length);
        }

        var moments = Moments.Of(values);
        double mean = moments.Mean!.Value;
        double? spread = options.ErrorBars switch
        {
            ErrorBars.StandardDeviation => moments.StandardDeviation,
            ErrorBars.StandardError => moments.StandardError,
            _ => null,
        };
        return new GroupMean(at, mean, mean - spread, mean + spread, values.Length);
    }
}

/// <summary>A mean at a place.</summary>
/// <param name="At">The place.</param>
/// <param name="Mean">The mean.</param>
/// <param name="Lower">The lower end of what stands beside it; null for nothing.</param>
/// <param name="Upper">The upper end.</param>
/// <param name="Count">The number of values.</param>
internal readonly record struct GroupMean(double At, double Mean, double? Lower, double? Upper, int Count)
{
    public static LineMark Line(IReadOnlyList<GroupMean> means, string? name, int series, bool band)
    {
        bool bounds = means.Any(mean => mean.Lower is not null);
        return new LineMark
        {
            Name = name,
            Series = series,
            Band = band,
            Markers = true,
            X = [.. means.Select(mean => mean.At)],
            Y = [.. means.Select(mean => mean.Mean)],
            Lower = bounds ? [.. means.Select(mean => mean.Lower ?? double.NaN)] : [],
            Upper = bounds ? [.. means.Select(mean => mean.Upper ?? double.NaN)] : [],
            Counts = [.. means.Select(mean => mean.Count)],
        };
    }
}
