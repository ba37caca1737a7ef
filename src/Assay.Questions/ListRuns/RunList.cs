namespace Assay.Questions;

/// <summary>
/// Runs that were asked for: how many there are, those that are listed, and the names of the values asked for, null for the usual ones.
/// </summary>
internal sealed record RunList(
    string Store, string? Experiment, int Total, int Shown, IReadOnlyList<string>? Columns, IReadOnlyList<RunSummary> Runs) : Report;
