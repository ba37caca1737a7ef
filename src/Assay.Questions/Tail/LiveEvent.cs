namespace Assay.Questions;

/// <summary>Something that happened in a run.</summary>
/// <param name="At">When, in UTC.</param>
/// <param name="RunId">The run.</param>
/// <param name="Experiment">Its experiment.</param>
/// <param name="Kind">
/// <c>run_start</c>, <c>run_end</c>, <c>track</c>, <c>series</c>, <c>log</c>, <c>row</c>, <c>artifact</c>, or <c>interrupted</c> for a run
/// whose writer is gone.
/// </param>
/// <param name="Status">How the run stands after it; null where it says nothing new.</param>
/// <param name="Text">In a few words.</param>
/// <param name="Note">What the program said of it.</param>
/// <param name="Journal">The file.</param>
/// <param name="Line">The line's number in it; null when no line says it.</param>
internal sealed record LiveEvent(
    DateTimeOffset At, string RunId, string Experiment, string Kind, string? Status, string Text, string? Note, string Journal, long? Line);
