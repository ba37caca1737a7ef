namespace Assay.Analysis;

/// <summary>How two settings are compared.</summary>
public enum ComparisonTest
{
    /// <summary>
    /// Paired: <see cref="McNemar"/> for booleans, otherwise <see cref="T"/>. Unpaired: <see cref="Permutation"/> for booleans, otherwise
    /// <see cref="Welch"/>.
    /// </summary>
    Auto,

    /// <summary>Paired: Student's t test of the differences.</summary>
    T,

    /// <summary>
    /// Paired: Wilcoxon's signed-rank test without the differences of 0; exact for up to 50, with ties too, and beyond by the normal
    /// distribution with corrections of ties and continuity.
    /// </summary>
    Wilcoxon,

    /// <summary>Paired: the exact test of McNemar for values that are 0 and 1, by the binomial distribution.</summary>
    McNemar,

    /// <summary>Unpaired: Welch's t test, for variances that may differ.</summary>
    Welch,

    /// <summary>
    /// Unpaired: the test of Mann and Whitney; exact for up to 50 values on each side, with ties too, and beyond by the normal distribution
    /// with corrections of ties and continuity.
    /// </summary>
    MannWhitney,

    /// <summary>
    /// Paired: random signs of the differences, exact for up to 30. Unpaired: random assignment of the values to the two sides, exact for
    /// up to a million assignments, and for any number of values of which only two are distinct, such as booleans (the test of Fisher
    /// 1935). Beyond that by m seeded samples of which b lie in the smaller tail, the observed value being one more (Phipson and Smyth
    /// 2010): p = 2·(b + 1) / (m + 1), and of pairs p = (b + c + 1) / (m + 1) with c in the other tail, because both tails are one.
    /// </summary>
    Permutation,
}

/// <summary>Tests by their names in tables, commands and JSON.</summary>
public static class ComparisonTestText
{
    /// <summary>The name, such as <c>mann-whitney</c>.</summary>
    public static string Text(ComparisonTest test) => test switch
    {
        ComparisonTest.Auto => "auto",
        ComparisonTest.T => "t",
        ComparisonTest.Wilcoxon => "wilcoxon",
        ComparisonTest.McNemar => "mcnemar",
        ComparisonTest.Welch => "welch",
        ComparisonTest.MannWhitney => "mann-whitney",
        ComparisonTest.Permutation => "permutation",
        _ => throw new ArgumentOutOfRangeException(nameof(test), test, "There is no such test."),
    };
}
