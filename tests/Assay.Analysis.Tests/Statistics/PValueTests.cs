namespace Assay.Analysis.Tests;

[Trait("Category", "Quick")]
public class PValueTests
{
    [Fact]
    public void Corrections_are_those_of_R() => Assert.All(Reference.Rows("corrections"), row =>
    {
        double[] p = row.Numbers("p");

        Assert.Equal(row.Numbers("holm"), PValues.Holm(p), (x, y) => x.Equals(y) || Math.Abs(x - y) <= 1e-15 * x);
        Assert.Equal(row.Numbers("bh"), PValues.BenjaminiHochberg(p), (x, y) => x.Equals(y) || Math.Abs(x - y) <= 1e-15 * x);
    });

    [Fact]
    public void A_number_that_is_no_p_value_is_refused() =>
        Assert.StartsWith("1.5 is no p-value", Assert.Throws<ArgumentException>(() => PValues.Holm([0.1, 1.5])).Message);
}
