namespace Assay.Cli;

/// <summary>A run as lists show it.</summary>
internal sealed record RunSummary(
    string RunId,
    string Experiment,
    string Version,
    string Status,
    IReadOnlyDictionary<string, object?> Params,
    RunSeed? Seed,
    IReadOnlyDictionary<string, object?> Metrics,
    IReadOnlyList<string> Tags,
    DateTimeOffset StartedAt,
    double? DurationMs)
{
    public static RunSummary Of(RunRecord run) => new(
        run.Id, run.Experiment, run.Version, RunStatusText.Text(run.Status), run.Params, RunSeed.Of(run.Seed), run.Metrics, run.Tags,
        run.StartedAt, run.Duration?.TotalMilliseconds);
}

/// <summary>A run's seeds as they stand in its journal.</summary>
internal sealed record RunSeed(long Base, int Replicate, string? Point)
{
    public static RunSeed? Of(SeedBundle? seed) => seed is null ? null : new RunSeed(seed.Base, seed.Replicate, seed.Point);

    public override string ToString() => $"base {Base}, replicate {Replicate}{(Point is null ? "" : $", point {Point}")}";
}
