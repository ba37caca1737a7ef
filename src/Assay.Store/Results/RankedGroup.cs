namespace Assay;

/// <summary>Ranked runs with equal values of some names, such as the replicates of one point. Immutable.</summary>
public sealed class RankedGroup
{
    internal RankedGroup(IReadOnlyDictionary<string, object?> key, IReadOnlyList<RankedRun> runs, double[] values, int undefined)
    {
        (Key, Runs, Undefined) = (key, runs, undefined);
        MetricStatistics spread = MetricStatistics.Of(values)!;
        (Mean, StandardDeviation) = undefined == 0 ? (spread.Mean, spread.StandardDeviation) : (double.NaN, null);
    }

    /// <summary>The values that the runs have in common, by the names as they were written.</summary>
    public IReadOnlyDictionary<string, object?> Key { get; }

    /// <summary>The runs, the best first.</summary>
    public IReadOnlyList<RankedRun> Runs { get; }

    /// <summary>The best run.</summary>
    public RunRecord Best => Runs[0].Run;

    /// <summary>The mean over the runs; NaN where <see cref="Undefined"/> is not 0.</summary>
    public double Mean { get; }

    /// <summary>The standard deviation of the sample (n − 1); null for a single run, and where the mean is NaN.</summary>
    public double? StandardDeviation { get; }

    /// <summary>The number of runs whose value is NaN; they are not among <see cref="Runs"/>.</summary>
    public int Undefined { get; }

    /// <summary>For example <c>LearningRate 0.1: 0.9533 ± 0.0211 (n=10)</c>, or <c>LearningRate 1.0: NaN (n=10, 2 NaN)</c>.</summary>
    public override string ToString() => $"{string.Join(", ", Key.Select(k => $"{k.Key} {PlainJson.Of(k.Value)}"))}: "
        + $"{new MetricStatistics(Runs.Count, Mean, StandardDeviation)} "
        + $"(n={Runs.Count + Undefined}{(Undefined > 0 ? $", {Undefined} NaN" : "")})";
}
