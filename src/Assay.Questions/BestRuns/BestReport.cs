namespace Assay.Questions;

/// <summary>Runs, or groups of them, by a value, best first.</summary>
internal sealed record BestReport : Report
{
    public required string Store { get; init; }

    public required string Metric { get; init; }

    /// <summary><c>max</c> or <c>min</c>.</summary>
    public required string Direction { get; init; }

    /// <summary>Which value of a run counts: <c>last</c> or <c>peak</c>.</summary>
    public required string JudgedBy { get; init; }

    /// <summary>Runs with a value.</summary>
    public required int Total { get; init; }

    public required int WithoutValue { get; init; }

    public required int NotSuccessful { get; init; }

    /// <summary>How many runs or groups are listed.</summary>
    public required int Shown { get; init; }

    public required IReadOnlyList<BestRun> Runs { get; init; }

    /// <summary>Null when no groups were asked for.</summary>
    public required IReadOnlyList<BestGroup>? Groups { get; init; }

    /// <summary>Number of groups, listed or not.</summary>
    public required int? GroupCount { get; init; }

    /// <summary>Whether the groups are ranked by their mean and not by their best run.</summary>
    internal bool Means { get; private init; }

    /// <param name="store">The store.</param>
    /// <param name="ranking">All runs by rank.</param>
    /// <param name="groups">The groups, when they are asked for.</param>
    /// <param name="means">Whether they are ranked by their mean.</param>
    /// <param name="limit">At most so many runs or groups.</param>
    /// <param name="skip">How many better ones are left out.</param>
    public static BestReport Of(Store store, Ranking ranking, IReadOnlyList<RunGroupRank>? groups, bool means, int limit, int skip = 0) =>
        new()
        {
            Store = store.Path,
            Metric = ranking.Field.Name,
            Direction = ranking.Options.Minimize ? "min" : "max",
            JudgedBy = ranking.Options.Peak ? "peak" : "last",
            Total = ranking.Runs.Count,
            WithoutValue = ranking.WithoutValue,
            NotSuccessful = ranking.NotSuccessful,
            Shown = Math.Clamp((groups?.Count ?? ranking.Runs.Count) - skip, 0, limit),
            Runs = groups is null ? [.. ranking.Runs.Skip(skip).Take(limit).Select((r, i) => BestRun.Of(r, skip + i + 1))] : [],
            Groups = groups is null ? null : [.. groups.Skip(skip).Take(limit).Select((g, i) => BestGroup.Of(g, skip + i + 1))],
            GroupCount = groups?.Count,
            Means = means,
        };
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
