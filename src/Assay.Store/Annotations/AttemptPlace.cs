namespace Assay;

/// <summary>An attempt of a run in one journal: what an annotation is about, so that a later run of the same id is another one.</summary>
/// <param name="Journal">Name of the journal's file.</param>
/// <param name="Attempt">The attempt, from 1.</param>
public readonly record struct AttemptPlace(string Journal, int Attempt);
