namespace Assay;

/// <summary>How an experiment is run. Nothing here is part of a run's identity. Immutable; change it with <c>with</c>.</summary>
public sealed record RunOptions
{
    /// <summary>
    /// The store's folder. Default: the environment variable ASSAY_DIR, else the nearest <c>.assay</c> at or above the current folder, else
    /// <c>./.assay</c>, which is created.
    /// </summary>
    public string? Store { get; init; }

    /// <summary>How many runs at once. Default: the number of processors.</summary>
    public int? Parallel { get; init; }

    /// <summary>Which runs of the plan to run. Default: all that have not succeeded.</summary>
    public ResumeMode Resume { get; init; } = ResumeMode.Unfinished;

    /// <summary>Only the first so many runs of the plan, finished ones included. Default: all.</summary>
    public long? Head { get; init; }

    /// <summary>What is shown while runs go on. Default: a bar on a terminal, plain lines elsewhere; always on standard error.</summary>
    public ProgressMode Progress { get; init; } = ProgressMode.Auto;

    /// <summary>Names of metrics to show beside the progress bar. Default: the first two of the latest run.</summary>
    public IReadOnlyList<string> ProgressMetrics { get; init; } = [];

    /// <summary>
    /// The longest a run may take. A run that takes longer is failed for good: its token is cancelled, and whatever it still records is refused. In this
    /// process its thread is left behind and replaced, because .NET cannot end a thread. Default: no limit.
    /// </summary>
    public TimeSpan? Timeout { get; init; }

    /// <summary>What to do with failed runs. Default: no retries.</summary>
    public RetryPolicy Retries { get; init; } = RetryPolicy.None;

    /// <summary>Stop once so many runs have failed. Default: never.</summary>
    public int? StopAfterFailures { get; init; }

    /// <summary>
    /// Stop when the first so many runs to end all failed in the same way (same exception from the same place): something is wrong
    /// with the experiment, not with a point. Not when the same code has made a success in an earlier session. Default: 5; null never stops.
    /// </summary>
    public int? StopWhenFirstFail { get; init; } = 5;

    /// <summary>When results reach the disk itself. Default: within a second.</summary>
    public Durability Durability { get; init; } = Durability.Second;

    /// <summary>
    /// Whether runs made by earlier code count as finished. Default: they do not; their number is told, and they stay in the store beside the
    /// new ones.
    /// </summary>
    public bool AcceptEarlierCode { get; init; }

    /// <summary>Where runs are executed. Default: in this process.</summary>
    public Executor Executor { get; init; } = Executor.InProcess;

    /// <summary>
    /// Is told of every run that starts and ends; a run is told finished only after it is kept. Calls come one at a time from one
    /// thread; an observer slower than the runs slows them down. An exception from it ends its subscription, not the runs.
    /// </summary>
    public IObserver<RunEvent>? Observer { get; init; }

    /// <summary>
    /// Whether Ctrl-C and SIGTERM are handled: the first stops starting runs and lets those under way end, the second cancels them; then the
    /// program exits with 130 or 143. Default: true. Set to false where the host decides, and use the cancellation token.
    /// Within a run it has no effect: an experiment that a run runs ends with it.
    /// </summary>
    public bool HandleSignals { get; init; } = true;

    /// <summary>How long cancelled runs may take to end before they are recorded as cancelled without waiting. Default: five seconds.</summary>
    public TimeSpan CancelGrace { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>
    /// Where to save the table of rows when done (a row for each run where the runs recorded none): a file, or a folder that gets
    /// <c>{timestamp}_{name}.{format}</c>, never over another file. A path without an ending is a folder. Format and folder are checked before anything
    /// runs. Default: nowhere, or the folder <c>output</c> where <see cref="OutputFormat"/> is given.
    /// </summary>
    public string? Output { get; init; }

    /// <summary>
    /// The format of <see cref="Output"/>. <see cref="TableFormat.Clipboard"/> goes without a place. Default: what the ending of the file says, csv in a folder.
    /// </summary>
    public TableFormat? OutputFormat { get; init; }

    /// <summary>How uncommitted changes of the code are kept, so that it can be restored. Default: in a shared snapshot.</summary>
    public SnapshotOptions Snapshot { get; init; } = SnapshotOptions.Shared;

    /// <summary>Times and timers. Default: the system's.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>Only the run at this place of the plan. Default: all.</summary>
    internal long? Only { get; init; }

    /// <summary>The timers of .NET take no more than 24.8 days.</summary>
    internal static TimeSpan LongestWait { get; } = TimeSpan.FromDays(24);

    internal int Workers => Parallel ?? Environment.ProcessorCount;

    internal void Check(List<string> faults)
    {
        if (Parallel is < 1 or > 100_000) faults.Add($"Parallel is {Parallel}; expected 1 to 100000 runs at once, or null for the number of processors ({Environment.ProcessorCount}).");
        if (Head is < 0) faults.Add($"Head is {Head}; expected a number of runs from 0, or null for all.");
        if (Timeout is { } timeout && (timeout <= TimeSpan.Zero || timeout > LongestWait)) faults.Add($"Timeout is {timeout}; expected more than zero and at most {LongestWait.Days} days, or null for none.");
        if (StopAfterFailures is < 1) faults.Add($"StopAfterFailures is {StopAfterFailures}; expected at least 1, or null for never.");
        if (StopWhenFirstFail is < 1) faults.Add($"StopWhenFirstFail is {StopWhenFirstFail}; expected at least 1, or null for never.");
        if (CancelGrace < TimeSpan.Zero || CancelGrace > LongestWait) faults.Add($"CancelGrace is {CancelGrace}; expected zero or more and at most {LongestWait.Days} days.");
        Retries.Check(faults);
        Executor.Check(faults);
        // A worker process saves nothing, and must not fail where the coordinator's check was passed.
        if (WorkOrder.FromEnvironment is null) OutputFile.Check(this, faults);
    }
}
