namespace Assay;

/// <summary>Where a run's lines stand, and the little that lists need without reading them.</summary>
internal readonly record struct RunEntry
{
    public required UInt128 Id { get; init; }

    /// <summary>Number of the journal in its catalog.</summary>
    public required int Journal { get; init; }

    public required long Start { get; init; }

    public required int StartLength { get; init; }

    /// <summary>-1 while there is no run_end.</summary>
    public required long End { get; init; }

    public required int EndLength { get; init; }

    public required RunStatus Status { get; init; }

    public required int Attempt { get; init; }

    /// <summary>How many attempts are known, the one shown included.</summary>
    public required int Attempts { get; init; }

    public required long StartedAt { get; init; }

    /// <summary>Whether it was put together from several attempts or places.</summary>
    public required bool IsFolded { get; init; }

    /// <summary>Where else lines of the attempt shown stand; null for nowhere. A worker process that dies leaves its lines in a journal of its own.</summary>
    public IReadOnlyList<LineRange>? Elsewhere { get; init; }
}

/// <summary>Lines of a run between two places in a journal.</summary>
/// <param name="Journal">Number of the journal in its catalog.</param>
/// <param name="From">Where the run_start begins.</param>
/// <param name="To">Where the run_end begins; null for the end of the file.</param>
internal readonly record struct LineRange(int Journal, long From, long? To);
