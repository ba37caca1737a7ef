namespace Assay.Analysis;

/// <summary>What the plot functions have in common. Immutable.</summary>
public sealed record PlotOptions
{
    internal static PlotOptions Default { get; } = new();

    /// <summary>The heading. Default: made from the names of the columns.</summary>
    public string? Title { get; init; }

    /// <summary>What the bars or bands beside means show. Default: the interval.</summary>
    public ErrorBars ErrorBars { get; init; }

    /// <summary>The confidence of intervals, more than 0 and less than 1. Default: 0.95.</summary>
    public double Confidence { get; init; } = 0.95;

    /// <summary>How intervals are made. Default: by the values.</summary>
    public IntervalMethod Method { get; init; }

    /// <summary>A column whose values have a row of panels each; null for one row.</summary>
    public string? FacetRow { get; init; }

    /// <summary>A column whose values have a column of panels each; null for one column.</summary>
    public string? FacetColumn { get; init; }
}

/// <summary>What bars or bands beside a mean show.</summary>
public enum ErrorBars
{
    /// <summary>The confidence interval of the mean.</summary>
    Interval,

    /// <summary>One standard deviation of the values (n − 1) to both sides.</summary>
    StandardDeviation,

    /// <summary>One standard error of the mean, s/√n, to both sides.</summary>
    StandardError,

    /// <summary>Nothing.</summary>
    None,
}
