using System.Text.Json.Serialization;

namespace Assay.Cli;

/// <summary>Runs that were asked for, and how many there are beyond those listed.</summary>
internal sealed record RunList(
    [property: JsonPropertyOrder(-1)] string Store,
    [property: JsonPropertyOrder(-1)] string? Experiment,
    [property: JsonPropertyOrder(-1)] int Total,
    IReadOnlyList<RunSummary> Runs) : Report
{
    /// <summary>How many of them are listed.</summary>
    [JsonPropertyOrder(-1)]
    public int Shown => Runs.Count;
}
