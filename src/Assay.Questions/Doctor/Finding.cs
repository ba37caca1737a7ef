namespace Assay.Questions;

/// <summary>Something the doctor found.</summary>
/// <param name="Severity"><see cref="Problem"/> or <see cref="Note"/>.</param>
/// <param name="Kind">What sort of finding; see <see cref="FindingKinds"/>.</param>
/// <param name="Message">What it is, what it means and what to do.</param>
internal sealed record Finding(string Severity, string Kind, string Message)
{
    /// <summary>Something is lost or wrong.</summary>
    public const string Problem = "problem";

    /// <summary>Worth knowing, and harmless.</summary>
    public const string Note = "note";

    /// <summary>The file it is in, absolute; null for the store as a whole.</summary>
    public string? File { get; init; }

    /// <summary>The line in that file, from 1.</summary>
    public long? Line { get; init; }

    /// <summary>Where the line starts, in bytes.</summary>
    public long? ByteOffset { get; init; }

    /// <summary>The run it concerns.</summary>
    public string? RunId { get; init; }
}

/// <summary>The kinds of findings; scripts may rely on the words.</summary>
internal static class FindingKinds
{
    public const string StoreDescription = "store_description";
    public const string DamagedLine = "damaged_line";
    public const string TornLine = "torn_line";
    public const string MissingStart = "missing_start";
    public const string InterruptedRuns = "interrupted_runs";
    public const string UnreadableFile = "unreadable_file";
    public const string MissingArtifact = "missing_artifact";
    public const string DamagedArtifact = "damaged_artifact";
    public const string ArtifactSize = "artifact_size";
    public const string UnreferencedArtifact = "unreferenced_artifact";
    public const string ForeignFile = "foreign_file";
    public const string LeftoverFile = "leftover_file";
    public const string StaleLock = "stale_lock";

    /// <summary>Each kind with its severity and meaning.</summary>
    public static IReadOnlyList<(string Kind, string Severity, string Meaning)> All { get; } =
    [
        (StoreDescription, Finding.Problem, "`store.json` is missing or unreadable"),
        (DamagedLine, Finding.Problem, "a line of a journal cannot be read; it is skipped by every reader"),
        (TornLine, Finding.Note, "the unfinished last line of a journal, as a killed writer leaves it"),
        (MissingStart, Finding.Problem, "a run has an end but no start, so its parameters are lost"),
        (InterruptedRuns, Finding.Note, "runs were started and never ended, and their writer is gone; they run again on resume"),
        (UnreadableFile, Finding.Problem, "a file of the store cannot be opened or read"),
        (MissingArtifact, Finding.Problem, "a run refers to an artifact whose content is not in the store"),
        (DamagedArtifact, Finding.Problem, "the content of an artifact does not hash to its name"),
        (ArtifactSize, Finding.Problem, "an artifact has another length than its run recorded"),
        (UnreferencedArtifact, Finding.Note, "the content of an artifact that no readable line refers to"),
        (ForeignFile, Finding.Note, "a file among the artifacts whose name is no address"),
        (LeftoverFile, Finding.Note, "a temporary file that a killed program left"),
        (StaleLock, Finding.Note, "files of a lock that nobody holds"),
    ];
}
