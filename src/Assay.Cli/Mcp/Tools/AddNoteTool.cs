namespace Assay.Cli.Mcp;

internal sealed class AddNoteTool : StoreTool
{
    private static readonly TextParameter Text = new("text", "What there is to say, for whoever looks at the run later", required: true, longest: 10_000);

    public override string Name => "add_note";

    public override string Title => "Note something about a run";

    public override string Description =>
        "Adds a note to a run, beside the journals: what was learned from it, why it is odd, where it was used. get_run shows it. Nothing that was recorded is changed. (assay note)";

    public override IReadOnlyList<Parameter> Parameters { get; } = [ToolTexts.Run, Text];

    public override bool Writes => true;

    public override bool IsIdempotent => false;

    public override Type Answer => typeof(NoteReport);

    public override ToolAnswer Call(ToolCall call)
    {
        string text = Text.Required(call);
        Results all = call.Store.LoadAll();
        return new ToolAnswer(NoteReport.Make(call.Store, ToolCall.Find(all, ToolTexts.Run.Required(call)), text)) { Damaged = all.Damage.Count };
    }
}
