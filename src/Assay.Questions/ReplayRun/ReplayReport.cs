namespace Assay.Questions;

/// <summary>Whether a run made again recorded the same.</summary>
/// <param name="Store">The store of the recorded run.</param>
/// <param name="RunId">The recorded run.</param>
/// <param name="Experiment">Its experiment, or its own name.</param>
/// <param name="Version">The version of the experiment.</param>
/// <param name="Agrees">Whether status, metrics and all other values agree.</param>
/// <param name="Tolerance">How far numbers were allowed to differ, relative to the larger one.</param>
/// <param name="Compared">How many values were compared, each name once.</param>
/// <param name="Differing">How many of them do not agree.</param>
/// <param name="Values">The values.</param>
/// <param name="ArtifactsDiffering">How many artifacts are not the same; they do not count for <paramref name="Agrees"/>.</param>
/// <param name="Artifacts">The artifacts and data.</param>
/// <param name="Commit">The commit that was run.</param>
/// <param name="Checkout">Where its code stands.</param>
/// <param name="Command">What was started.</param>
/// <param name="Folder">Where it was started.</param>
/// <param name="ExitCode">How it ended.</param>
/// <param name="Output">The file with what it printed.</param>
/// <param name="ReplayStore">The store with the replay.</param>
/// <param name="ReplayRunId">The replay in it.</param>
/// <param name="SameId">Whether both have one id, and so the same code and context; null for lone runs, whose ids are chance.</param>
/// <param name="Remarks">What is not as it was, in sentences.</param>
internal sealed record ReplayReport(
    string Store, string RunId, string Experiment, string Version, bool Agrees, double Tolerance, int Compared, int Differing,
    IReadOnlyList<ReplayedValue> Values, int ArtifactsDiffering,
    IReadOnlyList<ReplayedArtifact> Artifacts, string Commit, string Checkout,
    IReadOnlyList<string> Command, string Folder, int ExitCode, string Output, string ReplayStore, string ReplayRunId, bool? SameId,
    IReadOnlyList<string> Remarks) : Report;
