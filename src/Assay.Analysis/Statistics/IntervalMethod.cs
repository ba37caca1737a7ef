namespace Assay.Analysis;

/// <summary>How the bounds of an interval are made.</summary>
public enum IntervalMethod
{
    /// <summary>
    /// By the values: <see cref="Wilson"/> for booleans; for numbers <see cref="Bootstrap"/> where all lie in [0, 1], otherwise
    /// <see cref="T"/> for up to 30 and <see cref="Normal"/> for more. In a table all groups together decide between these, and the size of
    /// each group between t and normal.
    /// </summary>
    Auto,

    /// <summary>Student's t with n − 1 degrees of freedom: mean ± t·s/√n.</summary>
    T,

    /// <summary>The normal distribution: mean ± z·s/√n. Too narrow for few values.</summary>
    Normal,

    /// <summary>Wilson's score interval of a share (1927); also right near 0 and 1, and for few values.</summary>
    Wilson,

    /// <summary>
    /// The percentile bootstrap (Efron 1979), with linear interpolation between the sampled means. Too narrow for few values: 95 % bounds
    /// hold the mean of normal ones in 84 % of cases with five, and in 90 % with ten.
    /// </summary>
    Bootstrap,

    /// <summary>The bootstrap with corrections of bias and skewness, BCa (Efron 1987).</summary>
    Bca,

    /// <summary>Bounds that follow from the exact distribution or inversion of the test that stands beside them.</summary>
    Exact,

    /// <summary>The closed form for a difference of paired shares by Bonett and Price (2012).</summary>
    Score,
}

/// <summary>Methods by their names in tables, commands and JSON.</summary>
public static class IntervalMethodText
{
    /// <summary>The name, such as <c>bootstrap</c>.</summary>
    public static string Text(IntervalMethod method) => method switch
    {
        IntervalMethod.Auto => "auto",
        IntervalMethod.T => "t",
        IntervalMethod.Normal => "normal",
        IntervalMethod.Wilson => "wilson",
        IntervalMethod.Bootstrap => "bootstrap",
        IntervalMethod.Bca => "bca",
        IntervalMethod.Exact => "exact",
        IntervalMethod.Score => "score",
        _ => throw new ArgumentOutOfRangeException(nameof(method), method, "There is no such method."),
    };
}
