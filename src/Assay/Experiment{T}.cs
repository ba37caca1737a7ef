namespace Assay;

/// <summary>
/// An experiment: name, version, operation, space, seeds and context. Immutable; every method returns a changed copy. Nothing runs before
/// <see cref="RunAsync"/>.
/// </summary>
/// <typeparam name="T">The parameters of one run.</typeparam>
public sealed record Experiment<T>
{
    internal Experiment(string name, string version, Operation<T> operation)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(version);
        // Some overloads wrap the operation, so that only its original tells.
        ArgumentNullException.ThrowIfNull(operation.UserCode, nameof(operation));
        (Name, Version, Operation) = (name, version, operation);
    }

    /// <summary>Its name.</summary>
    public string Name { get; }

    /// <summary>Its version.</summary>
    public string Version { get; }

    /// <summary>The parameter points to run; null until <see cref="Over"/> was called.</summary>
    public Space<T>? Space { get; private init; }

    /// <summary>The seeds of every point. Default: one replicate of seed 0.</summary>
    public SeedPlan Seeds { get; private init; } = new(Base: 0, Replicates: 1);

    /// <summary>What the code counts for in the identity of runs.</summary>
    public CodeIdentity CodeIdentity { get; private init; } = CodeIdentity.Reachable;

    /// <summary>A sentence about it, outside the identity.</summary>
    public string Description { get; private init; } = "";

    /// <summary>Marks every run carries, outside the identity.</summary>
    public IReadOnlyList<string> Tags { get; private init; } = [];

    internal Operation<T> Operation { get; }

    internal object? Context { get; init; }

    internal IReadOnlyList<(string Name, object? Value)> MetadataItems { get; private init; } = [];

    /// <summary>Sets the points to run.</summary>
    public Experiment<T> Over(Space<T> space) => this with { Space = space };

    /// <summary>Runs every point several times with different seeds.</summary>
    /// <param name="replicates">How often; raising it later keeps the runs there are.</param>
    /// <param name="seed">The base seed, from which every replicate's seeds derive.</param>
    /// <param name="mixPoint">
    /// Whether the parameters are mixed into the seeds. By default they are not: replicate 3 sees the same random numbers at every point, which makes
    /// points comparable (common random numbers).
    /// </param>
    public Experiment<T> Repeat(int replicates, long seed = 0, bool mixPoint = false) => this with { Seeds = new SeedPlan(seed, replicates, mixPoint) };

    /// <summary>Chooses what code counts in the identity of runs. Default: everything the operation reaches.</summary>
    public Experiment<T> IdentifyCodeBy(CodeIdentity identity) => this with { CodeIdentity = identity };

    /// <summary>Sets the sentence about it.</summary>
    public Experiment<T> Describe(string description) => this with { Description = description };

    /// <summary>Adds marks to every run.</summary>
    public Experiment<T> Tag(params string[] tags) => this with { Tags = [.. Tags.Union(tags, StringComparer.Ordinal)] };

    /// <summary>Adds facts to every run, outside the identity: an anonymous object, a record or a dictionary. Later calls overlay earlier ones.</summary>
    public Experiment<T> Metadata(object metadata)
    {
        var merged = new OrderedDictionary<string, object?>(StringComparer.Ordinal);
        foreach ((string name, object? value) in MetadataItems.Concat(JsonValues.Members(metadata))) merged[name] = value;
        return this with { MetadataItems = [.. merged.Select(p => (p.Key, p.Value))] };
    }

    /// <summary>
    /// Runs whatever is not yet in the store and returns the results of the whole plan, finished earlier or now, in plan order.
    /// Resuming is the default: success is skipped, everything else runs.
    /// </summary>
    /// <param name="options">Where, how many at once, what to do about failures; see <see cref="RunOptions"/>.</param>
    /// <param name="cancellationToken">Stops starting runs and cancels those under way; finished runs are kept.</param>
    /// <exception cref="InvalidExperimentException">The plan is faulty; every fault is listed and nothing has run.</exception>
    /// <exception cref="StoreException">The store cannot be used, or became unwritable; what was reported finished is kept.</exception>
    /// <exception cref="ExperimentStoppedException">Too many runs failed (see <see cref="RunOptions.StopAfterFailures"/>) or the first ones all failed the same way.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public Task<Results> RunAsync(RunOptions? options = null, CancellationToken cancellationToken = default)
    {
        options ??= new RunOptions();
        StorageBackend storage = ReplayEnvironment.Storage(options.Store, options.Clock);
        var files = new FileHasher(options.Clock, new FileHashMemory(Path.Combine(storage.CacheFolder, "file-hashes.jsonl")));
        return Coordinator.RunAsync(() => PlanBuilder.Build(this, options, files), storage, options, files, cancellationToken);
    }
}
