namespace Assay.Cli;

/// <summary>Runs that were asked for: how many there are, and those that are listed.</summary>
internal sealed record RunList(string Store, string? Experiment, int Total, int Shown, IReadOnlyList<RunSummary> Runs) : Report;
