namespace Assay;

/// <summary>The columns of <see cref="Results.ToTable(TableOptions, CancellationToken)"/>. Immutable; change it with <c>with</c>.</summary>
public sealed record TableOptions
{
    /// <summary>Whether parameters (<c>param_NAME</c>) and labels are columns. Default: yes.</summary>
    public bool Params { get; init; } = true;

    /// <summary>Whether metrics are columns. Default: yes.</summary>
    public bool Metrics { get; init; } = true;

    /// <summary>
    /// Whether what is known of every run is columns: <c>run_id, experiment, version, code, context, status, attempt, seed, replicate,
    /// started_at, duration_ms</c>, and tags and errors where there are any. Default: yes.
    /// </summary>
    public bool Record { get; init; } = true;

    /// <summary>
    /// Whether there are columns for the code (<c>git.head_branch</c>, <c>git.head</c>, <c>git.dirty</c>, <c>git.snapshot.commit</c>), and
    /// for lone runs <c>metadata.NAME</c> and the last tracked value at each path. Default: no.
    /// </summary>
    public bool Tracked { get; init; }

    /// <summary>Whether stored derived metrics are columns <c>derived_NAME</c>. Default: no.</summary>
    public bool Derived { get; init; }

    /// <summary>
    /// Functions that are computed for this table alone and not stored, as columns <c>derived_NAME</c>; they stand for stored values of the
    /// same name. Their versions have no meaning here. Default: none.
    /// </summary>
    public IReadOnlyList<DerivedMetric> Compute { get; init; } = [];

    /// <summary>
    /// Functions that make a value of an artifact or of data, by its name, as columns <c>derived_NAME</c>; a dictionary gives several
    /// columns. Runs without the artifact have no value. Default: none.
    /// </summary>
    public IReadOnlyDictionary<string, Func<RunArtifact, object?>> Reduce { get; init; } =
        new Dictionary<string, Func<RunArtifact, object?>>();

    /// <summary>Is told of every run for which functions were computed, by several threads. Default: nobody.</summary>
    public IProgress<DeriveProgress>? Progress { get; init; }

    /// <summary>
    /// Is told of functions that fail, after all were computed; the run then has no value of theirs. Default: null, and a failure makes the
    /// call throw.
    /// </summary>
    public Action<DeriveFailure>? Failed { get; init; }

    /// <summary>Everything that is computed for the table alone.</summary>
    internal IEnumerable<DerivedMetric> Functions => Compute.Concat(Reduce.Select(r => DerivedMetric.Of(r.Key, "", run =>
        run.Artifacts.FirstOrDefault(a => a.Name == r.Key) is { } found ? r.Value(new RunArtifact(run, found)) : JsonObjects.Empty)));
}
