namespace Assay.Questions;

/// <summary>An event of a run.</summary>
/// <param name="At">The time in UTC.</param>
/// <param name="RunId">The run.</param>
/// <param name="Experiment">Its experiment.</param>
/// <param name="Kind">
/// <c>run_start</c>, <c>run_end</c>, <c>track</c>, <c>series</c>, <c>log</c>, <c>row</c>, <c>artifact</c>, or <c>interrupted</c> for a run
/// whose writer is gone.
/// </param>
/// <param name="Status">The status of the run after it; null where it does not change.</param>
/// <param name="Text">The content in a few words.</param>
/// <param name="Note">The note of the program; null without one.</param>
/// <param name="Journal">The file.</param>
/// <param name="Line">The number of the line in it; null for an event without a line.</param>
internal sealed record LiveEvent(
    DateTimeOffset At, string RunId, string Experiment, string Kind, string? Status, string Text, string? Note, string Journal, long? Line);
