namespace Assay;

/// <summary>What a store holds of an experiment.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Version">Its version; empty for runs without one.</param>
/// <param name="Runs">Number of runs.</param>
/// <param name="LastStartedAt">When the latest run started, in UTC.</param>
public sealed record ExperimentInfo(string Name, string Version, int Runs, DateTimeOffset LastStartedAt)
{
    /// <summary>How many runs have each status.</summary>
    public IReadOnlyDictionary<RunStatus, int> CountByStatus { get; init; } = new Dictionary<RunStatus, int>();

    /// <summary><c>name:version</c>, as <see cref="Store.Load(string)"/> takes it.</summary>
    public string Title => Version.Length == 0 ? Name : $"{Name}:{Version}";

    internal static IReadOnlyList<ExperimentInfo> Summarise(Results results) =>
    [
        .. results.GroupBy(r => (r.Experiment, r.Version))
            .Select(g => new ExperimentInfo(g.Key.Experiment, g.Key.Version, g.Count(), g.Max(r => r.StartedAt))
            {
                CountByStatus = g.GroupBy(r => r.Status).OrderBy(s => s.Key).ToDictionary(s => s.Key, s => s.Count()),
            })
            .OrderByDescending(e => e.LastStartedAt),
    ];
}
