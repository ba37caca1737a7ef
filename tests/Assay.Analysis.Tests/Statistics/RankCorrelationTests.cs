namespace Assay.Analysis.Tests;

[Trait("Category", "Quick")]
public class RankCorrelationTests
{
    [Fact]
    public void Correlations_are_those_of_R() => Assert.All(Reference.Rows("correlations"), row =>
    {
        (double[] x, double[] y) = (row.Numbers("x"), row.Numbers("y"));
        (RankCorrelation spearman, RankCorrelation kendall) = (RankCorrelation.Spearman(x, y), RankCorrelation.Kendall(x, y));

        Reference.Close(row.Number("spearman"), spearman.Value, row.Text);
        Reference.Close(row.Number("spearman_p"), spearman.PValue, row.Text);
        Reference.Close(row.Number("kendall"), kendall.Value, row.Text);
        Reference.Close(row.Number("kendall_p"), kendall.PValue, row.Text);
    });

    // One of 10! orders in each tail.
    [Fact]
    public void Even_a_perfect_order_has_a_p_value_above_0()
    {
        double[] x = [.. Enumerable.Range(0, 10).Select(i => (double)i)];

        Assert.Equal(2 / 3_628_800.0, RankCorrelation.Spearman(x, x).PValue);
    }

    [Fact]
    public void Merging_counts_what_looking_at_all_pairs_counts()
    {
        var random = new Random(7);
        for (int round = 0; round < 100; round++)
        {
            int n = random.Next(2, 40);
            double[] x = [.. Enumerable.Range(0, n).Select(_ => (double)random.Next(6))];
            double[] y = [.. Enumerable.Range(0, n).Select(_ => (double)random.Next(6))];
            double score = 0, untiedX = 0, untiedY = 0;
            for (int i = 0; i < n; i++)
            {
                for (int j = 0; j < i; j++)
                {
                    int signX = Math.Sign(x[i] - x[j]), signY = Math.Sign(y[i] - y[j]);
                    (score, untiedX, untiedY) = (score + (signX * signY), untiedX + (signX * signX), untiedY + (signY * signY));
                }
            }

            double? expected = untiedX * untiedY == 0 ? null : score / Math.Sqrt(untiedX * untiedY);
            Assert.Equal(expected ?? double.NaN, RankCorrelation.Kendall(x, y).Value ?? double.NaN, 1e-12);
        }
    }

    [Fact]
    public void Bounds_are_those_of_the_formulas_they_cite()
    {
        double[] x = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10], y = [2, 1, 4, 3, 7, 8, 6, 5, 10, 9];

        var spearman = RankCorrelation.Spearman(x, y);

        double r = spearman.Value!.Value, margin = 1.959963984540054 * Math.Sqrt((1 + (r * r / 2)) / 7);
        Assert.Equal(Math.Tanh(Math.Atanh(r) - margin), spearman.LowerBound!.Value, 1e-12);
        Assert.Equal(Math.Tanh(Math.Atanh(r) + margin), spearman.UpperBound!.Value, 1e-12);
    }

    [Theory]
    [InlineData(new double[] { }, new double[] { })]
    [InlineData(new double[] { 1 }, new double[] { 2 })]
    [InlineData(new double[] { 1, 1, 1 }, new double[] { 1, 2, 3 })]
    [InlineData(new[] { 1, 2, double.NaN }, new double[] { 1, 2, 3 })]
    public void What_does_not_vary_has_no_correlation(double[] x, double[] y)
    {
        var expected = new RankCorrelation(null, null, null, null, x.Length, 0.95);

        Assert.Equal(expected, RankCorrelation.Spearman(x, y));
        Assert.Equal(expected, RankCorrelation.Kendall(x, y));
    }
}
