using System.Text.Json.Serialization;

namespace Assay.Questions;

/// <summary>An answer as data; every answer in JSON begins with its members.</summary>
public abstract record Report
{
    /// <summary>Raised when a field changes its meaning or goes away; new fields do not raise it.</summary>
    [JsonPropertyOrder(-1)]
    public int SchemaVersion { get; } = 1;
}

/// <summary>An answer about runs that a filter chose.</summary>
internal abstract record RunsReport : Report
{
    /// <summary>The number of runs that the filter fits, but that are of earlier code or another context, and left out.</summary>
    [JsonPropertyOrder(1)]
    public int EarlierLeftOut { get; init; }

    /// <summary>Whether a line below the text says so. Default: yes.</summary>
    internal virtual bool HasLineOfEarlier => true;
}
