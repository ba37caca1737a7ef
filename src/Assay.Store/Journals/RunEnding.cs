namespace Assay.Journals;

/// <summary>
/// Which of a run's attempts counts, the one rule for resuming and for reading: the latest whose end says something about the operation (it
/// returned, threw, or ran out of time). A later attempt that was cancelled, lost its process or its disk, or was interrupted says nothing,
/// so it never hides a number. Of two ends of one attempt (a worker's own, and the one its coordinator wrote when the worker was gone) a
/// success counts, then the later.
/// </summary>
/// <param name="Speaks">Whether it says something about the operation.</param>
/// <param name="Attempt">The attempt, from 1.</param>
/// <param name="Success">Whether it succeeded.</param>
/// <param name="Time">When it ended, in ticks of UTC.</param>
public readonly record struct RunEnding(bool Speaks, int Attempt, bool Success, long Time)
{
    /// <summary>What a run_end says.</summary>
    public static RunEnding Of(in JournalLine end) => new(end.Speaks, end.Attempt, end.Status == RunStatus.Success, end.Time);

    /// <summary>Positive when this attempt counts and not the other one.</summary>
    public int CompareTo(RunEnding other)
    {
        int order = Speaks.CompareTo(other.Speaks);
        if (order == 0) order = Attempt.CompareTo(other.Attempt);
        if (order == 0) order = Success.CompareTo(other.Success);
        return order != 0 ? order : Time.CompareTo(other.Time);
    }
}
