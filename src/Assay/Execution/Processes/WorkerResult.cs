namespace Assay;

/// <summary>What became of one order to a worker.</summary>
/// <param name="Ended">The attempt, when its end stands in the worker's journal; null when it does not.</param>
/// <param name="WasStarted">Whether the run had begun when the process ended.</param>
/// <param name="Outcome">How the run is to be recorded when the worker could not.</param>
/// <param name="Duration">How long it had been running.</param>
/// <param name="SoFar">What the worker said the run had recorded before it was killed; null when it could not say.</param>
internal readonly record struct WorkerResult(IEndedRun? Ended, bool WasStarted, RunOutcome Outcome, TimeSpan Duration, WorkerMessage? SoFar = null);
