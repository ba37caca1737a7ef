namespace Assay.Questions;

/// <summary>A note that was made.</summary>
internal sealed record NoteReport(string Store, string RunId, string Experiment, string Note, DateTimeOffset CreatedAt, int Notes) : Report
{
    /// <summary>Notes something about a run.</summary>
    /// <exception cref="AssayException">The text is blank, or the run has been removed.</exception>
    /// <exception cref="StoreException">The store cannot be written.</exception>
    public static NoteReport Make(Store store, RunRecord run, string text)
    {
        RunNote note = store.Note(run, text);
        return new NoteReport(store.Path, run.Id, run.Experiment, note.Text, note.CreatedAt, run.Notes.Count + 1);
    }
}
