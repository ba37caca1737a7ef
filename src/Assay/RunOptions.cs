namespace Assay;

/// <summary>The options of running an experiment, no part of a run's identity. Immutable; use <c>with</c> for a changed copy.</summary>
public sealed record RunOptions
{
    /// <summary>The path or URL of the store. Default: ASSAY_DIR, else the nearest <c>.assay</c> here or above, else one here.</summary>
    public string? Store { get; init; }

    /// <summary>The number of runs executed at the same time. Default: the number of processors.</summary>
    public int? Parallel { get; init; }

    /// <summary>The runs of the plan to execute. Default: all that have not succeeded.</summary>
    public ResumeMode Resume { get; init; } = ResumeMode.Unfinished;

    /// <summary>Limits the plan to its first runs, including finished ones. Default: all.</summary>
    public long? Head { get; init; }

    /// <summary>
    /// Limits the session to the runs at these indices of the plan; others are left as they are, and the results are those of the whole
    /// plan. An index is point × replicates + replicate; one outside of the plan chooses nothing. Default: all.
    /// </summary>
    public IReadOnlyCollection<long>? Indices { get; init; }

    /// <summary>The display of progress on standard error. Default: a bar on a terminal, otherwise plain lines.</summary>
    public ProgressMode Progress { get; init; } = ProgressMode.Auto;

    /// <summary>The names of the metrics shown with the progress. Default: the first two metrics of the latest run.</summary>
    public IReadOnlyList<string> ProgressMetrics { get; init; } = [];

    /// <summary>
    /// The time limit of a run. A run that exceeds it has failed: its token is cancelled, and whatever it still records is refused. In this
    /// process its thread is abandoned and replaced, because .NET cannot end a thread. Default: no limit.
    /// </summary>
    public TimeSpan? Timeout { get; init; }

    /// <summary>The retries of failed runs; of timeouts only if <see cref="RetryPolicy.When"/> says so. Default: none.</summary>
    public RetryPolicy Retries { get; init; } = RetryPolicy.None;

    /// <summary>Stops the experiment after this number of failed runs. Default: never.</summary>
    public int? StopAfterFailures { get; init; }

    /// <summary>
    /// Stops the experiment if the first runs to end, of this number, all failed in the same way (the same exception at the same place),
    /// unless the same code has succeeded in an earlier session. Default: 5; null for never.
    /// </summary>
    public int? StopWhenFirstFail { get; init; } = 5;

    /// <summary>The time at which results reach the disk. Default: within a second.</summary>
    public Durability Durability { get; init; } = Durability.Second;

    /// <summary>Whether runs made by earlier code count as finished. Default: no; a message gives their number; they are kept.</summary>
    public bool AcceptEarlierCode { get; init; }

    /// <summary>The place where runs are executed. Default: in this process.</summary>
    public Executor Executor { get; init; } = Executor.InProcess;

    /// <summary>
    /// Receives an event when a run starts, and when it has ended and is kept. One thread makes the calls, one at a time; a slow observer
    /// slows down the runs. An exception of the observer ends its subscription, not the runs.
    /// </summary>
    public IObserver<RunEvent>? Observer { get; init; }

    /// <summary>
    /// Whether Ctrl-C and SIGTERM are handled: the first signal prevents further runs from starting and lets the live ones end, the second
    /// cancels them; the program then exits with code 130 or 143. Default: true. Use false and the cancellation token if a host handles
    /// signals. It has no effect on an experiment that a run starts, which ends with that run.
    /// </summary>
    public bool HandleSignals { get; init; } = true;

    /// <summary>
    /// When cancelled, no further run starts; those under way may end, and <c>RunAsync</c> returns what there is. The token of
    /// <c>RunAsync</c> cancels them too. Default: never.
    /// </summary>
    public CancellationToken Stop { get; init; }

