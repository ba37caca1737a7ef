namespace Assay.Questions;

/// <summary>Which runs are asked about.</summary>
internal sealed record RunFilter
{
    /// <summary>Name, or name:version; null for all.</summary>
    public string? Experiment { get; init; }

    /// <summary>Empty for all.</summary>
    public IReadOnlySet<RunStatus> Statuses { get; init; } = new HashSet<RunStatus>();

    public RunCondition? Where { get; init; }

    /// <summary>Started then or later.</summary>
    public DateTimeOffset? Since { get; init; }

    /// <summary>Started before.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>All of these tags.</summary>
    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary>Ends the search early.</summary>
    public CancellationToken Cancellation { get; init; }

    /// <summary>The runs of the experiment, and those of them that are asked about; both oldest first.</summary>
    /// <exception cref="AssayException">There is no such experiment, or no run has a name of the condition.</exception>
    public (Results All, Results Chosen) Apply(Store store)
    {
        Results all = Experiment is null ? store.LoadAll() : store.Load(Experiment, earlier: true);
        Results chosen = Statuses.Count == 0 ? all : all.Filter(Statuses);
        if (Since is { } since) chosen = chosen.Filter(run => run.StartedAt >= since);
        if (Until is { } until) chosen = chosen.Filter(run => run.StartedAt < until);
        if (Tags.Count > 0) chosen = chosen.Tagged([.. Tags]);
        if (Where is not { } where) return (all, chosen);
        where.Check(all);
        return (all, chosen.Filter(run =>
        {
            Cancellation.ThrowIfCancellationRequested();
            return where.Holds(run);
        }));
    }
}
