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
}
