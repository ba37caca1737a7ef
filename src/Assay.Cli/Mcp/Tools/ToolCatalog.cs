namespace Assay.Cli.Mcp;

/// <summary>All tools, in the order a client lists them.</summary>
internal static class ToolCatalog
{
    public static IReadOnlyList<StoreTool> Of(bool writes) => [.. Reading(), .. writes ? Writing() : []];

    private static StoreTool[] Reading() =>
    [
        new ListExperimentsTool(), new ListRunsTool(), new GetRunTool(), new BestRunsTool(), new CompareRunsTool(), new MetricHistoryTool(), new ListPathsTool(), new SelectValuesTool(),
        new ExplainRunTool(), new DiffCodeTool(), new ExportTableTool(),
    ];

    private static StoreTool[] Writing() => [new AddNoteTool(), new TagRunTool(), new CheckoutCodeTool(), new RemoveRunsTool()];
}
