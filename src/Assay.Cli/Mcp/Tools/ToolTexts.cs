namespace Assay.Cli.Mcp;

/// <summary>What several tools say alike.</summary>
internal static class ToolTexts
{
    /// <summary>How a run is named.</summary>
    public const string Addresses = "a run_id or its first digits, latest, latest~N for the Nth before it, best:METRIC, or best:METRIC:min";

    public const string Field = "a name such as accuracy, params.lr, metrics.acc, metadata.x.y, tracked.layers[].size";

    /// <summary>The parameter of a tool that is about one run.</summary>
    public static TextParameter Run { get; } = new("run", $"The run: {Addresses}", required: true);

    /// <summary>How many elements a page has.</summary>
    public static NumberParameter Limit(int otherwise, int most, string what) => new("limit", $"At most so many {what}", 1, most, otherwise);
}
