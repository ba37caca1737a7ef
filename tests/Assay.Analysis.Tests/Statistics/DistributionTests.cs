namespace Assay.Analysis.Tests;

[Trait("Category", "Quick")]
public class DistributionTests
{
    [Fact]
    public void Quantiles_and_probabilities_are_those_of_R_in_the_tails_too() => Assert.All(Reference.Rows("distributions"), row =>
    {
        (double x, double freedom, double shift) = (row.Number("x"), row.Number("freedom"), row.Number("shift"));
        switch (row["function"])
        {
            case "normal_quantile": Reference.Close(row.Number("value"), NormalDistribution.Quantile(x), row.Text); break;
            case "normal_cdf": Reference.Close(row.Number("value"), NormalDistribution.Cdf(x), row.Text); break;
            case "t_quantile": Reference.Close(row.Number("value"), StudentT.Quantile(x, freedom), row.Text); break;
            case "t_cdf": Reference.Close(row.Number("value"), StudentT.Cdf(x, freedom), row.Text); break;
            default:
                // Algorithm AS 243 promises an absolute error, R's too.
                Assert.True(Math.Abs(row.Number("value") - NoncentralT.Cdf(x, freedom, shift)) < 1e-11, row.Text);
                break;
        }
    });

    [Fact]
    public void Noncentral_t_is_its_integral_for_large_shifts_too() => Assert.All(Reference.Rows("noncentral"), row =>
    {
        (double freedom, double shift) = (row.Number("freedom"), row.Number("shift"));
        double error = Math.Abs(row.Number("p") - NoncentralT.Cdf(row.Number("t"), freedom, shift));

        bool isApproximate = freedom > 400_000 || (freedom > 10_000 && shift > 2000);
        Assert.True(error < (!isApproximate ? 1e-9 : shift <= 100 ? 1e-7 : 1e-4), $"{error:G3}: {row.Text}");
    });

    // W. S. Gosset's table as every textbook has it, with more digits.
    [Theory]
    [InlineData(1, 12.706204736)]
    [InlineData(2, 4.302652730)]
    [InlineData(3, 3.182446305)]
    [InlineData(4, 2.776445105)]
    [InlineData(5, 2.570581836)]
    [InlineData(10, 2.228138852)]
    [InlineData(29, 2.045229642)]
    [InlineData(30, 2.042272456)]
    [InlineData(100, 1.983971519)]
    [InlineData(120, 1.979930405)]
    [InlineData(1000, 1.962339081)]
    public void Quantiles_of_t_are_those_of_the_tables(int freedom, double expected) =>
        Assert.Equal(expected, StudentT.Quantile(0.975, freedom), precision: 7);

    [Fact]
    public void Quantiles_of_t_fall_to_the_normal_one()
    {
        double[] quantiles = [.. Enumerable.Range(1, 300).Append(int.MaxValue).Select(f => StudentT.Quantile(0.975, f))];
        Assert.All(quantiles.Zip(quantiles.Skip(1)), pair => Assert.True(pair.First > pair.Second));
        Assert.Equal(1.959964, quantiles[^1], precision: 6);
    }
}
