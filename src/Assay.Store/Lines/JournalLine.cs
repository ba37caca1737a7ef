namespace Assay.Journals;

/// <summary>The kinds of lines the engine itself acts on.</summary>
public enum JournalKind
{
    /// <summary>A kind that the engine does not act on.</summary>
    Other,
    /// <summary><c>session_start</c></summary>
    SessionStart,
    /// <summary><c>run_start</c></summary>
    RunStart,
    /// <summary><c>run_end</c></summary>
    RunEnd,
}

/// <summary>The envelope of a line, and of run lines the fields that decide which attempt counts.</summary>
public readonly struct JournalLine
{
    /// <summary>Its kind.</summary>
    public required JournalKind Kind { get; init; }

    /// <summary>The run it belongs to.</summary>
    public required UInt128 RunId { get; init; }

    /// <summary>The attempt a run_start or run_end belongs to, from 1; 0 for lines of other kinds.</summary>
    public required int Attempt { get; init; }

    /// <summary>The status in a run_end.</summary>
    public required RunStatus Status { get; init; }

    /// <summary>Whether a run_end is conclusive about the operation: it succeeded, threw or ran out of time.</summary>
    public required bool IsConclusive { get; init; }

    /// <summary>When the line was made, in ticks of UTC.</summary>
    public required long Time { get; init; }

    /// <summary>Where the line starts in its file, in bytes.</summary>
    public required long Offset { get; init; }

    /// <summary>Its length without the line feed, in bytes.</summary>
    public required int Length { get; init; }

    /// <summary>Whether it is the line of a run that is looked for.</summary>
    public bool Is(JournalKind kind, UInt128 runId, int attempt) => Kind == kind && RunId == runId && Attempt == attempt;
}

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
