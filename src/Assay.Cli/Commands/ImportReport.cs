namespace Assay.Cli;

/// <summary>The answer of an import: its summary in the form of all answers.</summary>
internal sealed record ImportReport(
    string Store, string From, string Source, bool DryRun, ImportedRuns Runs, IReadOnlyList<ImportedExperiment> Experiments, long Values,
    long Artifacts, long Bytes, IReadOnlyList<ImportRemark> Damaged, IReadOnlyList<ImportRemark> Left, IReadOnlyList<string> Remarks)
    : Report
{
    public static ImportReport Of(ImportSummary s) => new(
        s.Store, s.From, s.Source, s.DryRun, s.Runs, s.Experiments, s.Values, s.Artifacts, s.Bytes, s.Damaged, s.Left, s.Remarks);
}
