using System.Text.Json;
using System.Text.Json.Serialization;

namespace Assay;

/// <summary>
/// What <c>assay replay</c> asks of the program of a run, in its environment: everything is recorded in a store of its own, and of experiments only the one run is made, after
/// which the program ends.
/// </summary>
/// <param name="Run">The id of the run.</param>
/// <param name="Store">The store to record in, absolute, whatever the program asks for.</param>
/// <param name="Original">The store the run is in; it is only read.</param>
/// <param name="Experiment">The name of the experiment; of a lone run its own.</param>
/// <param name="Version">The version of the experiment; empty for a lone run.</param>
/// <param name="Index">The run's place in its plan; -1 for a lone run.</param>
/// <param name="Params">The fingerprint of its parameters; null for a lone run.</param>
/// <param name="Seed">The base of its seeds.</param>
/// <param name="Replicate">Its replicate.</param>
/// <param name="Point">What is mixed into its seeds, if anything.</param>
internal sealed record ReplayOrder(string Run, string Store, string Original, string Experiment, string Version, long Index, string? Params, long Seed, int Replicate, string? Point)
{
    /// <summary>What hands the order over.</summary>
    public const string Variable = StoreLocation.ReplayVariable;

    /// <summary>The order this process, or one that started it, was started with; null for all others.</summary>
    public static ReplayOrder? FromEnvironment => ReplayEnvironment.Order;

    /// <summary>
    /// The name of the program's entry assembly: launchers, and other programs on the way to it, are not the one that is to make the run. Null where it is not known; then the first process that uses
    /// Assay is it.
    /// </summary>
    public string? Assembly { get; init; }

    /// <summary>Whether the program has come: what it starts records where it does, and is otherwise left to do what it is asked to.</summary>
    public bool IsTaken { get; init; }

    /// <summary>Whether this process is the one that is to make the run.</summary>
    [JsonIgnore]
    public bool IsMine => !IsTaken && (Assembly is null || System.Reflection.Assembly.GetEntryAssembly()?.GetName().Name is not { } entry || entry == Assembly);

    public string ToJson() => JsonSerializer.Serialize(this);

    /// <summary>The options of an experiment; as they are in a process that replays nothing.</summary>
    public static RunOptions Redirect(RunOptions options) => FromEnvironment is not { } order ? options
        : InsideRun.Is || !order.IsMine ? options with { Store = order.Store, Snapshot = SnapshotOptions.None }
        : options with { Store = order.Store, Snapshot = SnapshotOptions.None, Output = null, OutputFormat = null };

    /// <summary>The options of a lone run; as they are in a process that replays nothing.</summary>
    public static TrackOptions Redirect(TrackOptions options) =>
        FromEnvironment is { } order ? options with { Store = order.Store, Snapshot = SnapshotOptions.None } : options;

    /// <summary>Where in a plan the run is; null when it is not in it.</summary>
    /// <remarks>Another build or another context gives it another id, but not other parameters and seeds.</remarks>
    public long? Find(Plan plan, IFileHasher files)
    {
        if (Params is null || plan.Name != Experiment || plan.Version != Version) return null;
        var workspace = new RunWorkspace(files);
        if (Index >= 0 && Index < plan.Count && Is(plan.At(Index, workspace))) return Index;
        for (long i = 0; i < plan.Count; i++)
        {
            if (Is(plan.At(i, workspace))) return i;
        }

        return null;
    }

    private bool Is(PlannedRun run) => Fingerprint.Hex(run.ParamsFingerprint) == Params && (run.Seed.Base, run.Seed.Replicate, run.Seed.Point) == (Seed, Replicate, Point);
}
