namespace Assay.Cli.Mcp;

internal sealed class CheckoutCodeTool : StoreTool
{
    public override string Name => "checkout_code";

    public override string Title => "Restore the code of a run";

    public override string Description =>
        $"Puts the exact code of a run into a new working tree in the folder {CheckoutPlace.FolderName} beside the store, and says where. The working tree, branches and HEAD that are there "
        + "stay as they are. (assay checkout)";

    public override IReadOnlyList<Parameter> Parameters { get; } = [ToolTexts.Run];

    public override bool Writes => true;

    // It writes files; who calls tools without asking should ask here.
    public override bool Destroys => true;

    public override Type Answer => typeof(CodeCheckoutReport);

    public override ToolAnswer Call(ToolCall call)
    {
        Results all = call.Store.LoadAll();
        RunRecord run = ToolCall.Find(all, ToolTexts.Run.Required(call));
        return new ToolAnswer(CodeCheckout.Restore(call.Store, run, new CodeCheckoutOptions { Folder = call.Served.Folder })) { Damaged = all.Damage.Count };
    }
}
