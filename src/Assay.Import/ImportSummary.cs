namespace Assay.Import;

/// <summary>What an import brought into the store, or in a dry run would bring, and what it left. Immutable.</summary>
public sealed record ImportSummary
{
    /// <summary>The address of the store.</summary>
    public required string Store { get; init; }

    /// <summary>The system that was read: <c>exprag</c> or <c>metalab</c>.</summary>
    public required string From { get; init; }

    /// <summary>The absolute path of the folder that was read.</summary>
    public required string Source { get; init; }

    /// <summary>Whether nothing was written.</summary>
    public required bool DryRun { get; init; }

    /// <summary>The runs of the source, by what became of them.</summary>
    public required ImportedRuns Runs { get; init; }

    /// <summary>The runs of the source, by experiment.</summary>
    public required IReadOnlyList<ImportedExperiment> Experiments { get; init; }

    /// <summary>The number of tracked values and points of series that came over.</summary>
    public required long Values { get; init; }

    /// <summary>The number of artifacts that came over, structured data among them.</summary>
    public required long Artifacts { get; init; }

    /// <summary>The length of the artifacts in bytes.</summary>
    public required long Bytes { get; init; }

    /// <summary>What cannot be read, in order of file and line.</summary>
    public required IReadOnlyList<ImportRemark> Damaged { get; init; }

    /// <summary>What is sound and has no place in a store, in order of file and line.</summary>
    public required IReadOnlyList<ImportRemark> Left { get; init; }

    /// <summary>What to know of the runs that came over, in sentences.</summary>
    public required IReadOnlyList<string> Remarks { get; init; }
}

/// <summary>Numbers of runs of a source; those that the store has recorded itself are not among them.</summary>
/// <param name="Found">All of them.</param>
/// <param name="New">Runs that the store did not have.</param>
/// <param name="Changed">Runs of which the source has more or something else than the store: they got another attempt.</param>
/// <param name="Known">Runs that the store has already.</param>
/// <param name="Removed">Runs that were removed from the store and can be restored: they were left alone.</param>
public sealed record ImportedRuns(int Found, int New, int Changed, int Known, int Removed);

/// <summary>An experiment of a source.</summary>
/// <param name="Name">The name of the experiment.</param>
/// <param name="Version">Its version; empty where the system has none.</param>
/// <param name="Runs">The number of its runs in the source.</param>
public sealed record ImportedExperiment(string Name, string Version, int Runs);

/// <summary>Something of a source that is damaged or did not come over.</summary>
/// <param name="File">The path of the file, relative to the source, with slashes.</param>
/// <param name="Line">The line, from 1; null for the file as a whole.</param>
/// <param name="Reason">What is wrong, or why it was left.</param>
public sealed record ImportRemark(string File, long? Line, string Reason);
