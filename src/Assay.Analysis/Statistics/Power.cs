namespace Assay.Analysis;

/// <summary>
/// How many replicates show which difference of two means, before they are paid for. As R's <c>power.t.test</c>: two-sided t tests by
/// the noncentral t distribution, where a significant difference in the wrong direction does not count. Immutable.
/// </summary>
/// <param name="Difference">The difference between the settings, above 0, in the unit of the metric.</param>
/// <param name="StandardDeviation">The standard deviation between replicates of one setting; of pairs that of their differences.</param>
/// <param name="Replicates">The number of replicates of each setting, or of pairs.</param>
/// <param name="Probability">The probability that the difference is found: the power.</param>
/// <param name="Significance">The p-value below which a difference counts as found.</param>
/// <param name="IsPaired">Whether the settings share what differs between replicates, such as seeds.</param>
public sealed record Power(
    double Difference, double StandardDeviation, int Replicates, double Probability, double Significance, bool IsPaired)
{
    private const int MostReplicates = 100_000_000;

    /// <summary>The replicates that a difference needs, for example <c>Power.ForDifference(0.02, standardDeviation: 0.05)</c>.</summary>
    /// <param name="difference">The least difference that matters, in the unit of the metric. Its sign does not matter.</param>
    /// <param name="standardDeviation">Between replicates of one setting; of pairs that of their differences.</param>
    /// <param name="probability">The wanted power, more than the significance and less than 1. Default: 0.8.</param>
    /// <param name="significance">The p-value below which a difference counts as found. Default: 0.05.</param>
    /// <param name="paired">Whether replicates of the two settings are pairs. Default: false.</param>
    /// <returns>The least number of replicates with at least that power, and the power they have.</returns>
    /// <exception cref="ArgumentOutOfRangeException">
    /// A number is out of its range, or more than a hundred million replicates are needed.
    /// </exception>
    public static Power ForDifference(
        double difference, double standardDeviation, double probability = 0.8, double significance = 0.05, bool paired = false)
    {
        CheckSpread(difference, standardDeviation, significance);
        CheckProbability(probability, significance);
        int most = 2;
        while (Of(most) < probability)
            most = most < MostReplicates ? most * 2 : throw new ArgumentOutOfRangeException(
                nameof(difference), difference, $"No {MostReplicates} replicates would show such a difference beside a standard "
                    + $"deviation of {standardDeviation}; expected a larger one.");
        int least = 2;
        while (least < most)
        {
            int middle = least + ((most - least) / 2);
            (least, most) = Of(middle) < probability ? (middle + 1, most) : (least, middle);
        }

        return new Power(Math.Abs(difference), standardDeviation, least, Of(least), significance, paired);

        double Of(int replicates) => ProbabilityOf(difference, standardDeviation, replicates, significance, paired);
    }

    /// <summary>The power of a number of replicates.</summary>
    /// <param name="difference">The difference, in the unit of the metric. Its sign does not matter.</param>
    /// <param name="standardDeviation">Between replicates of one setting; of pairs that of their differences.</param>
    /// <param name="replicates">Of each setting, or pairs; at least 2.</param>
    /// <param name="significance">The p-value below which a difference counts as found. Default: 0.05.</param>
    /// <param name="paired">Whether replicates of the two settings are pairs. Default: false.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of its range.</exception>
    public static Power ForReplicates(
        double difference, double standardDeviation, int replicates, double significance = 0.05, bool paired = false)
    {
        CheckSpread(difference, standardDeviation, significance);
        CheckReplicates(replicates);
        double power = ProbabilityOf(difference, standardDeviation, replicates, significance, paired);
        return new Power(Math.Abs(difference), standardDeviation, replicates, power, significance, paired);
    }

    /// <summary>The least difference that a number of replicates shows.</summary>
    /// <param name="replicates">Of each setting, or pairs; at least 2.</param>
    /// <param name="standardDeviation">Between replicates of one setting; of pairs that of their differences.</param>
    /// <param name="probability">The wanted power, more than the significance and less than 1. Default: 0.8.</param>
    /// <param name="significance">The p-value below which a difference counts as found. Default: 0.05.</param>
    /// <param name="paired">Whether replicates of the two settings are pairs. Default: false.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of its range.</exception>
    public static Power MinimumDifference(
        int replicates, double standardDeviation, double probability = 0.8, double significance = 0.05, bool paired = false)
    {
        CheckSpread(1, standardDeviation, significance);
        CheckProbability(probability, significance);
        CheckReplicates(replicates);
        double most = 1;
        while (Of(most) < probability) most *= 2;
        double size = Root.Of(d => Of(d) - probability, 0, most);
        return new Power(size * standardDeviation, standardDeviation, replicates, probability, significance, paired);

        // In units of the standard deviation.
        double Of(double difference) => ProbabilityOf(difference, 1, replicates, significance, paired);
    }

    private static double ProbabilityOf(
        double difference, double standardDeviation, double replicates, double significance, bool paired)
    {
        double freedom = paired ? replicates - 1 : 2 * (replicates - 1);
        double shift = Math.Abs(difference) / standardDeviation * Math.Sqrt(paired ? replicates : replicates / 2);
        return 1 - NoncentralT.Cdf(StudentT.Quantile(1 - (significance / 2), freedom), freedom, shift);
    }

    private static void CheckSpread(double difference, double standardDeviation, double significance)
    {
        if (!double.IsFinite(difference) || difference == 0)
            throw new ArgumentOutOfRangeException(nameof(difference), difference, "A difference to look for is a number other than 0.");
        if (!double.IsFinite(standardDeviation) || standardDeviation <= 0)
            throw new ArgumentOutOfRangeException(
                nameof(standardDeviation), standardDeviation,
                "A standard deviation is more than 0; take that between replicates which there are already.");
        if (significance is not (> 0 and < 1))
            throw new ArgumentOutOfRangeException(nameof(significance), significance, "A significance is between 0 and 1, such as 0.05.");
    }

    private static void CheckProbability(double probability, double significance)
    {
        if (!(probability > significance && probability < 1))
            throw new ArgumentOutOfRangeException(
                nameof(probability), probability, $"A power is more than the significance ({significance}) and less than 1, such as 0.8.");
    }

    private static void CheckReplicates(int replicates)
    {
        if (replicates < 2)
            throw new ArgumentOutOfRangeException(nameof(replicates), replicates, "Fewer than two replicates have no spread to compare.");
    }
}
