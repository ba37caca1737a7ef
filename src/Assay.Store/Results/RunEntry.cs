namespace Assay;

/// <summary>The places of a run's lines, and the little that lists need without reading them.</summary>
/// <param name="Lines">The attempt shown.</param>
/// <param name="Status">How it stands.</param>
/// <param name="StartedAt">When it started, in ticks of UTC.</param>
/// <param name="Attempts">The number of attempts, the one shown included.</param>
/// <param name="IsFolded">Whether the run was put together from several attempts or places.</param>
/// <param name="Elsewhere">
/// Other places with lines of the attempt shown; null for none. A worker process that dies leaves its lines in a journal of its own.
/// </param>
internal readonly record struct RunEntry(
    AttemptLines Lines, RunStatus Status, long StartedAt, int Attempts, bool IsFolded, IReadOnlyList<LineRange>? Elsewhere)
{
    public UInt128 Id => Lines.Key.Id;

    /// <summary>Number of the journal in its catalog.</summary>
    public int Journal => Lines.Key.Journal;

    public int Attempt => Lines.Key.Attempt;

    /// <summary>Where the run_start begins; -1 for none.</summary>
    public long Start => Lines.Start;

    /// <summary>Where the run_end begins; -1 for none.</summary>
    public long End => Lines.End;
}

/// <summary>Lines of a run between two places in a journal.</summary>
/// <param name="Journal">Number of the journal in its catalog.</param>
/// <param name="From">Where the run_start begins.</param>
/// <param name="To">Where the run_end begins; null for the end of the file.</param>
internal readonly record struct LineRange(int Journal, long From, long? To);
