namespace Assay;

/// <summary>A problem or a note that <see cref="StoreCheck"/> reports. Immutable.</summary>
/// <param name="Kind">The sort of finding.</param>
/// <param name="Message">What was found, what it means and what to do, in sentences.</param>
public sealed record Finding(FindingKind Kind, string Message)
{
    /// <summary>The file it concerns: an absolute path, or a URL; null for the store as a whole.</summary>
    public string? File { get; init; }

    /// <summary>The number of the line in the file, from 1; null where it concerns no line.</summary>
    public long? Line { get; init; }

    /// <summary>The offset of the line's first byte; null where it concerns no line.</summary>
    public long? ByteOffset { get; init; }

    /// <summary>The id of the run it concerns; null where it concerns none or several.</summary>
    public string? RunId { get; init; }
}

/// <summary>A sort of finding. Names and severities do not change between versions. Immutable.</summary>
public sealed class FindingKind
{
    internal static readonly FindingKind StoreDescription = Problem("store_description", "`store.json` is missing or unreadable");

    internal static readonly FindingKind DamagedLine = Problem(
        "damaged_line", "a line of a journal cannot be read; it is skipped by every reader");

    internal static readonly FindingKind TornLine = Note(
        "torn_line", "the unfinished last line of a journal, as a killed writer leaves it");

    internal static readonly FindingKind MissingStart = Problem(
        "missing_start", "a run has an end but no start, so its parameters are lost");

    internal static readonly FindingKind InterruptedRuns = Note(
        "interrupted_runs", "runs were started and never ended, and their writer is gone; they run again on resume");

    internal static readonly FindingKind UnreadableFile = Problem("unreadable_file", "a file of the store cannot be opened or read");

    internal static readonly FindingKind MissingArtifact = Problem(
        "missing_artifact", "a run refers to an artifact whose content is not in the store");

    internal static readonly FindingKind DamagedArtifact = Problem(
        "damaged_artifact", "the content of an artifact does not hash to its name");

    internal static readonly FindingKind ArtifactSize = Problem("artifact_size", "an artifact has another length than its run recorded");

    internal static readonly FindingKind UnreferencedArtifact = Note(
        "unreferenced_artifact", "the content of an artifact that no readable line refers to");

    internal static readonly FindingKind ForeignFile = Note("foreign_file", "a file among the artifacts whose name is no address");

    internal static readonly FindingKind LeftoverFile = Note("leftover_file", "a temporary file that a killed program left");

    internal static readonly FindingKind StaleLock = Note("stale_lock", "files of a lock that nobody holds");

    internal static readonly FindingKind NotChecked = Note("not_checked", "what the check cannot look at in a store outside a folder");

    private FindingKind(string name, bool isProblem, string meaning) => (Name, IsProblem, Meaning) = (name, isProblem, meaning);

    /// <summary>All of them.</summary>
    public static IReadOnlyList<FindingKind> All { get; } =
    [
        StoreDescription, DamagedLine, TornLine, MissingStart, InterruptedRuns, UnreadableFile, MissingArtifact, DamagedArtifact,
        ArtifactSize, UnreferencedArtifact, ForeignFile, LeftoverFile, StaleLock, NotChecked,
    ];

    /// <summary>The name in answers, such as <c>damaged_line</c>.</summary>
    public string Name { get; }

    /// <summary>Whether something is lost or wrong. Otherwise the finding is a note, and harmless.</summary>
    public bool IsProblem { get; }

    /// <summary><c>problem</c> or <c>note</c>.</summary>
    public string Severity => IsProblem ? "problem" : "note";

    /// <summary>The meaning, as a clause.</summary>
    public string Meaning { get; }

    /// <inheritdoc/>
    public override string ToString() => Name;

    private static FindingKind Problem(string name, string meaning) => new(name, true, meaning);

    private static FindingKind Note(string name, string meaning) => new(name, false, meaning);
}
