namespace Assay.Cli;

/// <summary>An import as text.</summary>
internal static class ImportText
{
    private const int Listed = 50;

    public static void Write(ImportReport report, Page page)
    {
        page.Line($"{(report.DryRun ? "would import" : "imported")} {Brought(report)} from {report.From}, {report.Source}");
        page.Line($"to {report.Store}{(report.DryRun ? "; nothing was written" : "")}");
        if (report.Runs.Known > 0) page.Line($"{Words.Count(report.Runs.Known, "run was", "runs were")} there already");
        if (report.Runs.Removed > 0) page.Line($"{Words.Count(report.Runs.Removed, "run was", "runs were")} removed from the store and left alone: 'assay rm --undo RUN' restores a run as it was, --anew imports all of them as new ones");
        if (report.Experiments.Count > 0)
        {
            page.Heading("experiments");
            var grid = new TextGrid("experiment", "runs");
            foreach (ImportedExperiment experiment in report.Experiments) grid.Add(Words.Title(experiment.Name, experiment.Version), Words.Number(experiment.Runs));
            page.Inset(grid);
        }

        List("damaged", report.Damaged, page);
        List("left behind", report.Left, page);
        if (report.Remarks.Count == 0) return;
        page.Heading("remarks");
        foreach (string remark in report.Remarks) page.Item(remark);
    }

    private static string Brought(ImportReport report)
    {
        string again = report.Runs.Changed > 0 ? $" ({Words.Number(report.Runs.Changed)} of them again: they changed, or their end was told)" : "";
        string values = report.Values > 0 ? $" with {Words.Count(report.Values, "value")}" : "";
        string artifacts = report.Artifacts > 0 ? $"{(values.Length > 0 ? " and" : " with")} {Words.Count(report.Artifacts, "artifact")} of {Words.Count(report.Bytes, "byte")}" : "";
        return Words.Count(report.Runs.New + report.Runs.Changed, "run") + again + values + artifacts;
    }

    private static void List(string heading, IReadOnlyList<ImportRemark> remarks, Page page)
    {
        if (remarks.Count == 0) return;
        page.Heading(heading);
        foreach (ImportRemark remark in remarks.Take(Listed)) page.Item($"{remark.File}{(remark.Line is { } line ? $":{line}" : "")}  {remark.Reason}");
        if (remarks.Count > Listed) page.Item($"and {Words.Number(remarks.Count - Listed)} more; --json has all");
    }
}
