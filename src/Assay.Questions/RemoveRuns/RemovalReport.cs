namespace Assay.Questions;

/// <summary>Runs that were removed.</summary>
internal sealed record RemovalReport(string Store, int Removed, IReadOnlyList<RemovalRow> Runs) : Report;

/// <summary>Runs that were restored.</summary>
internal sealed record RestoreReport(string Store, int Restored, IReadOnlyList<RemovalRow> Runs) : Report;

/// <summary>A run that was removed or restored.</summary>
internal sealed record RemovalRow(string RunId, string Experiment, DateTimeOffset RemovedAt)
{
    public static RemovalRow Of(RemovedRun run) => new(run.Id, run.Experiment, run.RemovedAt);
}
