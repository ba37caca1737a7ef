using System.Globalization;

namespace Assay.Analysis;

/// <summary>
/// How much of the variance of a metric each parameter accounts for, as a regression forest has learned it. Immutable.
/// </summary>
/// <remarks>
/// Functional analysis of variance over a forest (Hutter, Hoos, Leyton-Brown 2014): the forest predicts the metric at every point of a grid
/// of the parameters, and the predictions are decomposed exactly. Each parameter has its values in the grid, or where they are many, the
/// middles of equally full quantiles, so a value counts as often as it was tried. What replicates differ by is noise that the forest
/// leaves out: the shares are those of the variance of the predictions.
/// </remarks>
/// <param name="Effects">The decomposition of the predictions; its points are those of the grid.</param>
/// <param name="Runs">The number of runs that the forest learned from.</param>
/// <param name="LeftOut">The number of runs without success or without a finite number.</param>
/// <param name="Fit">
/// The share of the metric's variance that forests predict for runs they have not seen, by ten-fold cross-validation (1 - squared errors
/// over squared deviations from the mean; less than 0 where the mean predicts better). Where it is small, the effects mean little.
/// </param>
public sealed record ForestImportance(Importance Effects, int Runs, int LeftOut, double Fit)
{
    private const double Weak = 0.5;

    /// <summary>Why the effects mean little; null where forests predict unseen runs well.</summary>
    public string? Note => Fit >= Weak ? null
        : string.Create(
            CultureInfo.InvariantCulture,
            $"forests explain {Math.Max(0, Fit):P0} of the variance of runs they have not seen, so the shares mean little; more runs help, "
                + $"unless the metric is noise");

    /// <inheritdoc/>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Effects}\n  of the predictions of a forest, which explains {Fit:P1} of the variance of runs it has not seen")
        + (Note is null ? "" : $"\n  {Note}");
}
