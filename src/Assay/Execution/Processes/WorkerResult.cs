namespace Assay;

/// <summary>What became of one order to a worker.</summary>
/// <param name="Ended">The attempt, when its end stands in the worker's journal; null when it does not.</param>
/// <param name="WasStarted">Whether the run had begun when the process ended.</param>
/// <param name="Outcome">How the run is to be recorded when the worker could not.</param>
/// <param name="Duration">How long it had been running.</param>
internal readonly record struct WorkerResult(IEndedRun? Ended, bool WasStarted, RunOutcome Outcome, TimeSpan Duration);
