namespace Assay;

/// <summary>
/// Detects calls from an operation. An experiment that a run starts is part of that run: it ends with it, handles no signals, and is
/// executed in the same worker process. The mark flows with asynchronous code.
/// </summary>
internal static class InsideRun
{
    private static readonly AsyncLocal<bool> Flowing = new();

    public static bool Is => Flowing.Value;

    /// <summary>Marks the current thread, and everything that it starts from now on, as executing runs.</summary>
    public static void Enter() => Flowing.Value = true;

    /// <summary>The options of an experiment that a run starts. A worker process has no terminal and cannot be started again.</summary>
    public static RunOptions Adapt(RunOptions options, bool inWorker) => !Is ? options
        : inWorker ? options with { HandleSignals = false, Progress = ProgressMode.None, Executor = Executor.InProcess }
        : options with { HandleSignals = false };
}
