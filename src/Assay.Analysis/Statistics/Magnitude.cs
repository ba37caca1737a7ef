namespace Assay.Analysis;

/// <summary>
/// The power of two that brings values near 1, so that the squares of 1e300 do not overflow and those of 1e-300 do not vanish. Scaling by
/// it changes no digit.
/// </summary>
internal readonly record struct Magnitude(int Exponent)
{
    private const int MostOrdinary = 300;

    public bool IsExtreme => Math.Abs(Exponent) > MostOrdinary;

    public static Magnitude Of(params ReadOnlySpan<double> values)
    {
        double most = 0;
        foreach (double value in values)
        {
            if (!double.IsFinite(value)) return default;
            most = Math.Max(most, Math.Abs(value));
        }

        return new Magnitude(most == 0 ? 0 : Math.ILogB(most));
    }

    public static Magnitude Of(ReadOnlySpan<double> a, ReadOnlySpan<double> b) => Of([.. a, .. b]);

    public double[] Scale(ReadOnlySpan<double> values)
    {
        var scaled = new double[values.Length];
        for (int i = 0; i < scaled.Length; i++) scaled[i] = Math.ScaleB(values[i], -Exponent);
        return scaled;
    }

    public double? Restore(double? value) => value is { } scaled ? Math.ScaleB(scaled, Exponent) : null;

    public Interval Restore(Interval interval) => interval with
    {
        Estimate = Restore(interval.Estimate),
        LowerBound = Restore(interval.LowerBound),
        UpperBound = Restore(interval.UpperBound),
        StandardDeviation = Restore(interval.StandardDeviation),
    };
}
