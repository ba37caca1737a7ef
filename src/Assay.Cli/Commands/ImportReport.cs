namespace Assay.Cli;

/// <summary>What an import brought, or in a dry run would bring, and what it left.</summary>
/// <param name="Store">The store's folder.</param>
/// <param name="From">The system: exprag or metalab.</param>
/// <param name="Source">The folder that was read.</param>
/// <param name="DryRun">Whether nothing was written.</param>
/// <param name="Runs">The source's runs by what became of them.</param>
/// <param name="Experiments">The source's runs by experiment.</param>
/// <param name="Values">Tracked values and points of series.</param>
/// <param name="Artifacts">Artifacts and data.</param>
/// <param name="Bytes">Their length.</param>
/// <param name="Damaged">What cannot be read.</param>
/// <param name="Left">What is sound and did not come over.</param>
/// <param name="Remarks">What to know of what came over.</param>
internal sealed record ImportReport(
    string Store, string From, string Source, bool DryRun, ImportedRuns Runs, IReadOnlyList<ImportedExperiment> Experiments, long Values, long Artifacts, long Bytes, IReadOnlyList<ImportRemark> Damaged,
    IReadOnlyList<ImportRemark> Left, IReadOnlyList<string> Remarks) : Report
{
    public static ImportReport Of(string store, string from, string source, bool dryRun, ImportLedger ledger) => new(
        store, from, source, dryRun, new ImportedRuns(ledger.Found, ledger.New, ledger.Changed, ledger.Known, ledger.Removed), ledger.Experiments, ledger.Values, ledger.Artifacts, ledger.Bytes, ledger.Damaged, ledger.Left, ledger.Remarks);
}

/// <param name="Found">All of the source.</param>
/// <param name="New">Those the store did not have.</param>
/// <param name="Changed">Those it had otherwise: they got another attempt.</param>
/// <param name="Known">Those it had so already.</param>
/// <param name="Removed">Those that were removed from it and can be restored: they were left alone.</param>
internal sealed record ImportedRuns(int Found, int New, int Changed, int Known, int Removed);
