using System.Runtime.CompilerServices;

namespace Assay;

/// <summary>An experiment. Immutable; every method returns a changed copy, and nothing runs before <c>RunAsync</c>.</summary>
/// <typeparam name="T">The parameters of one run.</typeparam>
public sealed record Experiment<T>
{
    internal Experiment(string name, string version, Operation<T> operation)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(version);
        // Some overloads wrap the operation, so only the original delegate can be checked.
        ArgumentNullException.ThrowIfNull(operation.UserCode, nameof(operation));
        (Name, Version, Operation) = (name, version, operation);
    }

    /// <summary>The name of the experiment.</summary>
    public string Name { get; }

    /// <summary>The version of the experiment.</summary>
    public string Version { get; }

    /// <summary>The parameter points to run; null before <see cref="Over"/> is called.</summary>
    public Space<T>? Space { get; private init; }

    /// <summary>The seeds of every point. Default: one replicate of seed 0.</summary>
    public SeedPlan Seeds { get; private init; } = new(Base: 0, Replicates: 1);

    /// <summary>The part of the code that is included in the identity of runs.</summary>
    public CodeIdentity CodeIdentity { get; private init; } = CodeIdentity.Reachable;

    /// <summary>A description of the experiment, outside the identity.</summary>
    public string Description { get; private init; } = "";

    /// <summary>The tags of every run, outside the identity.</summary>
    public IReadOnlyList<string> Tags { get; private init; } = [];

    internal Operation<T> Operation { get; init; }
    internal object? Context { get; init; }
    internal IReadOnlyList<KeyValuePair<string, object?>> MetadataItems { get; private init; } = [];

    /// <summary>Sets the points to run.</summary>
    public Experiment<T> Over(Space<T> space) => this with { Space = space };

    /// <summary>Runs every point several times with different seeds.</summary>
    /// <param name="replicates">The number of runs per point. Raising it later keeps the existing runs.</param>
    /// <param name="seed">The base seed, from which the seeds of every replicate are derived.</param>
    /// <param name="mixPoint">Whether the parameters are mixed into the seeds. By default they are not: replicate 3 has the same random
    /// numbers at every point, which makes points comparable (common random numbers).</param>
    public Experiment<T> Repeat(int replicates, long seed = 0, bool mixPoint = false) =>
        this with { Seeds = new SeedPlan(seed, replicates, mixPoint) };

    /// <summary>Chooses the code that is included in the identity of runs. Default: everything the operation reaches.</summary>
    public Experiment<T> IdentifyCodeBy(CodeIdentity identity) => this with { CodeIdentity = identity };

    /// <summary>
    /// Names the code of the user that the operation calls, for libraries whose operation wraps delegates: runs are identified by it, in
    /// the given order, and not by the operation.
    /// </summary>
    /// <param name="code">Delegates to the user's methods and lambdas. At least one.</param>
    public Experiment<T> IdentifyCodeOf(params IReadOnlyList<Delegate> code)
    {
        ArgumentNullException.ThrowIfNull(code);
        if (code.Count == 0) throw new ArgumentException("Expected at least one delegate.", nameof(code));
        return this with { Operation = Operation with { Wrapped = code } };
    }

    /// <summary>Sets the description.</summary>
    public Experiment<T> Describe(string description) => this with { Description = description };

    /// <summary>Adds tags to every run.</summary>
    public Experiment<T> Tag(params string[] tags) => this with { Tags = [.. Tags.Union(tags, StringComparer.Ordinal)] };

    /// <summary>Adds metadata to every run, outside the identity. Values of later calls replace earlier ones of the same name.</summary>
    /// <param name="metadata">An anonymous object, a record or a dictionary.</param>
    public Experiment<T> Metadata(object metadata) =>
        this with { MetadataItems = NamedValues.Merge([MetadataItems, NamedValues.Read(metadata)]) };

    /// <summary>
    /// Executes the runs that have not succeeded yet and returns the results of the whole plan, in plan order. See
    /// <see cref="RunOptions.Resume"/> for other choices.
    /// </summary>
    /// <param name="options">The store, parallelism, the treatment of failures and the like. Default: see <see cref="RunOptions"/>.</param>
    /// <param name="cancellationToken">Prevents further runs from starting and cancels the live ones; finished runs are kept.</param>
    /// <exception cref="InvalidExperimentException">The experiment has faults. All are listed, and nothing has run.</exception>
    /// <exception cref="StoreException">The store cannot be used or has become unwritable; runs reported as finished are kept.</exception>
    /// <exception cref="ExperimentStoppedException">Too many runs failed (<see cref="RunOptions.StopAfterFailures"/>), or the first ones
    /// all failed in the same way (<see cref="RunOptions.StopWhenFirstFail"/>).</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    [OverloadResolutionPriority(1)]
    public Task<Results> RunAsync(RunOptions? options = null, CancellationToken cancellationToken = default)
    {
        options ??= new RunOptions();
        ProgramDerivation.ExitIfOrdered(this, options);
        StorageBackend storage = ReplayEnvironment.Storage(options.Store, options.Clock);
        var files = new FileHasher(options.Clock, new FileHashMemory(Path.Combine(storage.CacheFolder, "file-hashes.jsonl")));
        return Coordinator.RunAsync(() => PlanBuilder.Build(this, options, files), storage, options, cancellationToken);
    }

    /// <summary>What the store has of every run of the plan, in its order; null for runs that never started. Nothing runs.</summary>
    /// <param name="options">The store and the clock. Default: see <see cref="RunOptions"/>.</param>
    /// <exception cref="InvalidExperimentException">The experiment has faults.</exception>
    /// <exception cref="StoreException">The store cannot be read.</exception>
    public IReadOnlyList<RunRecord?> Find(RunOptions? options = null)
    {
        options ??= new RunOptions();
        StorageBackend storage = ReplayEnvironment.Storage(options.Store, options.Clock);
        var files = new FileHasher(options.Clock, new FileHashMemory(Path.Combine(storage.CacheFolder, "file-hashes.jsonl")));
        Plan plan = PlanBuilder.Build(this, options, files);
        if (storage.ReadDescription() is null) return new RunRecord?[plan.Count];
        UInt128[] ids = [.. plan.Runs(options, new RunWorkspace(files)).Select(run => run.Id)];
        Dictionary<string, RunRecord> found =
            Store.Open(storage, options.Clock).Load(Name, _ => ids.Distinct()).ToDictionary(run => run.Id, StringComparer.Ordinal);
        return [.. ids.Select(id => found.GetValueOrDefault(Fingerprint.Hex(id)))];
    }

    /// <summary>
    /// Does what the arguments of the program say, and otherwise the same: <c>--head 5</c>, <c>--set LearningRate=0.1,0.2</c>,
    /// <c>--dry-run</c> and more; <c>--help</c> lists them, and the parameters with their values. Points that <c>--set</c> makes are the
    /// same runs as if their values stood in the program.
    /// </summary>
    /// <remarks>
    /// After <c>--help</c>, <c>--dry-run</c> and <c>--derive</c> the program exits with code 0, after a fault of the arguments, the store
    /// or the disk, which standard error names, with code 2, and with code 1 after a derived metric that failed and after a question that
    /// was answered with no: what follows in it expects results, and there are none. <see cref="StoreException"/> is therefore not thrown;
    /// finished runs are kept. A program that must not be ended, such as a host, reads its arguments itself and passes options. Arguments
    /// behind <c>--</c> are not looked at: they are the program's own.
    /// </remarks>
    /// <param name="args">The arguments of the program. They go before the options.</param>
    /// <param name="options">What the program sets itself. Default: see <see cref="RunOptions"/>.</param>
    /// <param name="cancellationToken">Prevents further runs from starting and cancels the live ones; finished runs are kept.</param>
    /// <inheritdoc cref="RunAsync(RunOptions?, CancellationToken)" path="/exception"/>
    public Task<Results> RunAsync(
        IReadOnlyList<string> args, RunOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(args);
        return RunAsync(args, options ?? new RunOptions(), ProgramConsole.OfThisProcess, cancellationToken);
    }

    private async Task<Results> RunAsync(
        IReadOnlyList<string> args, RunOptions options, ProgramConsole console, CancellationToken cancellationToken)
    {
        try
        {
            ProgramCall<T> call = ProgramCall<T>.Read(this, args, options, console);
            if (call.ExitCode is { } code) Environment.Exit(code);
            return await call.Experiment.RunAsync(call.Options, cancellationToken);
        }
        catch (StoreException fault)
        {
            Environment.Exit(console.Report(fault));
            throw;
        }
    }
}
