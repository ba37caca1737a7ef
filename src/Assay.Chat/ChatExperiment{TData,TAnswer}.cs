using Microsoft.Extensions.AI;

namespace Assay.Chat;

/// <summary>
/// Many runs of setup, steps and evaluation with a language model. Each is an ordinary run of an <see cref="Experiment{T}"/>: journaled as
/// it happens, resumed, retried, filtered, compared and exported like any other. An answer of a model is kept in the store before the step
/// sees it, so a run that was killed goes on after the last answered call, and none is paid twice.
/// </summary>
/// <remarks>
/// The methods change the experiment and return it. It is not thread-safe, and not to be changed while it runs. Data, setup, step and
/// evaluation identify a run; batches, limits, prices and the client do not.
/// </remarks>
/// <typeparam name="TData">The data of a run.</typeparam>
/// <typeparam name="TAnswer">What a run answers.</typeparam>
public sealed partial class ChatExperiment<TData, TAnswer>
{
    private readonly IChatClient _client;
    private readonly List<Batch<TData>> _batches = [];
    private Delegate? _setupCode, _stepCode, _evaluateCode;
    private Func<ChatRun<TData, TAnswer>, CancellationToken, ValueTask> _setup = (_, _) => ValueTask.CompletedTask;
    private Func<ChatRun<TData, TAnswer>, CancellationToken, Task<Next>>? _step;
    private Func<ChatRun<TData, TAnswer>, CancellationToken, ValueTask<Score>> _evaluate =
        (_, _) => ValueTask.FromResult(Score.Unscored("there is no evaluation"));

    private ChatSettings _settings = new();
    private (int Replicates, long Seed) _repeat = (1, 0);
    private IReadOnlyList<string> _tags = [];

