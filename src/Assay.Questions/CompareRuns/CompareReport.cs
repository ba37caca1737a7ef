namespace Assay.Questions;

/// <summary>Runs side by side.</summary>
/// <remarks><c>Same</c> counts the rows that are the same in all runs, listed or not.</remarks>
internal sealed record CompareReport(
    string Store, IReadOnlyList<ComparedRun> Runs, int Differing, int Same, int Shown, IReadOnlyList<CompareLine> Rows) : Report
{
    private static readonly string[] Order = ["run", "params", "labels", "metrics", "series", "tracked", "code", "metadata"];

    public static CompareReport Of(
        Store store, string[] addresses, RunRecord[] runs, IReadOnlyList<ComparedRow> rows, bool all, int limit, int skip = 0)
    {
        RunRecord[] different = [.. runs.DistinctBy(r => r.Id)];
        IEnumerable<ComparedRow> wanted = rows.Where(r => all || r.Differs).OrderBy(r => Array.IndexOf(Order, r.Part)).Skip(skip)
            .Take(limit);
        RecordedNumber? Change(ComparedRow row) => different.Length == 2 ? row.Change(different[0].Id, different[1].Id) : null;
        CompareLine[] shown = [.. wanted.Select(r => new CompareLine(r.Part, r.Name, r.Differs, r.Values, Change(r)))];
        return new CompareReport(
            store.Path, [.. runs.Select((r, i) => new ComparedRun(addresses[i], r.Id, r.Experiment, r.Version))],
            rows.Count(r => r.Differs), rows.Count(r => !r.Differs), shown.Length, shown);
    }
}

/// <summary>One of the runs, with the address it was called by.</summary>
internal sealed record ComparedRun(string Address, string RunId, string Experiment, string Version);

/// <summary>
/// A value of the runs, by run id; what a run does not have is missing. Of two runs with numbers also the change from the first to the
/// second.
/// </summary>
internal sealed record CompareLine(
    string Part, string Name, bool Differs, IReadOnlyDictionary<string, object?> Values, RecordedNumber? Change);

/// <summary>The report of <c>compare</c> as text.</summary>
internal static class CompareText
{
    public static void Write(CompareReport report, Page page)
    {
        string[] runs = [.. report.Runs.Select(r => r.RunId).Distinct(StringComparer.Ordinal)];
        if (runs.Length == 1)
        {
            page.Line($"{string.Join(" and ", report.Runs.Select(r => $"'{r.Address}'"))} name the same run, {runs[0]}: "
                + "there is nothing to compare.");
            return;
        }

        var grid = new TextGrid(["", .. runs.Select(page.ShortId), "change"]);
        foreach (CompareLine row in report.Rows)
        {
            string name = row.Part == "run" ? row.Name : $"{row.Part}.{row.Name}";
            grid.Add([name, .. runs.Select(id => Cell(row, id)), Change(row)]);
        }

        page.Grid(report.Rows.Any(r => r.Change is not null) ? grid : grid.WithoutEmpty("change"));
        int listedSame = report.Rows.Count(r => !r.Differs);
        int left = report.Differing - (report.Rows.Count - listedSame);
        if (left > 0) page.Line($"{Words.Count(left, "more row differs", "more rows differ")}; --limit N shows more.");
        if (report.Same > listedSame)
        {
            page.Line($"{Words.Count(report.Same - listedSame, "value is", "values are")} the same; "
                + $"--all shows {(report.Same == 1 ? "it" : "them")}.");
        }
    }

    private static string Cell(CompareLine row, string id) =>
        row.Values.TryGetValue(id, out object? value) ? value is null ? "null" : Words.Value(value) : "–";

    private static string Change(CompareLine row) => row.Change is not { } change || !row.Differs ? "" : row.Name == "duration"
        ? (change.Real < 0 ? "-" : "+") + Words.Duration(TimeSpan.FromSeconds(Math.Abs(change.Real)))
        : (change.Real > 0 ? "+" : "") + Words.Value(change.Value);
}
