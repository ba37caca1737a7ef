namespace Assay.Journals;

/// <summary>
/// Which of a run's attempts counts, the one rule for resuming and for reading: the latest whose end is conclusive about the operation (it
/// returned, threw, or ran out of time). A later attempt that was cancelled, lost its process or its disk, or was interrupted is not, so it
/// never hides a number. Of two ends of one attempt (a worker's own, and the one its coordinator wrote when the worker was gone) a success
/// counts, then the later.
/// </summary>
/// <param name="IsConclusive">Whether it is conclusive about the operation.</param>
/// <param name="Attempt">The attempt, from 1.</param>
/// <param name="Success">Whether it succeeded.</param>
/// <param name="Time">When it ended, in ticks of UTC.</param>
public readonly record struct RunEnding(bool IsConclusive, int Attempt, bool Success, long Time)
{
    /// <summary>The ending of a run_end line.</summary>
    public static RunEnding Of(in JournalLine end) => new(end.IsConclusive, end.Attempt, end.Status == RunStatus.Success, end.Time);

    /// <summary>Positive when this attempt counts and not the other one.</summary>
    public int CompareTo(RunEnding other) =>
        (IsConclusive, Attempt, Success, Time).CompareTo((other.IsConclusive, other.Attempt, other.Success, other.Time));
}
