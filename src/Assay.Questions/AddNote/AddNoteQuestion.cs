namespace Assay.Questions;

internal sealed class AddNoteQuestion : Question<NoteReport>
{
    private static readonly TextParameter Text = new("text", "What there is to say, in quotes")
    {
        ToolDescription = "What there is to say, for whoever looks at the run later",
        IsPositional = true,
        IsRequired = true,
        Longest = 10_000,
    };

    public override CommandText Command { get; } = new("note", "Note something about a run, for whoever looks at it later",
        "assay note latest \"diverged after the learning rate was raised\"", "assay note best:accuracy \"the one in the paper\" --json");

    public override ToolText Tool => new("add_note", "Note something about a run",
        "Adds a note to a run, beside the journals: what was learned from it, why it is odd, where it was used. get_run shows it. "
            + "Nothing that was recorded is changed.")
    { IsIdempotent = false };

    public override IReadOnlyList<Parameter> Parameters => [RunParameters.Run, Text];

    public override bool Writes => true;

    public override Answer Ask(QuestionCall call)
    {
        string text = Text.Of(call)!;
        (Results all, RunRecord run) = call.FindRun();
        RunNote note = call.Store.Note(run, text);
        return new Answer(new NoteReport(call.Store.Path, run.Id, run.Experiment, note.Text, note.CreatedAt, run.Notes.Count + 1))
        { Runs = all };
    }

    protected override void Write(NoteReport report, Page page) =>
        page.Line($"noted: run {report.RunId} has {Words.Count(report.Notes, "note")}");
}

/// <summary>A note that was made.</summary>
internal sealed record NoteReport(string Store, string RunId, string Experiment, string Note, DateTimeOffset CreatedAt, int Notes) : Report;
