using System.Text.Json.Serialization;

namespace Assay.Cli;

/// <summary>What every JSON answer starts with.</summary>
internal abstract record Report
{
    /// <summary>Raised when a field changes its meaning or goes away; new fields do not raise it.</summary>
    [JsonPropertyOrder(-1)]
    public int SchemaVersion { get; } = 1;
}
