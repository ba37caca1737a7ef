namespace Assay;

/// <summary>
/// Whether code is called from an operation: an experiment that a run starts is part of that run. It ends with it and listens to no signals of its own, because a stopped program
/// still lets its runs end; and in a worker process it is executed there, while calls beside the operation belong to the coordinator. Flows along with asynchronous code.
/// </summary>
internal static class InsideRun
{
    private static readonly AsyncLocal<bool> Flowing = new();

    public static bool Is => Flowing.Value;

    /// <summary>Marks the current thread, and all it starts from now on, as executing runs.</summary>
    public static void Enter() => Flowing.Value = true;

    /// <summary>The options of an experiment that a run starts.</summary>
    /// <param name="options">As the operation gave them.</param>
    /// <param name="inWorker">Whether the run is in a worker process, which has no terminal, and which is no program that could be started again to come to this call.</param>
    public static RunOptions Adapt(RunOptions options, bool inWorker) => !Is ? options
        : inWorker ? options with { HandleSignals = false, Progress = ProgressMode.None, Executor = Executor.InProcess }
        : options with { HandleSignals = false };
}
