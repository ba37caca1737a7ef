using System.Collections.Concurrent;

namespace Assay.Chat;

/// <summary>
/// What a prompt knows: the last list, the runs of loaded files, edits, and what runs. One command executes at a time; runs go on beside
/// them only where a person sits.
/// </summary>
internal sealed class ReplSession
{
    private static readonly TimeSpan Redraw = TimeSpan.FromMilliseconds(200);

    private readonly ConcurrentDictionary<long, SerializedRun> _files = [];
    private readonly ConcurrentDictionary<long, bool> _edited = [];
    private readonly RunControl _control = new();
    private readonly Lock _gate = new();
    private readonly RunQuery _queries;
    private HashSet<ChatAddress>? _last;
    private ReplJob? _job;
    private CancellationTokenSource? _loading;

    public ReplSession(ReplTarget target, ReplConsole console, RunOptions options)
    {
        (Target, Console, Options) = (target, console, options);
        _queries = new RunQuery(Stored);
        console.Prompt = () => Live is { } job ? $"[{job.Progress}] > " : "> ";
        console.Complete = typed => ReplCompletion.Of(this, typed);
    }

    public ReplTarget Target { get; }

    public ReplConsole Console { get; }

    public RunOptions Options { get; }

    /// <summary>Whether the last command was <c>exit</c>.</summary>
    public bool HasEnded { get; set; }

    /// <summary>What runs; null when nothing does.</summary>
    public ReplJob? Live => _job is { IsOver: false } job ? job : null;

    public void Greet() => Console.Write($"{Printable.Line(Target.Name)}, {Plural.Of(Runs().Count, "run")}. 'help' lists the commands.");

    /// <summary>Executes a line.</summary>
    /// <returns>Whether it could be done.</returns>
    public async Task<bool> ExecuteAsync(string line, CancellationToken cancellationToken)
    {
        try
        {
            IReadOnlyList<string> words = CommandWords.Of(line);
            return words.Count == 0 || words[0].StartsWith('#') || await ExecuteAsync(words, cancellationToken);
        }
        catch (AssayException fault)
        {
            return Refuse(fault.Message);
        }
    }

