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

    /// <summary>
    /// Whether a run_end is conclusive about the operation: it succeeded, threw or ran out of time, and was not merely cancelled or lost.
    /// </summary>
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
