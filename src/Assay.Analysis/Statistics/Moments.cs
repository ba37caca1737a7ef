namespace Assay.Analysis;

/// <summary>
/// Count, mean and standard deviation, summed in the order of the values with compensation (Neumaier 1974), so that the result is the same
/// on every machine.
/// </summary>
/// <param name="Count">The number of values.</param>
/// <param name="Mean">Null without values; NaN where one is NaN.</param>
/// <param name="StandardDeviation">Of the sample (n − 1); null below two values.</param>
internal readonly record struct Moments(int Count, double? Mean, double? StandardDeviation)
{
    public double StandardError => (StandardDeviation ?? double.NaN) / Math.Sqrt(Count);

    public double Variance => StandardDeviation is { } deviation ? deviation * deviation : double.NaN;

    public static bool AreFinite(ReadOnlySpan<double> values) => !values.ContainsAnyExceptInRange(double.MinValue, double.MaxValue);

    public static Moments Of(ReadOnlySpan<double> values)
    {
        if (values.Length == 0) return new Moments(0, null, null);
        double mean = values.ContainsAnyExcept(values[0]) ? Sum(values, 0, power: 1) / values.Length : values[0];
        if (values.Length == 1) return new Moments(1, mean, null);
        // The sum of the deviations is what rounding left in the mean.
        double rest = Sum(values, mean, power: 1);
        double squares = Sum(values, mean, power: 2) - (rest * rest / values.Length);
        return new Moments(values.Length, mean, Math.Sqrt(Math.Max(0, squares) / (values.Length - 1)));
    }

    /// <summary>The sum of the first, second or third powers of the distances from a centre.</summary>
    public static double Sum(ReadOnlySpan<double> values, double centre, int power)
    {
        double sum = 0, lost = 0;
        foreach (double value in values)
        {
            double distance = value - centre;
            double part = power switch { 1 => distance, 2 => distance * distance, _ => distance * distance * distance };
            double next = sum + part;
            lost += Math.Abs(sum) >= Math.Abs(part) ? sum - next + part : part - next + sum;
            sum = next;
        }

        return double.IsFinite(sum) ? sum + lost : sum;
    }
}
