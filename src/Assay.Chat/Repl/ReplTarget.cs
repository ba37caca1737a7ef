namespace Assay.Chat;

/// <summary>What the commands need of an experiment, of whatever types.</summary>
internal abstract class ReplTarget
{
    public abstract string Name { get; }

    public abstract bool HasLoad { get; }

    public abstract bool HasCache { get; }

    public abstract IReadOnlyList<string> Batches { get; }

    /// <summary>All runs, as the store has them.</summary>
    public abstract IReadOnlyList<ChatRun> Runs();

    public abstract Task RunAsync(RunOptions run, RunControl control, CacheMode? cache, CancellationToken cancellationToken);

    /// <summary>Calls the user's function.</summary>
    public abstract Task LoadAsync(IReadOnlyList<string> arguments, CancellationToken cancellationToken);

    /// <summary>
    /// Finds the runs of a file by their data, each run once. Those that are not there become a batch again that was cleared, or a new one.
    /// </summary>
    /// <exception cref="AssayException">Data are of another type; nothing has changed.</exception>
    public abstract LoadedFile Restore(IReadOnlyList<SerializedRun> file, string name);

    public abstract SerializedRun Serialized(ChatRun run, ChatStatus status);

    public abstract void Clear();
}

/// <summary>Where the runs of a file went.</summary>
/// <param name="Places">The run of each index of the plan.</param>
/// <param name="Known">How many were runs of the experiment already.</param>
/// <param name="Batches">The new batches of the others.</param>
internal sealed record LoadedFile(IReadOnlyDictionary<long, SerializedRun> Places, int Known, IReadOnlyList<string> Batches);
