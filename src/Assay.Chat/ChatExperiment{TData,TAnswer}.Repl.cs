using System.Text.Json;

namespace Assay.Chat;

public sealed partial class ChatExperiment<TData, TAnswer>
{
    private Func<ChatExperiment<TData, TAnswer>, IReadOnlyList<string>, CancellationToken, Task>? _load;

    /// <summary>
    /// Sets what <c>load FILE ARGUMENTS</c> of the prompt does with a file that is no list of saved runs: usually it reads the file and
    /// adds a batch. Default: such a file is refused.
    /// </summary>
    /// <param name="load">Takes the experiment, and the arguments of <c>load</c>, of which the first is the file.</param>
    public ChatExperiment<TData, TAnswer> OnLoad(
        Func<ChatExperiment<TData, TAnswer>, IReadOnlyList<string>, CancellationToken, Task> load)
    {
        ArgumentNullException.ThrowIfNull(load);
        _load = load;
        return this;
    }

    /// <inheritdoc cref="OnLoad(Func{ChatExperiment{TData, TAnswer}, IReadOnlyList{string}, CancellationToken, Task})"/>
    public ChatExperiment<TData, TAnswer> OnLoad(Action<ChatExperiment<TData, TAnswer>, IReadOnlyList<string>> load)
    {
        ArgumentNullException.ThrowIfNull(load);
        return OnLoad((experiment, arguments, _) =>
        {
            load(experiment, arguments);
            return Task.CompletedTask;
        });
    }

    /// <summary>
    /// Lists, runs, reruns, saves and examines the runs at a prompt; <c>help</c> there lists the commands. With arguments it executes
    /// these as one command and returns (<c>run_n 8 s:fail</c>; an argument <c>;</c> separates several), and so it does, line by line,
    /// with a script on standard input. Only at the prompt do runs go on in the background; Ctrl-C there cancels the runs, not the prompt.
    /// </summary>
    /// <param name="args">The arguments of the program. Default: none.</param>
    /// <param name="options">The store and the like, and other places to read and write.</param>
    /// <param name="cancellationToken">Cancels what runs and ends the prompt; finished runs are kept.</param>
    /// <returns>
    /// The exit code: 0; 1 when a command of the arguments or of a script could not be done; 130 when Ctrl-C ended them.
    /// </returns>
    public async Task<int> StartReplAsync(
        IReadOnlyList<string>? args = null, ReplOptions? options = null, CancellationToken cancellationToken = default)
    {
        options ??= new ReplOptions();
        using var host = new ReplHost(options, console => new ReplSession(new Target(this, options.Runs), console, options.Runs));
        return await host.RunAsync(args ?? [], cancellationToken);
    }

    /// <summary>This experiment for the commands, which know nothing of its types.</summary>
    private sealed class Target(ChatExperiment<TData, TAnswer> experiment, RunOptions options) : ReplTarget
    {
        // The batches of data that 'clear_runs' has forgotten.
        private readonly Dictionary<string, string> _cleared = new(StringComparer.Ordinal);

        public override string Name => experiment.Name;

        public override bool HasLoad => experiment._load is not null;

        public override IReadOnlyList<string> Batches => [.. experiment.Batches.Select(batch => batch.Name)];

        public override bool HasCache => experiment._settings.Cache != CacheMode.Off;

        public override IReadOnlyList<ChatRun> Runs() => experiment.LoadRuns(options);

        public override Task LoadAsync(IReadOnlyList<string> arguments, CancellationToken cancellationToken) =>
            experiment._load!(experiment, arguments, cancellationToken);

        public override void Clear()
        {
            foreach (Batch<TData> batch in experiment.Batches)
                foreach (TData data in batch.Data) _cleared[Json(data).GetRawText()] = batch.Name;
            experiment.Clear();
        }

        public override Task RunAsync(RunOptions run, RunControl control, CacheMode? cache, CancellationToken cancellationToken) =>
            experiment.RunAsync(run, (engine, chosen) => engine.RunAsync(chosen, cancellationToken),
                experiment._settings with { Control = control, Cache = cache ?? experiment._settings.Cache });

        public override SerializedRun Serialized(ChatRun run, ChatStatus status)
        {
            var typed = (ChatRun<TData, TAnswer>)run;
            return SerializedRun.Of(run, status, Json(typed.Data), typed.HasAnswer ? Json(typed.Answer) : null);
        }

        public override LoadedFile Restore(IReadOnlyList<SerializedRun> file, string name)
        {
            TData[] data = [.. file.Select((run, i) => Read(run, i, name))];
            Dictionary<string, Queue<long>> known = Runs().Cast<ChatRun<TData, TAnswer>>()
                .GroupBy(run => Json(run.Data).GetRawText(), StringComparer.Ordinal)
                .ToDictionary(same => same.Key, same => new Queue<long>(same.Select(run => run.Index)), StringComparer.Ordinal);
            var places = new Dictionary<long, SerializedRun>();
            var others = new List<(string Batch, TData Data, SerializedRun Run)>();
            foreach ((SerializedRun run, TData item) in file.Zip(data))
            {
                string text = Json(item).GetRawText();
                if (known.TryGetValue(text, out Queue<long>? same) && same.TryDequeue(out long index)) places[index] = run;
                else others.Add((_cleared.GetValueOrDefault(text, name), item, run));
            }

            var batches = new List<string>();
            foreach (var batch in others.GroupBy(other => other.Batch))
            {
                long next = experiment.Count;
                foreach ((int place, var other) in batch.Index()) places[next + (long)place * experiment.Replicates] = other.Run;
                batches.Add(Enumerable.Range(1, int.MaxValue).Select(i => i == 1 ? batch.Key : $"{batch.Key}-{i}")
                    .First(free => !Batches.Contains(free)));
                experiment.Add(batches[^1], batch.Select(other => other.Data));
            }

            return new LoadedFile(places, file.Count - others.Count, batches);
        }

        private static JsonElement Json<T>(T value) =>
            JsonSerializer.SerializeToElement(value, SerializedRun.Json);

        private static TData Read(SerializedRun run, int index, string name)
        {
            try
            {
                return JsonSerializer.Deserialize<TData>(run.Data, SerializedRun.Json)
                    ?? throw new JsonException("they are null.");
            }
            catch (Exception fault) when (fault is JsonException or NotSupportedException)
            {
                throw new AssayException($"the data of run {index} of '{name}' are no {typeof(TData).Name}: {fault.Message}", fault);
            }
        }
    }
}
