namespace Assay.Questions;

/// <summary>Runs, or groups of them, by a value, best first.</summary>
internal sealed record BestReport(
    string Store, string Metric, string Direction, string JudgedBy, int Total, int WithoutValue, int NotSuccessful, int Shown,
    IReadOnlyList<BestRun> Runs, IReadOnlyList<BestGroup>? Groups, int? GroupCount) : RunsReport
{
    /// <summary>Whether the groups are ranked by their mean and not by their best run.</summary>
    internal bool Means { get; private init; }

    public static BestReport Of(Store store, Ranking ranking, IReadOnlyList<RankedGroup>? groups, bool means, int limit, int skip)
    {
        int shown = Math.Clamp((groups?.Count ?? ranking.Runs.Count) - skip, 0, limit);
        IEnumerable<int> places = Enumerable.Range(skip, shown);
        return new BestReport(
            store.Path, ranking.Field.Name, ranking.Options.Minimize ? "min" : "max", ranking.Options.Peak ? "peak" : "last",
            ranking.Runs.Count, ranking.WithoutValue, ranking.NotSuccessful, shown,
            groups is null ? [.. places.Select(i => BestRun.Of(ranking.Runs[i], i + 1))] : [],
            groups is null ? null : [.. places.Select(i => BestGroup.Of(groups[i], i + 1))], groups?.Count)
        { Means = means };
    }
}

/// <summary>A run with the value it is ranked by, and when in the run it had it.</summary>
internal sealed record BestRun(
    int Rank, RecordedNumber Value, long? Step, double? ElapsedMs, string RunId, string Experiment, string Version, string Status,
    IReadOnlyDictionary<string, object?> Params, DateTimeOffset StartedAt)
{
    public static BestRun Of(RankedRun ranked, int rank) => new(
        rank, RecordedNumber.Of(ranked.At.Value)!.Value, ranked.At.Step, ranked.At.Time?.TotalMilliseconds, ranked.Run.Id,
        ranked.Run.Experiment, ranked.Run.Version, RunStatusText.Text(ranked.Run.Status), ranked.Run.Params, ranked.Run.StartedAt);
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

    public static BestGroup Of(RankedGroup group, int rank)
    {
        RecordedNumber[] ends = [.. new[] { group.Runs[0], group.Runs[^1] }.Select(r => RecordedNumber.Of(r.At.Value)!.Value)];
        return new BestGroup(
            rank, group.Key, group.Runs.Count, group.Mean, group.StandardDeviation, ends.Min(RecordedNumber.Order),
            ends.Max(RecordedNumber.Order), BestRun.Of(group.Runs[0], 1))
        { Undefined = group.Undefined };
    }
}
