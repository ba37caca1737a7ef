namespace Assay.Questions;

/// <summary>The comparison of a run with its replay.</summary>
/// <param name="Store">The store of the recorded run.</param>
/// <param name="RunId">The recorded run.</param>
/// <param name="Experiment">Its experiment, or its own name.</param>
/// <param name="Version">The version of the experiment.</param>
/// <param name="Agrees">Whether status, metrics and all other values agree.</param>
/// <param name="Tolerance">The allowed difference between numbers, relative to the larger one.</param>
/// <param name="Compared">The number of values that were compared, each name once.</param>
/// <param name="Differing">The number of values that do not agree.</param>
/// <param name="Values">The values.</param>
/// <param name="ArtifactsDiffering">The number of artifacts that differ; they do not count for <paramref name="Agrees"/>.</param>
/// <param name="Artifacts">The artifacts and data.</param>
/// <param name="Commit">The commit that was run.</param>
/// <param name="Checkout">The folder with its code.</param>
/// <param name="Command">The command line.</param>
/// <param name="Folder">The folder it was started in.</param>
/// <param name="ExitCode">Its exit code.</param>
/// <param name="Output">The file with its output.</param>
/// <param name="ReplayStore">The store with the replay.</param>
/// <param name="ReplayRunId">The replay in it.</param>
/// <param name="SameId">Whether both have one id, and so the same code and context; null for lone runs, whose ids are random.</param>
/// <param name="Remarks">The differences between the two programs, in clauses.</param>
internal sealed record ReplayReport(
    string Store, string RunId, string Experiment, string Version, bool Agrees, double Tolerance, int Compared, int Differing,
    IReadOnlyList<ReplayedValue> Values, int ArtifactsDiffering,
    IReadOnlyList<ReplayedArtifact> Artifacts, string Commit, string Checkout,
    IReadOnlyList<string> Command, string Folder, int ExitCode, string Output, string ReplayStore, string ReplayRunId, bool? SameId,
    IReadOnlyList<string> Remarks) : Report;
