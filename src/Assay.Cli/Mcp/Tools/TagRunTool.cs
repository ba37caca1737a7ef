namespace Assay.Cli.Mcp;

internal sealed class TagRunTool : StoreTool
{
    private static readonly TextListParameter Add = new("add", "Tags to add");
    private static readonly TextListParameter Remove = new("remove", "Tags to take away, also such as the run gave itself");

    public override string Name => "tag_run";

    public override string Title => "Tag a run";

    public override string Description =>
        "Adds tags to a run or takes them away, so that runs can be found again with tags = '…' in where, or the argument tags. What the run recorded itself is not changed. (assay tag)";

    public override IReadOnlyList<Parameter> Parameters { get; } = [ToolTexts.Run, Add, Remove];

    public override bool Writes => true;

    public override Type Answer => typeof(TagReport);

    public override ToolAnswer Call(ToolCall call)
    {
        var changes = new TagChanges(Add.Of(call) ?? [], Remove.Of(call) ?? []);
        if (changes.Add.Count + changes.Remove.Count == 0) throw new AssayException("neither add nor remove is given; expected at least one tag to add or to take away.");
        Results all = call.Store.LoadAll();
        return new ToolAnswer(TagReport.Make(call.Store, ToolCall.Find(all, ToolTexts.Run.Required(call)), changes)) { Damaged = all.Damage.Count };
    }
}
