namespace Assay;

/// <summary>What the seeds of a run were derived from, as its journal records it. Immutable.</summary>
/// <param name="Base">The base seed of the experiment.</param>
/// <param name="Replicate">The replicate, from 0.</param>
/// <param name="Point">The fingerprint of the run's point, where it is mixed into the seed; otherwise null.</param>
public sealed record RecordedSeed(long Base, int Replicate, string? Point);
