namespace Assay.Questions;

/// <summary>Runs, or groups of them, by a value, best first.</summary>
internal sealed record BestReport(
    string Store, string Metric, string Direction, string JudgedBy, int Total, int WithoutValue, int NotSuccessful, int Shown,
    IReadOnlyList<BestRun> Runs, IReadOnlyList<BestGroup>? Groups, int? GroupCount) : Report
{
    /// <summary>Whether the groups are ranked by their mean and not by their best run.</summary>
    internal bool Means { get; private init; }

    public static BestReport Of(Store store, Ranking ranking, IReadOnlyList<BestGroup>? groups, bool means, int limit, int skip) => new(
        store.Path, ranking.Field.Name, ranking.Options.Minimize ? "min" : "max", ranking.Options.Peak ? "peak" : "last",
        ranking.Runs.Count, ranking.WithoutValue, ranking.NotSuccessful,
        Math.Clamp((groups?.Count ?? ranking.Runs.Count) - skip, 0, limit),
        groups is null ? [.. ranking.Runs.Skip(skip).Take(limit).Select((r, i) => BestRun.Of(r, skip + i + 1))] : [],
        groups?.Skip(skip).Take(limit).ToArray(), groups?.Count)
    { Means = means };
}

/// <summary>A run with the value it is ranked by, and when in the run it had it.</summary>
internal sealed record BestRun(
    int Rank, RecordedNumber Value, long? Step, double? ElapsedMs, string RunId, string Experiment, string Version, string Status,
    IReadOnlyDictionary<string, object?> Params, DateTimeOffset StartedAt)
{
    public static BestRun Of(RankedRun ranked, int rank) => new(
        rank, ranked.Exact, ranked.At.Step, ranked.At.Time?.TotalMilliseconds, ranked.Run.Id, ranked.Run.Experiment, ranked.Run.Version,
        RunStatusText.Text(ranked.Run.Status), ranked.Run.Params, ranked.Run.StartedAt);
}

/// <summary>
/// Runs with equal values of some fields: the fields, the number of runs, their values in short (the deviation of the sample, null for a
/// single value, where it is not defined), and the best of them.
/// </summary>
internal sealed record BestGroup(
    int Rank, IReadOnlyDictionary<string, object?> Group, int Runs, double Mean, double? StandardDeviation, RecordedNumber Min,
    RecordedNumber Max, BestRun Best)
{
    /// <summary>The number of runs whose value is NaN, which are not among <c>Runs</c>.</summary>
    internal int Undefined { get; private init; }

    /// <summary>
    /// The groups by their mean, or by their best run; the best first. A NaN among the values makes the mean NaN, as everywhere, and such
    /// a group comes last: the mean of those that are left would favour settings that fail now and then.
    /// </summary>
    public static IReadOnlyList<BestGroup> Of(Ranking ranking, IReadOnlyList<RunField> fields, bool byMean)
    {
        IReadOnlyDictionary<string, object?> KeyOf(RunRecord run) => RunSummary.Named(new RunValues(run), fields);
        Dictionary<string, int> undefined = ranking.Undefined.CountBy(run => JsonText.Of(KeyOf(run))).ToDictionary();
        IEnumerable<BestGroup> groups = ranking.Runs.Select(r => (Key: KeyOf(r.Run), Run: r))
            .GroupBy(r => JsonText.Of(r.Key), StringComparer.Ordinal)
            .Select(group => Of(group.First().Key, RunSpread.Of([.. group.Select(r => r.Run.Exact)]), group.First().Run)
                with
            { Undefined = undefined.GetValueOrDefault(group.Key) });
        if (!byMean) return [.. groups.Select((group, i) => group with { Rank = i + 1 })];
        groups = groups.Select(g => g.Undefined == 0 ? g : g with { Mean = double.NaN, StandardDeviation = null });
        IOrderedEnumerable<BestGroup> defined = groups.OrderBy(g => double.IsNaN(g.Mean));
        defined = ranking.Options.Minimize ? defined.ThenBy(g => g.Mean) : defined.ThenByDescending(g => g.Mean);
        return [.. defined.Select((group, i) => group with { Rank = i + 1 })];
    }

    private static BestGroup Of(IReadOnlyDictionary<string, object?> key, RunSpread spread, RankedRun best) =>
        new(0, key, spread.Count, spread.Mean, spread.StandardDeviation, spread.Min, spread.Max, BestRun.Of(best, 1));
}

/// <summary>The values of several runs in short.</summary>
internal sealed record RunSpread(int Count, double Mean, double? StandardDeviation, RecordedNumber Min, RecordedNumber Max)
{
    public static RunSpread Of(IReadOnlyCollection<RecordedNumber> values)
    {
        (double mean, double? deviation) = MeanOf([.. values.Select(v => v.Real)]);
        return new RunSpread(values.Count, mean, deviation, values.Min(RecordedNumber.Order), values.Max(RecordedNumber.Order));
    }

    /// <summary>
    /// The mean, and the deviation of the sample, null for a single value. In two passes: the plain textbook formula loses all digits when
    /// the mean is large against the spread.
    /// </summary>
    public static (double Mean, double? StandardDeviation) MeanOf(IReadOnlyCollection<double> values)
    {
        double mean = values.Average();
        return (mean, values.Count < 2 ? null : Math.Sqrt(values.Sum(v => (v - mean) * (v - mean)) / (values.Count - 1)));
    }
}