    internal ChatExperiment(string name, string version, IChatClient client, IChatRunner<TData, TAnswer>? runner)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(version);
        ArgumentNullException.ThrowIfNull(client);
        (Name, Version, _client) = (name, version, client);
        if (runner is null) return;
        (_setup, _step, _evaluate) = (runner.SetupAsync, runner.StepAsync, runner.EvaluateAsync);
        (_setupCode, _stepCode, _evaluateCode) = (_setup, _step, _evaluate);
    }

    /// <summary>The name.</summary>
    public string Name { get; }

    /// <summary>The version.</summary>
    public string Version { get; }

    /// <summary>The batches, in the order they were added.</summary>
    public IReadOnlyList<Batch<TData>> Batches => _batches;

    /// <summary>The number of runs of each data. See <see cref="Repeat"/>.</summary>
    public int Replicates => _repeat.Replicates;

    /// <summary>The number of runs of all batches.</summary>
    public long Count => _batches.Sum(batch => (long)batch.Data.Count) * Replicates;

    /// <summary>Sets how a run is prepared, usually with the first messages of its context. Default: nothing.</summary>
    public ChatExperiment<TData, TAnswer> Setup(Action<ChatRun<TData, TAnswer>> setup)
    {
        ArgumentNullException.ThrowIfNull(setup);
        return Setup(setup, (run, _) =>
        {
            setup(run);
            return ValueTask.CompletedTask;
        });
    }

    /// <inheritdoc cref="Setup(Action{ChatRun{TData, TAnswer}})"/>
    public ChatExperiment<TData, TAnswer> Setup(Func<ChatRun<TData, TAnswer>, CancellationToken, Task> setup)
    {
        ArgumentNullException.ThrowIfNull(setup);
        return Setup(setup, (run, token) => new ValueTask(setup(run, token)));
    }

    /// <summary>Sets the step: it is called until it returns <see cref="Next.Stop"/>.</summary>
    public ChatExperiment<TData, TAnswer> Step(Func<ChatRun<TData, TAnswer>, CancellationToken, Task<Next>> step)
    {
        ArgumentNullException.ThrowIfNull(step);
        (_step, _stepCode) = (step, step);
        return this;
    }

    /// <summary>Sets how a run is judged after its last step. Default: it is not scored.</summary>
    public ChatExperiment<TData, TAnswer> Evaluate(Func<ChatRun<TData, TAnswer>, Score> evaluate)
    {
        ArgumentNullException.ThrowIfNull(evaluate);
        return Evaluate(evaluate, (run, _) => ValueTask.FromResult(evaluate(run)));
    }

    /// <inheritdoc cref="Evaluate(Func{ChatRun{TData, TAnswer}, Score})"/>
    public ChatExperiment<TData, TAnswer> Evaluate(Func<ChatRun<TData, TAnswer>, CancellationToken, Task<Score>> evaluate)
    {
        ArgumentNullException.ThrowIfNull(evaluate);
        return Evaluate(evaluate, (run, token) => new ValueTask<Score>(evaluate(run, token)));
    }

    /// <summary>Adds a batch of runs.</summary>
    /// <exception cref="AssayException">There is a batch of that name already.</exception>
    public ChatExperiment<TData, TAnswer> Add(Batch<TData> batch)
    {
        ArgumentNullException.ThrowIfNull(batch);
        if (_batches.Any(other => other.Name == batch.Name))
            throw new AssayException(
                $"'{Name}' has a batch '{batch.Name}' already; expected another name, because addresses begin with it.");
        _batches.Add(batch);
        return this;
    }

    /// <summary>Adds a batch of runs. The sequence is read once, by this call.</summary>
    /// <inheritdoc cref="Add(Batch{TData})"/>
    public ChatExperiment<TData, TAnswer> Add(string name, IEnumerable<TData> data) => Add(new Batch<TData>(name, data));

    /// <summary>Removes all batches. What was recorded stays in the store.</summary>
    public ChatExperiment<TData, TAnswer> Clear()
    {
        _batches.Clear();
        return this;
    }

    /// <summary>Runs all data several times with different seeds; each replicate has answers of its own.</summary>
    /// <inheritdoc cref="Experiment{T}.Repeat" path="/param"/>
    public ChatExperiment<TData, TAnswer> Repeat(int replicates, long seed = 0)
    {
        _repeat = (new SeedPlan(seed, replicates).Replicates, seed);
        return this;
    }

    /// <summary>Adds tags to every run.</summary>
    public ChatExperiment<TData, TAnswer> Tag(params string[] tags)
    {
        _tags = [.. _tags.Union(tags, StringComparer.Ordinal)];
        return this;
    }

    /// <summary>
    /// Sets the options that each run begins with: model, temperature, tools. They are not part of a run's identity; what should be, such
    /// as a model to compare, is data, and setup passes it on. Default: none.
    /// </summary>
    public ChatExperiment<TData, TAnswer> WithOptions(ChatOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return With(_settings with { Options = options.Clone() });
    }

    /// <summary>
    /// Sets the time of the setup, of each step and of the evaluation. A part that takes longer has its call cancelled, and the run has
    /// failed for good. Waiting for a free place, for a limit of the rate or between retries does not count. Default: 30 seconds.
    /// </summary>
    public ChatExperiment<TData, TAnswer> StepTimeout(TimeSpan timeout) => With(_settings with { StepTimeout = timeout });

    /// <summary>Sets the time of a whole run, with everything that it waits for. Default: no limit.</summary>
    public ChatExperiment<TData, TAnswer> RunTimeout(TimeSpan timeout) => With(_settings with { RunTimeout = timeout });

    /// <summary>Sets how answers that are in the store are used. Default: <see cref="CacheMode.On"/>.</summary>
    public ChatExperiment<TData, TAnswer> Cache(CacheMode mode) => With(_settings with { Cache = mode });

    /// <summary>Sets the prices of models, for costs. Default: none.</summary>
    public ChatExperiment<TData, TAnswer> Prices(PriceTable prices)
    {
        ArgumentNullException.ThrowIfNull(prices);
        return With(_settings with { Prices = prices });
    }

    /// <summary>Sets what all sessions of the experiment together may pay. Default: no limit.</summary>
    public ChatExperiment<TData, TAnswer> Budget(ChatBudget? budget) => With(_settings with { Budget = budget });

    /// <summary>The indices of runs, for <see cref="RunOptions.Indices"/>.</summary>
    /// <exception cref="AssayException">There is no run at an address.</exception>
    public IReadOnlyList<long> IndicesOf(params IEnumerable<ChatAddress> addresses)
    {
        ArgumentNullException.ThrowIfNull(addresses);
        return [.. addresses.Select(IndexOf)];
    }

    /// <summary>All runs as the store has them, in the order of the batches. Nothing runs.</summary>
    /// <param name="options">The store. Default: see <see cref="RunOptions"/>.</param>
    public IReadOnlyList<ChatRun<TData, TAnswer>> LoadRuns(RunOptions? options = null)
    {
        return Count == 0 ? [] : Load(Experiment((_, _) => Task.CompletedTask), [.. Places()], options ?? new RunOptions());
    }

    /// <summary>Executes the runs that have not succeeded yet, and returns those of all batches.</summary>
    /// <param name="options">
    /// The store, the runs, retries and the like; see <see cref="RunOptions"/>. Defaults that differ: 32 runs at once, and the time limit
    /// of <see cref="RunTimeout"/>.
    /// </param>
    /// <param name="cancellationToken">Prevents further runs from starting and cancels the live ones; finished runs are kept.</param>
    /// <exception cref="BudgetException">The budget is spent.</exception>
    /// <inheritdoc cref="Experiment{T}.RunAsync(RunOptions?, CancellationToken)" path="/exception"/>
    public Task<ChatResults<TData, TAnswer>> RunAsync(RunOptions? options = null, CancellationToken cancellationToken = default) =>
        RunAsync(options, (experiment, run) => experiment.RunAsync(run, cancellationToken));

    /// <summary>
    /// Does what the arguments of the program say, and otherwise the same: <c>--head 5</c>, <c>--parallel 8</c> and more; <c>--help</c>
    /// lists them. See <see cref="Experiment{T}.RunAsync(IReadOnlyList{string}, RunOptions?, CancellationToken)"/>.
    /// </summary>
    /// <param name="args">The arguments of the program. They go before the options.</param>
    /// <param name="options">What the program sets itself.</param>
    /// <param name="cancellationToken">Prevents further runs from starting and cancels the live ones; finished runs are kept.</param>
    /// <inheritdoc cref="RunAsync(RunOptions?, CancellationToken)" path="/exception"/>
    public Task<ChatResults<TData, TAnswer>> RunAsync(
        IReadOnlyList<string> args, RunOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(args);
        RefuseOtherPlans(args);
        return RunAsync(options, (experiment, run) => experiment.RunAsync(args, run, cancellationToken), args: args);
    }

    private async Task<ChatResults<TData, TAnswer>> RunAsync(
        RunOptions? options, Func<Experiment<TData>, RunOptions, Task<Results>> execute, ChatSettings? changed = null,
        IReadOnlyList<string>? args = null)
    {
        options ??= new RunOptions();
        Check(options, args ?? []);
        ChatSettings settings = changed ?? _settings;
        using var session = new ChatSession(Name, _client, settings, options);
        ChatPlace<TData>[] places = [.. Places()];
        var executor = new ChatExecutor<TData, TAnswer>(session, settings, _setup, _step!, _evaluate);
        // Arguments of the program may choose among the data, so the place in the plan does not say which is meant.
        var firsts = new Dictionary<ValueTuple<TData>, int>();
        for (int i = 0; i < places.Length; i += Replicates) firsts.TryAdd(new(places[i].Data), i);
        Experiment<TData> experiment =
            Experiment((data, run) => executor.ExecuteAsync(places[firsts[new(data)] + run.Seeds.Replicate], run));
        RunOptions chosen = options with
        {
            Parallel = options.Parallel ?? 32,
            Timeout = options.Timeout ?? _settings.RunTimeout,
            Stop = session.Stop,
            ProgressMetrics = options.ProgressMetrics.Count > 0 ? options.ProgressMetrics : [ChatMetric.Outcome],
        };
        Results results = await execute(experiment, chosen);
        if (session.Ledger.Spent is { } spent)
            throw new BudgetException($"'{Name}' stopped: {spent}. Finished runs and answers are kept; raise the budget and run again.")
            {
                Results = results,
            };
        return new ChatResults<TData, TAnswer>(
            results, () => args is null ? Load(experiment, places, options) : Among(results, places));
    }

    // The addresses of runs count the data and replicates of the program.
    private static void RefuseOtherPlans(IReadOnlyList<string> args)
    {
        string? option = args.TakeWhile(arg => arg != "--").Select(arg => arg.Split('=')[0])
            .FirstOrDefault(name => name is "--seeds" or "--set");
        if (option is not null)
            throw new AssayException($"{option} does not fit a chat experiment, whose addresses count the data and replicates of the "
                + "program; expected Add and Repeat in the program, and --only to choose among its data.");
    }

    /// <summary>The runs of results, which may be of another store and of a part of the data.</summary>
    private static IReadOnlyList<ChatRun<TData, TAnswer>> Among(Results results, ChatPlace<TData>[] places)
    {
        static (string?, long?, int) Key(RunRecord run) =>
            (run.Labels.GetValueOrDefault("batch") as string, run.Labels.GetValueOrDefault("item") as long?, run.Seed?.Replicate ?? 0);
        var records = new Dictionary<(string?, long?, int), RunRecord>();
        foreach (RunRecord run in results) records.TryAdd(Key(run), run);
        var runs = new List<ChatRun<TData, TAnswer>>();
        foreach (ChatPlace<TData> place in places)
            if (records.TryGetValue((place.Address.Batch, place.Item, place.Replicate), out RunRecord? record))
                runs.Add(ChatRun<TData, TAnswer>.Loaded(place.Address, place.Index, place.Data, record));
        return runs;
    }

    private static IReadOnlyList<ChatRun<TData, TAnswer>> Load(
        Experiment<TData> experiment, ChatPlace<TData>[] places, RunOptions options)
    {
        IReadOnlyList<RunRecord?> records = experiment.Find(options with { Head = null });
        return
        [
            .. places.Select(place =>
                ChatRun<TData, TAnswer>.Loaded(place.Address, place.Index, place.Data, records[(int)place.Index])),
        ];
    }

    private Experiment<TData> Experiment(Func<TData, RunContext, Task> operation)
    {
        Variable<TData>[] data =
            [.. _batches.SelectMany(batch => batch.Data.Select((item, i) => Variable.Of(item, new { batch = batch.Name, item = i })))];
        var asked = new AskedModel(
            _client.GetService<ChatClientMetadata>()?.DefaultModelId, $"{RequestKey.Of("", [], _settings.Options):x32}");
        return Assay.Experiment.Create(Name, Version, asked, (TData data, AskedModel _, RunContext run) => operation(data, run))
            .Over(Space.Product(item => item, data))
            .Repeat(_repeat.Replicates, _repeat.Seed)
            .IdentifyCodeOf([.. new[] { _setupCode, _stepCode, _evaluateCode }.OfType<Delegate>()])
            .Tag([.. _tags]);
    }

    private IEnumerable<ChatPlace<TData>> Places()
    {
        long index = 0;
        foreach (Batch<TData> batch in _batches)
        {
            int number = 0;
            foreach ((int item, TData data) in batch.Data.Index())
                for (int replicate = 0; replicate < Replicates; replicate++)
                    yield return new ChatPlace<TData>(new ChatAddress(batch.Name, number++), index++, data, item, replicate);
        }
    }

    private long IndexOf(ChatAddress address)
    {
        long first = 0;
        foreach (Batch<TData> batch in _batches)
        {
            long runs = (long)batch.Data.Count * Replicates;
            if (batch.Name == address.Batch && address.Number >= 0 && address.Number < runs) return first + address.Number;
            first += runs;
        }

        throw new AssayException($"'{Name}' has no run at '{Printable.Line(address.ToString())}'; it has "
            + (_batches.Count == 0 ? "no batches." : string.Join(", ", _batches.Take(10).Select(batch =>
                $"{Printable.Line(batch.Name)}:0 to {batch.Name}:{(long)batch.Data.Count * Replicates - 1}")) + "."));
    }

    private void Check(RunOptions options, IReadOnlyList<string> args)
    {
        var faults = new List<string>();
        if (_step is null) faults.Add("it has no step; add it with Step(async (run, token) => …), or create it from a runner.");
        if (Count == 0) faults.Add("it has no runs; add them with Add(name, data).");
        if (_settings.StepTimeout <= TimeSpan.Zero) faults.Add($"its StepTimeout is {_settings.StepTimeout}; expected more than zero.");
        _settings.Budget?.Check(_settings.Prices, options, args, faults);
        if (_settings is { Budget: not null, Cache: CacheMode.Off })
            faults.Add("it has a budget, and its cache is off, which also counts what earlier sessions paid; use CacheMode.Refresh.");
        if (faults.Count > 0) throw new InvalidExperimentException(Name, faults);
    }

    private ChatExperiment<TData, TAnswer> Setup(Delegate code, Func<ChatRun<TData, TAnswer>, CancellationToken, ValueTask> setup)
    {
        (_setup, _setupCode) = (setup, code);
        return this;
    }

    private ChatExperiment<TData, TAnswer> Evaluate(
        Delegate code, Func<ChatRun<TData, TAnswer>, CancellationToken, ValueTask<Score>> evaluate)
    {
        (_evaluate, _evaluateCode) = (evaluate, code);
        return this;
    }

    private ChatExperiment<TData, TAnswer> With(ChatSettings settings)
    {
        _settings = settings;
        return this;
    }
}

/// <summary>A run of a plan: its address, its index, and its data.</summary>
/// <summary>A run of the program: its address, its place in the plan, its data, the place of these in their batch, the replicate.</summary>
internal readonly record struct ChatPlace<TData>(ChatAddress Address, long Index, TData Data, int Item, int Replicate);

/// <summary>What answers besides the data and the code: part of the identity of runs, so that answers of two models never mix.</summary>
internal sealed record AskedModel(string? Model, string Options);
