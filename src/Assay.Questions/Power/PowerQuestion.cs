using Assay.Analysis;

namespace Assay.Questions;

internal sealed class PowerQuestion : Question<PowerReport>
{
    private static readonly TextParameter Metric = new("metric", "The metric whose spread between replicates is taken from the runs")
    { ToolDescription = $"The number whose spread between replicates is taken from the runs: {RunParameters.Field}", Placeholder = "NAME" };

    private static readonly ListParameter By = RunParameters.Fields(
        "by", "With --metric: runs with equal values of these names are replicates. Default: the parameters that were varied",
        "With metric: runs with equal values of these names are replicates. Default: the parameters that were varied");

    private static readonly RealParameter Deviation = new(
        "std", "The standard deviation between replicates; with --paired that of the differences. Default: from the runs", 0,
        double.PositiveInfinity)
    { Placeholder = "NUMBER" };

    private static readonly RealParameter Difference = new(
        "difference", "The least difference that matters, in the unit of the metric", 0, double.PositiveInfinity)
    { Placeholder = "NUMBER" };

    private static readonly NumberParameter Replicates = new(
        "replicates", "The replicates of each setting that one can pay for", 2, 100_000_000)
    { Placeholder = "N" };

    private static readonly RealParameter Probability = new("power", "The wanted probability that the difference is found", 0, 1, 0.8)
    { Placeholder = "SHARE" };

    private static readonly RealParameter Significance = new("significance", "The p-value below which it counts as found", 0, 1, 0.05)
    { Placeholder = "SHARE" };

    private static readonly FlagParameter Paired = new("paired", "The settings share what differs between replicates, such as seeds");

    public override CommandText Command { get; } = new("power", "Tell how many replicates show a difference, before they are paid for",
        "assay power --difference 0.02 --std 0.05", "assay power iris --metric accuracy --difference 0.02",
        "assay power iris --metric accuracy --replicates 10", "assay power --difference 0.02 --std 0.05 --replicates 10 --paired");

    public override ToolText Tool => new("plan_replicates", "Replicates needed",
        "Tells how many replicates of each setting show a difference (give difference), which difference a number of replicates shows "
            + "(give replicates), or with which probability (give both). The spread between replicates is std, or that of a metric over "
            + "the runs.");

    public override IReadOnlyList<Parameter> Parameters =>
    [
        RunParameters.Experiment, Difference, Replicates, Deviation, Metric, By, RunParameters.Where, RunParameters.Earlier, Probability,
        Significance, Paired,
    ];

    public override Answer Ask(QuestionCall call)
    {
        double? difference = Difference.Of(call);
        int? replicates = (int?)Replicates.Of(call);
        if (difference is null && replicates is null)
            throw new AssayException($"neither {call.NameOf(Difference)} nor {call.NameOf(Replicates)} is given; expected one of them, or "
                + "both for the probability that the difference is found.");
        if (Deviation.Of(call) is not null && Metric.Of(call) is not null)
            throw new AssayException($"{call.NameOf(Deviation)} and {call.NameOf(Metric)} exclude each other; expected one of them.");
        double deviation = Deviation.Of(call) ?? FromRuns(call);
        double probability = Probability.Of(call)!.Value, significance = Significance.Of(call)!.Value;
        if (probability <= significance)
            throw new AssayException($"{call.NameOf(Probability)} is {Words.Value(probability)}; expected more than the significance, "
                + $"{Words.Value(significance)}.");
        bool paired = Paired.Of(call);
        Analysis.Power power = (difference, replicates) switch
        {
            ({ } size, null) => Analysis.Power.ForDifference(size, deviation, probability, significance, paired),
            (null, { } count) => Analysis.Power.MinimumDifference(count, deviation, probability, significance, paired),
            _ => Analysis.Power.ForReplicates(difference!.Value, deviation, replicates!.Value, significance, paired),
        };
        return new Answer(new PowerReport(
            Metric.Of(call) is null && !call.IsTool ? null : call.Store.Path, power.Replicates, power.Difference, power.Probability,
            power.StandardDeviation, power.Significance, power.IsPaired));
    }

    protected override void Write(PowerReport report, Page page) => page.Line(
        $"{Words.Number(report.Replicates)} {(report.Paired ? "pairs" : "replicates of each setting")} show a difference of "
            + $"{Words.Value(report.Difference)} with a probability of {Words.Value(Math.Round(report.Power, 4))} (standard deviation "
            + $"{Words.Value(report.Std)}{(report.Paired ? " of the differences" : "")}, significance {Words.Value(report.Significance)}, "
            + "t test).");

    private static double FromRuns(QuestionCall call)
    {
        string name = Metric.Of(call) ?? throw new AssayException($"neither {call.NameOf(Deviation)} nor {call.NameOf(Metric)} is given; "
            + "expected the standard deviation between replicates, or a metric of runs that have it.");
        if (Paired.Of(call))
            throw new AssayException($"{call.NameOf(Paired)} needs the deviation of the differences between pairs, which the spread of "
                + $"single runs does not tell; expected {call.NameOf(Deviation)}.");
        (Results all, Results chosen) = new RunFilter(call).Apply();
        var metric = RunField.Parse(name);
        IReadOnlyList<RunField>? by = RunParameters.Read(By, call);
        KnownNames.RequireAmong(all, [metric, .. by ?? []]);
        double? deviation = chosen.Count == 0 ? null : chosen.PooledStandardDeviation(metric.Name, by?.Select(f => f.Name));
        return deviation > 0 && double.IsFinite(deviation.Value) ? deviation.Value
            : throw new AssayException($"the runs tell no spread of '{name}' between replicates: "
                + (deviation is null
                    ? "no group has two successful runs with a number there" : $"its deviation is {Words.Value(deviation)}")
                + $". Give {call.NameOf(Deviation)}.");
    }
}

/// <summary>
/// Replicates, the difference they show, and the probability that it is found; the store is null where no runs were looked at.
/// </summary>
internal sealed record PowerReport(
    string? Store, int Replicates, double Difference, double Power, double Std, double Significance, bool Paired) : Report;
