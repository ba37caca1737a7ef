using System.Text.Json;
using System.Text.Json.Serialization;

namespace Assay;

/// <summary>
/// What <c>assay replay</c> asks of the program it starts, in an environment variable: to record in another store and, of experiments, to
/// make only one run and end with it. Immutable.
/// </summary>
/// <param name="Run">The id of the run.</param>
/// <param name="Store">The store to record in, absolute, whatever store the program names.</param>
/// <param name="Original">The store with the run; it is only read.</param>
/// <param name="Experiment">The name of the experiment, or of a lone run.</param>
/// <param name="Version">The version of the experiment; empty for a lone run.</param>
/// <param name="Index">The run's index in its plan; -1 for a lone run.</param>
/// <param name="Params">The fingerprint of the parameters; null for a lone run.</param>
/// <param name="Seed">The base of the seeds.</param>
/// <param name="Replicate">The replicate.</param>
/// <param name="Point">What is mixed into the seeds of the point; null for none.</param>
internal sealed record ReplayOrder(
    string Run, string Store, string Original, string Experiment, string Version, long Index, string? Params, long Seed, int Replicate,
    string? Point)
{
    /// <summary>The environment variable with the order as JSON.</summary>
    public const string Variable = StoreLocation.ReplayVariable;

    /// <summary>
    /// The name of the program's entry assembly, by which launchers are passed over. Null if it is not known; then the first process that
    /// uses Assay carries out the order.
    /// </summary>
    public string? Assembly { get; init; }

    /// <summary>Whether a process carries out the order already: those that it starts only record in the same store.</summary>
    public bool IsTaken { get; init; }

    /// <summary>Whether this process carries out the order.</summary>
    [JsonIgnore]
    public bool IsMine => !IsTaken
        && (Assembly is null || System.Reflection.Assembly.GetEntryAssembly()?.GetName().Name is not { } entry || entry == Assembly);

    public string ToJson() => JsonSerializer.Serialize(this);

    /// <summary>The index of the run in a plan; null when it is not in it.</summary>
    /// <remarks>Another build or another context gives the run another id, but not other parameters and seeds.</remarks>
    public long? Find(Plan plan, IFileHasher files)
    {
        if (Params is null || plan.Name != Experiment || plan.Version != Version) return null;
        var workspace = new RunWorkspace(files);
        if (Index >= 0 && Index < plan.Count && Matches(plan.At(Index, workspace))) return Index;
        for (long i = 0; i < plan.Count; i++)
        {
            if (Matches(plan.At(i, workspace))) return i;
        }

        return null;
    }

    private bool Matches(PlannedRun run) => Fingerprint.Hex(run.ParamsFingerprint) == Params
        && (run.Seed.Base, run.Seed.Replicate, run.Seed.Point) == (Seed, Replicate, Point);
}
