namespace Assay.Analysis;

/// <summary>The variance of the values of a full grid by effects: main ones, pairs, the rest.</summary>
/// <param name="levels">The number of levels of each parameter.</param>
/// <param name="means">The mean of each point, the last parameter running fastest.</param>
internal sealed class VarianceDecomposition(int[] levels, double[] means)
{
    // Centred, so that a large mean costs no digits.
    private readonly double[] _values = Centred(means);

    public double Total => _values.Sum(v => v * v) / _values.Length;

    public double Main(int a) => Margin(a).Average(m => m * m);

    public double Pair(int a, int b)
    {
        double[] one = Margin(a), other = Margin(b);
        var both = new double[levels[a] * levels[b]];
        for (int i = 0; i < _values.Length; i++) both[(Level(i, a) * levels[b]) + Level(i, b)] += _values[i];
        double scale = (double)both.Length / _values.Length;
        return both.Select((sum, i) => (sum * scale) - one[i / levels[b]] - other[i % levels[b]]).Average(d => d * d);
    }

    private double[] Margin(int a)
    {
        var margin = new double[levels[a]];
        for (int i = 0; i < _values.Length; i++) margin[Level(i, a)] += _values[i];
        for (int i = 0; i < margin.Length; i++) margin[i] *= (double)levels[a] / _values.Length;
        return margin;
    }

    private int Level(int point, int parameter)
    {
        for (int i = levels.Length - 1; i > parameter; i--) point /= levels[i];
        return point % levels[parameter];
    }

    private static double[] Centred(double[] means)
    {
        double first = means[0], mean = means.Average(m => m - first);
        return [.. means.Select(m => m - first - mean)];
    }
}
