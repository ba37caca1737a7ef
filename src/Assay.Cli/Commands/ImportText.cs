namespace Assay.Cli;

/// <summary>An import as text.</summary>
internal static class ImportText
{
    private const int MostListed = 50;

    public static void Write(ImportReport report, Page page)
    {
        page.Line($"{(report.DryRun ? "would import" : "imported")} {Imported(report)} from {report.From}, {report.Source}");
        page.Line($"to {report.Store}{(report.DryRun ? "; nothing was written" : "")}");
        if (report.Runs.Known > 0) page.Line($"{Words.Count(report.Runs.Known, "run was", "runs were")} there already");
        if (report.Runs.Removed > 0)
        {
            page.Line($"{Words.Count(report.Runs.Removed, "run was", "runs were")} removed from the store and left alone: 'assay rm --undo "
                + "RUN' restores a run as it was, --anew imports all of them as new ones");
        }

        if (report.Experiments.Count > 0)
        {
            page.Heading("experiments");
            var grid = new TextGrid("experiment", "runs");
            foreach ((string name, string version, int runs) in report.Experiments)
                grid.Add(Words.Title(name, version), Words.Number(runs));
            page.Inset(grid);
        }

        List("damaged", report.Damaged, page);
        List("left behind", report.Left, page);
        if (report.Remarks.Count == 0) return;
        page.Heading("remarks");
        foreach (string remark in report.Remarks) page.Item(remark);
    }

    private static string Imported(ImportReport report)
    {
        string text = Words.Count(report.Runs.New + report.Runs.Changed, "run");
        if (report.Runs.Changed > 0) text += $" ({Words.Number(report.Runs.Changed)} of them again: they changed, or their end was told)";
        string[] parts =
        [
            .. report.Values > 0 ? [Words.Count(report.Values, "value")] : (string[])[],
            .. report.Artifacts > 0
                ? [$"{Words.Count(report.Artifacts, "artifact")} of {Words.Count(report.Bytes, "byte")}"] : (string[])[],
        ];
        return parts.Length > 0 ? $"{text} with {string.Join(" and ", parts)}" : text;
    }

    private static void List(string heading, IReadOnlyList<ImportRemark> remarks, Page page)
    {
        if (remarks.Count == 0) return;
        page.Heading(heading);
        foreach ((string file, long? line, string reason) in remarks.Take(MostListed))
            page.Item($"{file}{(line is null ? "" : $":{line}")}  {reason}");
        if (remarks.Count > MostListed) page.Item($"and {Words.Number(remarks.Count - MostListed)} more; --json has all");
    }
}
