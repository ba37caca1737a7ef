using System.Text.Json.Serialization;

namespace Assay.Questions;

/// <summary>An answer as data; every answer in JSON begins with its members.</summary>
public abstract record Report
{
    /// <summary>Raised when a field changes its meaning or goes away; new fields do not raise it.</summary>
    [JsonPropertyOrder(-1)]
    public int SchemaVersion { get; } = 1;
}
