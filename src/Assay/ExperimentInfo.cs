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

    /// <summary><c>name:version</c>, as <see cref="Store.Load(string, bool)"/> takes it.</summary>
    public string Title => Version.Length == 0 ? Name : $"{Name}:{Version}";

    internal static IReadOnlyList<ExperimentInfo> Summarise(Results results)
    {
        // Folded one by one: grouping would hold every record at once.
        var tallies = new Dictionary<(string Name, string Version), Tally>();
        foreach (RunRecord run in results)
        {
            if (!tallies.TryGetValue((run.Experiment, run.Version), out Tally? tally)) tallies.Add((run.Experiment, run.Version), tally = new Tally());
            tally.Add(run);
        }

        return [.. tallies.Select(t => t.Value.Info(t.Key.Name, t.Key.Version)).OrderByDescending(e => e.LastStartedAt)];
    }

    private sealed class Tally
    {
        private readonly SortedDictionary<RunStatus, int> _byStatus = [];
        private DateTimeOffset _last;

        public void Add(RunRecord run)
        {
            _byStatus[run.Status] = _byStatus.GetValueOrDefault(run.Status) + 1;
            if (run.StartedAt > _last) _last = run.StartedAt;
        }

        public ExperimentInfo Info(string name, string version) => new(name, version, _byStatus.Values.Sum(), _last) { CountByStatus = _byStatus };
    }
}
