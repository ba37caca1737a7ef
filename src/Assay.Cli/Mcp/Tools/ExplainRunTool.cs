namespace Assay.Cli.Mcp;

internal sealed class ExplainRunTool : StoreTool
{
    private static readonly TextParameter Other = new("other", $"The run to compare with: {ToolTexts.Addresses}. Default: the newest other run with the same params and seed, else the most similar one of the latest other session");

    public override string Name => "explain_run";

    public override string Title => "Explain a run's identity";

    public override string Description =>
        "Explains what a run's id is made of (params, seed, context, code), why it was run although another looks the same, and which code members differ. (assay why)";

    public override IReadOnlyList<Parameter> Parameters { get; } = [ToolTexts.Run, Other];

    public override Type Answer => typeof(WhyReport);

    public override ToolAnswer Call(ToolCall call)
    {
        Results all = call.Store.LoadAll();
        RunRecord run = ToolCall.Find(all, ToolTexts.Run.Required(call));
        (RunRecord, string)? other = Other.Of(call) is { } named ? (ToolCall.Find(all, named), "named in the call") : OtherRun.Choose(all, run);
        return new ToolAnswer(WhyReport.Of(call.Store, run, other)) { Damaged = all.Damage.Count, Rest = "'assay why RUN OTHER --json' at a shell has all of it." };
    }
}
