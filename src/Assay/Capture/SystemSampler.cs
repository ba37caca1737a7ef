namespace Assay;

/// <summary>Records the load of this process and of the GPUs as series of its live runs, once a second. Thread-safe.</summary>
internal sealed class SystemSampler : IDisposable
{
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);
    private readonly Lock _gate = new();
    private readonly Dictionary<RunCapture, Mark> _runs = [];
    private readonly TimeProvider _clock;
    private readonly GpuReader? _gpus;
    private readonly ITimer _timer;
    private bool _isSampling;

    public SystemSampler(TimeProvider clock, string gpuProgram = GpuReader.Program)
    {
        _clock = clock;
        _gpus = GpuReader.TryStart(gpuProgram);
        _timer = clock.CreateTimer(_ => Sample(), null, Interval, Interval);
    }

    public void Add(RunCapture run)
    {
        lock (_gate) _runs.Add(run, Now(samples: 0));
    }

    /// <summary>Ends the samples of a run that is about to end. One that is shorter than the interval gets its only sample.</summary>
    public void Remove(RunCapture run)
    {
        bool found;
        Mark last;
        lock (_gate) found = _runs.Remove(run, out last);
        if (found && last.Samples == 0) Record(run, last, Now(samples: 1));
    }

    public void Dispose()
    {
        _timer.Dispose();
        _gpus?.Dispose();
    }

    private void Sample()
    {
        // A slow disk must not let the callbacks of the timer accumulate.
        if (Interlocked.Exchange(ref _isSampling, true)) return;
        KeyValuePair<RunCapture, Mark>[] runs;
        lock (_gate) runs = [.. _runs];
        foreach ((RunCapture run, Mark last) in runs)
        {
            Mark now = Now(last.Samples + 1);
            lock (_gate)
            {
                if (!_runs.ContainsKey(run)) continue;
                _runs[run] = now;
            }

            Record(run, last, now);
        }

        Volatile.Write(ref _isSampling, false);
    }

    private void Record(RunCapture run, in Mark last, in Mark now)
    {
        try
        {
            double seconds = _clock.GetElapsedTime(last.Time, now.Time).TotalSeconds;
            if (seconds > 0) run.Metric("system.cpu_percent", 100 * (now.Processor - last.Processor).TotalSeconds / seconds, last.Samples);
            run.Metric("system.memory_bytes", Environment.WorkingSet, last.Samples);
            foreach ((string gpu, double percent, double bytes) in _gpus?.Latest() ?? [])
            {
                run.Metric($"system.gpu{gpu}_percent", percent, last.Samples);
                run.Metric($"system.gpu{gpu}_memory_bytes", bytes, last.Samples);
            }
        }
        catch (Exception fault) when (fault is AssayException or ObjectDisposedException)
        {
            // The run has ended meanwhile, or the journal is broken, which its next writer reports.
        }
    }

    private Mark Now(long samples) => new(_clock.GetTimestamp(), Environment.CpuUsage.TotalTime, samples);

    /// <summary>The moment of a sample, the processor time of the process by then, and the number of samples.</summary>
    private readonly record struct Mark(long Time, TimeSpan Processor, long Samples);
}