    /// <summary>The time for cancelled runs to end before they are recorded as cancelled without waiting. Default: five seconds.</summary>
    public TimeSpan CancelGrace { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>
    /// The file for the final table of rows (of runs, if they recorded no rows), or a folder for a new file
    /// <c>{timestamp}_{name}.{format}</c>. A path without an extension is a folder. Format and folder are checked before the first run.
    /// Default: none; the folder <c>output</c> if <see cref="OutputFormat"/> is given.
    /// </summary>
    public string? Output { get; init; }

    /// <summary>The format of <see cref="Output"/>; the clipboard has no path. Default: by the extension; csv in a folder.</summary>
    public TableFormat? OutputFormat { get; init; }

    /// <summary>The snapshot of uncommitted code, from which it can be restored. Default: a shared snapshot.</summary>
    public SnapshotOptions Snapshot { get; init; } = SnapshotOptions.Shared;

    /// <summary>
    /// Whether the load of the machine is recorded once a second as series of every run: <c>system.cpu_percent</c> (100 is one processor),
    /// <c>system.memory_bytes</c> (resident), and for each GPU that <c>nvidia-smi</c> names <c>system.gpu0_percent</c> and
    /// <c>system.gpu0_memory_bytes</c>. Processor and memory are those of the process, shared by all runs that it executes at that time:
    /// only with <see cref="Parallel"/> = 1 or in <see cref="WorkerProcesses"/> are they those of one run. GPUs are those of the machine,
    /// whoever uses them. A run shorter than a second gets one sample, at its end. Default: no.
    /// </summary>
    public bool SystemMetrics { get; init; }

    /// <summary>
    /// Metrics that are derived from the successful runs of the plan at the end of the call, from those of earlier sessions too; values
    /// that are there in the same version are not computed again. A function that fails for a run is reported and changes nothing else. A
    /// session that is interrupted or stopped derives nothing; the next one does. For example
    /// <c>[Derived.Metric("final_loss", run => run.Series("loss")[^1].Value)]</c>. Default: none.
    /// </summary>
    public IReadOnlyList<DerivedMetric> Derive { get; init; } = [];

    /// <summary>The source of times and timers. Default: the system's.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>Limits the plan to the run at this index. Default: all.</summary>
    internal long? Only { get; init; }

    /// <summary>Timers of .NET are limited to 24.8 days.</summary>
    internal static TimeSpan LongestWait { get; } = TimeSpan.FromDays(24);

    internal const int MostParallel = 100_000;

    internal int Workers => Parallel ?? Environment.ProcessorCount;

    internal void Check(List<string> faults)
    {
        if (Parallel is < 1 or > MostParallel)
            faults.Add($"Parallel is {Parallel}; expected 1 to {MostParallel} runs at once, or null for the number of processors "
                + $"({Environment.ProcessorCount}).");
        if (Head is < 0) faults.Add($"Head is {Head}; expected a number of runs from 0, or null for all.");
        if (Timeout is { } timeout && (timeout <= TimeSpan.Zero || timeout > LongestWait))
            faults.Add($"Timeout is {timeout}; expected more than zero and at most {LongestWait.Days} days, or null for none.");
        if (StopAfterFailures is < 1) faults.Add($"StopAfterFailures is {StopAfterFailures}; expected at least 1, or null for never.");
        if (StopWhenFirstFail is < 1) faults.Add($"StopWhenFirstFail is {StopWhenFirstFail}; expected at least 1, or null for never.");
        if (CancelGrace < TimeSpan.Zero || CancelGrace > LongestWait)
            faults.Add($"CancelGrace is {CancelGrace}; expected zero or more and at most {LongestWait.Days} days.");
        if (Derive.GroupBy(m => m.Name, StringComparer.Ordinal).FirstOrDefault(g => g.Count() > 1) is { } same)
            faults.Add($"Derive has {same.Count()} functions called '{same.Key}'; expected different names.");
        Retries.Check(faults);
        Executor.Check(faults);
        // A worker process saves no table, so it must not fail where the coordinator has passed the check.
        if (WorkOrder.FromEnvironment is null) OutputFile.Check(this, faults);
    }
}

/// <summary>Selects the runs of a plan to execute when the store has some of them.</summary>
public enum ResumeMode
{
    /// <summary>All runs that have not succeeded: new, interrupted, failed and cancelled ones. The default.</summary>
    Unfinished,

    /// <summary>The runs that have never ended: new and interrupted ones.</summary>
    Missing,

    /// <summary>The runs whose last attempt failed.</summary>
    Failed,

    /// <summary>All runs, including those that succeeded; the store keeps the earlier attempts.</summary>
    All,
}

/// <summary>The display of progress on standard error.</summary>
public enum ProgressMode
{
    /// <summary>A bar if standard error is a terminal, otherwise plain lines. The default.</summary>
    Auto,

    /// <summary>Warnings only.</summary>
    None,

    /// <summary>A bar with the numbers of finished and all runs, the rate, the remaining time, failures and metrics.</summary>
    Bar,

    /// <summary>Plain lines: the first after two seconds, further ones after pauses that double up to a minute, one at the end.</summary>
    Lines,
}
