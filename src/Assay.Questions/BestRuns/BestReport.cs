namespace Assay.Questions;

/// <summary>Runs, or groups of them, by a value, best first.</summary>
/// <param name="Store">The store.</param>
/// <param name="Metric">The name of the value.</param>
/// <param name="Direction"><c>max</c> or <c>min</c>.</param>
/// <param name="JudgedBy">The value of a run that counts: <c>last</c> or <c>peak</c>.</param>
/// <param name="Total">The number of runs with a value.</param>
/// <param name="WithoutValue">The number of runs without a value.</param>
/// <param name="NotSuccessful">The number of runs that were left out because they did not succeed.</param>
/// <param name="Shown">The number of runs or groups that are listed.</param>
/// <param name="Runs">The runs.</param>
/// <param name="Groups">The groups; null when none were asked for.</param>
/// <param name="GroupCount">The number of groups, listed or not.</param>
internal sealed record BestReport(
    string Store, string Metric, string Direction, string JudgedBy, int Total, int WithoutValue, int NotSuccessful, int Shown,
    IReadOnlyList<BestRun> Runs, IReadOnlyList<BestGroup>? Groups, int? GroupCount) : Report
{
    /// <summary>Whether the groups are ranked by their mean and not by their best run.</summary>
    internal bool Means { get; private init; }

    /// <param name="store">The store.</param>
    /// <param name="ranking">All runs by rank.</param>
    /// <param name="groups">The groups, when they are asked for.</param>
    /// <param name="means">Whether they are ranked by their mean.</param>
    /// <param name="limit">The largest number of runs or groups.</param>
    /// <param name="skip">The number of better ones to leave out.</param>
    public static BestReport Of(Store store, Ranking ranking, IReadOnlyList<RunGroupRank>? groups, bool means, int limit, int skip = 0) =>
        new(
            store.Path, ranking.Field.Name, ranking.Options.Minimize ? "min" : "max", ranking.Options.Peak ? "peak" : "last",
            ranking.Runs.Count, ranking.WithoutValue, ranking.NotSuccessful,
            Math.Clamp((groups?.Count ?? ranking.Runs.Count) - skip, 0, limit),
            groups is null ? [.. ranking.Runs.Skip(skip).Take(limit).Select((r, i) => BestRun.Of(r, skip + i + 1))] : [],
            groups is null ? null : [.. groups.Skip(skip).Take(limit).Select((g, i) => BestGroup.Of(g, skip + i + 1))], groups?.Count)
        { Means = means };
}

/// <summary>A run with the value it is ranked by, and when in the run it had it.</summary>
internal sealed record BestRun(
    int Rank, RecordedNumber Value, long? Step, double? ElapsedMs, string RunId, string Experiment, string Version, string Status,
    IReadOnlyDictionary<string, object?> Params, DateTimeOffset StartedAt)
{
    public static BestRun Of(RankedRun ranked, int rank) => new(
        rank, ranked.Exact, ranked.At.Step, ranked.At.Time?.TotalMilliseconds, ranked.Run.Id, ranked.Run.Experiment, ranked.Run.Version,
        RunStatusText.Text(ranked.Run.Status),
        ranked.Run.Params, ranked.Run.StartedAt);
}

/// <summary>Runs with equal values of some fields: the fields, the number of runs, their values in short, and the best of them.</summary>
internal sealed record BestGroup(
    int Rank, IReadOnlyDictionary<string, object?> Group, int Runs, double Mean, double? StandardDeviation, RecordedNumber Min,
    RecordedNumber Max, BestRun Best)
{
    public static BestGroup Of(RunGroupRank group, int rank) => new(
        rank, group.Key, group.Spread.Count, group.Spread.Mean, group.Spread.StandardDeviation, group.Spread.Min, group.Spread.Max,
        BestRun.Of(group.Best, 1));
}