    /// <inheritdoc cref="ExecuteAsync(string, CancellationToken)"/>
    public async Task<bool> ExecuteAsync(IReadOnlyList<string> words, CancellationToken cancellationToken)
    {
        if (ReplCommand.Find(words[0]) is not { } command)
            return Refuse($"there is no command '{Printable.Line(words[0])}'; 'help' lists them.");
        int count = words.Count - 1;
        if (count < command.Least || count > command.Most)
            return Refuse($"expected '{command.Usage}'; it has {(count == 0 ? "no arguments" : count == 1 ? "one argument"
                : $"{count} arguments")}. Quotes keep words together.");
        using var cancel = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        try
        {
            lock (_gate) _loading = command.Names[0] == "load" ? cancel : null;
            await command.Action(this, [.. words.Skip(1)], cancel.Token);
            return true;
        }
        catch (OperationCanceledException)
        {
            return Refuse($"{command.Names[0]} was cancelled.");
        }
        catch (Exception fault) when (fault is AssayException or IOException or UnauthorizedAccessException)
        {
            return Refuse(fault.Message);
        }
        catch (Exception fault)
        {
            // The user's code, such as that of 'load': a prompt with unsaved work survives it.
            return Refuse($"{command.Names[0]}: {fault.GetType().Name}: {ExceptionText.Clause(fault)}.");
        }
        finally
        {
            lock (_gate) _loading = null;
        }
    }

    /// <summary>All runs.</summary>
    public IReadOnlyList<ListedRun> Runs()
    {
        HashSet<long> live = [.. _control.Live];
        return [.. Target.Runs().Select(run => Listed(run, live.Contains(run.Index)))];
    }

    /// <summary>The runs that a query chooses of the last list.</summary>
    public IReadOnlyList<ListedRun> Choose(string query)
    {
        IReadOnlyList<ListedRun> all = Runs();
        return _queries.Choose(query, LastOf(all), all);
    }

    /// <summary>The runs that queries choose together, each once, in the order they are chosen.</summary>
    /// <exception cref="AssayException">One of them chooses none.</exception>
    public IReadOnlyList<ListedRun> ChooseEach(IEnumerable<string> queries)
    {
        IReadOnlyList<ListedRun> all = Runs(), last = LastOf(all);
        var chosen = new List<ListedRun>();
        foreach (string query in queries)
        {
            IReadOnlyList<ListedRun> found = _queries.Choose(query, last, all, takesPlaces: true);
            if (found.Count == 0)
                throw new AssayException($"no run of the last list is chosen by '{Printable.Line(query)}'; 'ls' lists all runs.");
            chosen.AddRange(found.Except(chosen));
        }

        return chosen;
    }

    /// <summary>Makes a list the last one; null for all runs.</summary>
    public void Remember(IEnumerable<ListedRun>? list) => _last = list is null ? null : [.. list.Select(run => run.Address)];

    public SerializedRun Serialized(ListedRun run) => run.File ?? Target.Serialized(run.Run, run.Status);

    /// <summary>What the store has of some runs.</summary>
    public Results Stored(IEnumerable<ListedRun> runs)
    {
        UInt128[] ids =
        [
            .. runs.Select(run => run.Run.Record?.Id).OfType<string>().Distinct()
                .Select(id => UInt128.Parse(id, System.Globalization.NumberStyles.AllowHexSpecifier, null)),
        ];
        if (ids.Length == 0) throw new AssayException("none of these runs is in the store yet; 'run_n' makes them.");
        return Store.Open(Options.Store, Options.Clock).Load(Target.Name, _ => ids);
    }

    /// <summary>Loads the runs of a file.</summary>
    public LoadedFile Restore(IReadOnlyList<SerializedRun> file, string name)
    {
        LoadedFile loaded = Target.Restore(file, name);
        foreach ((long index, SerializedRun run) in loaded.Places) _files[index] = run;
        Remember(null);
        return loaded;
    }

    public void Edit(IReadOnlyList<ListedRun> runs, Func<ChatEdit, ChatEdit> change)
    {
        foreach (ListedRun run in runs)
        {
            _control.Edit(run.Index, change);
            _edited[run.Index] = true;
        }
    }

    /// <summary>Forgets all runs and what was changed of them.</summary>
    public void Clear()
    {
        Target.Clear();
        _files.Clear();
        _edited.Clear();
        _control.Clear();
        Remember(null);
    }

    /// <returns>False when the run is not executing.</returns>
    public bool Stop(ListedRun run) => _control.Stop(run.Index);

    /// <summary>Cancels what runs.</summary>
    /// <returns>What is to be said; null when nothing runs.</returns>
    public string? Cancel()
    {
        lock (_gate)
        {
            if (_loading is { } loading)
            {
                loading.Cancel();
                return "load is cancelled.";
            }
        }

        if (Live is not { } job) return null;
        job.Cancel();
        return $"{job.Command} is cancelled; finished runs are kept.";
    }

    /// <summary>Refuses what may not happen while runs are made.</summary>
    public void RequireIdle(string command)
    {
        if (Live is { } job)
            throw new AssayException($"{command} has to wait, because {job.Command} is under way ({job.Progress}); 'cancel_run_n' or "
                + "Ctrl-C ends it.");
    }

    /// <summary>Makes runs, at most some at once: as one ends, the next starts. Returns at their end, at a prompt at once.</summary>
    public async Task StartAsync(
        string command, IReadOnlyList<ListedRun> runs, int? parallel, CacheMode? cache, CancellationToken cancellationToken)
    {
        RequireIdle(command);
        if (runs.Count == 0) throw new AssayException($"{command}: there is nothing to run; 'ls' lists the runs.");
        _job?.Dispose();
        var job = new ReplJob(command, runs.Count, Options.Observer);
        RunOptions options = Options with
        {
            Indices = [.. runs.Select(run => run.Index)],
            Parallel = parallel ?? Options.Parallel,
            Resume = ResumeMode.All,
            Head = null,
            Observer = job,
            Stop = job.Stopped,
            Progress = ProgressMode.None,
            HandleSignals = false,
        };
        foreach (ListedRun run in runs) _edited.TryRemove(run.Index, out _);
        _job = job;
        CancellationTokenRegistration ended = cancellationToken.Register(job.Cancel);
        job.Task = Task.Run(async () =>
        {
            string end = await RunAsync(job, options, cache);
            await ended.DisposeAsync();
            job.End();
            Console.Write(end);
        }, CancellationToken.None);
        if (!Console.IsInteractive)
        {
            await job.Task;
            cancellationToken.ThrowIfCancellationRequested();
            return;
        }

        Console.Write($"{command}: {Plural.Of(runs.Count, "run")} in the background; 'status' tells how they stand, Ctrl-C cancels them.");
        _ = ShowAsync(job);
    }

    /// <summary>Cancels what runs and waits for its end.</summary>
    public async Task EndAsync()
    {
        if (Cancel() is { } message) Console.Write(message);
        if (_job is { } job) await job.Task;
        _job?.Dispose();
    }

    // Text that explains what went wrong is of this program and its data; a line break in it is wanted.
    private bool Refuse(string message)
    {
        Console.Write("error: " + Printable.Block(message));
        return false;
    }

    private IReadOnlyList<ListedRun> LastOf(IReadOnlyList<ListedRun> all) =>
        _last is { } last ? [.. all.Where(run => last.Contains(run.Address))] : all;

    private ListedRun Listed(ChatRun run, bool isLive)
    {
        SerializedRun? file = run.Status == ChatStatus.Ready ? _files.GetValueOrDefault(run.Index) : null;
        ChatStatus status = isLive ? ChatStatus.Incomplete : _edited.ContainsKey(run.Index) ? ChatStatus.Ready
            : file?.Status ?? run.Status;
        return new ListedRun(run, status, isLive || status == ChatStatus.Ready ? null : file);
    }

    private async Task<string> RunAsync(ReplJob job, RunOptions options, CacheMode? cache)
    {
        try
        {
            await Target.RunAsync(options, _control, cache, job.Cancelled);
            return $"{job.Command}: {job.Summary}.";
        }
        catch (OperationCanceledException)
        {
            return $"{job.Command}: {job.Summary}.";
        }
        catch (AssayException fault)
        {
            return $"{job.Command}: {job.Summary}.\nerror: {Printable.Block(fault.Message)}";
        }
        catch (Exception fault)
        {
            // A fault of the engine or a disk: the prompt with unsaved work survives it.
            return $"{job.Command}: {job.Summary}.\nerror: {fault.GetType().Name}: {ExceptionText.Clause(fault)}.";
        }
    }

    private async Task ShowAsync(ReplJob job)
    {
        using var timer = new PeriodicTimer(Redraw, Options.Clock);
        while (!job.IsOver)
        {
            await timer.WaitForNextTickAsync();
            Console.Refresh();
        }
    }
}
