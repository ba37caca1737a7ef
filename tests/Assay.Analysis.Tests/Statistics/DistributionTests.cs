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
}
