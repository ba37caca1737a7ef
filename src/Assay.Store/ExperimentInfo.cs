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

    /// <summary>Such as <c>iris:1: 30 runs (28 success, 2 failed)</c>.</summary>
    public override string ToString()
    {
        IEnumerable<string> statuses = CountByStatus.Select(s => $"{s.Value} {RunStatusText.Text(s.Key)}");
        return $"{Printable.Line(Title)}: {Plural.Of(Runs, "run")} ({string.Join(", ", statuses)})";
    }

    /// <summary>Counts runs by experiment and version; the one that ran last comes first. No record is read.</summary>
    public static IReadOnlyList<ExperimentInfo> Summarise(Results results) => results.OnColumns((catalog, rows) =>
    {
        var tallies = new Dictionary<(string Name, string Version), Tally>();
        foreach ((int number, int from, int to) in RowSlices.Of(catalog, rows))
        {
            RunSegment segment = catalog.Segments[number];
            FieldColumn? names = segment.Field(FieldKey.Experiment), versions = segment.Field(FieldKey.Version);
            for (int i = from; i < to; i++)
            {
                int row = rows[i] - catalog.Bases[number];
                var key = (names?[row] as string ?? "", versions?[row] as string ?? "");
                if (!tallies.TryGetValue(key, out Tally? tally)) tallies.Add(key, tally = new Tally());
                tally.Add((RunStatus)catalog.Statuses(number)[row], segment.StartedAt(row));
            }
        }

        return tallies.Select(t => t.Value.Info(t.Key.Name, t.Key.Version)).OrderByDescending(e => e.LastStartedAt).ToArray();
    });

    private sealed class Tally
    {
        private readonly SortedDictionary<RunStatus, int> _byStatus = [];
        private long _last;

        public void Add(RunStatus status, long startedAt)
        {
            _byStatus[status] = _byStatus.GetValueOrDefault(status) + 1;
            _last = Math.Max(_last, startedAt);
        }

        public ExperimentInfo Info(string name, string version) =>
            new(name, version, _byStatus.Values.Sum(), new DateTimeOffset(_last, TimeSpan.Zero)) { CountByStatus = _byStatus };
    }
}
