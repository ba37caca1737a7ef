namespace Assay.Questions;

/// <summary>What runs recorded, by path.</summary>
internal sealed record PathsReport(string Store, int Runs, int Total, int Shown, IReadOnlyList<PathLine> Paths) : Report;

/// <summary>A path: what it belongs to, how many values it has in how many runs, of which types, and the first different ones.</summary>
internal sealed record PathLine(
    string Place, string Path, long Count, int Runs, bool Numeric, IReadOnlyList<string> Types, IReadOnlyList<object?> Examples)
{
    public static PathLine Of(PathSummary path) =>
        new(path.Place, path.Path, path.Count, path.Runs, path.IsNumeric, path.Types, path.Examples);
}

/// <summary>The report of <c>paths</c> as text.</summary>
internal static class PathsText
{
    private const int LongestExample = 40;

    public static void Write(PathsReport report, Page page)
    {
        if (report.Total == 0)
        {
            page.Line("no values");
            return;
        }

        var grid = new TextGrid("path", "in", "count", "runs", "types", "examples");
        foreach (PathLine path in report.Paths)
        {
            grid.Add(
                Printable.Line(path.Path), path.Place, Words.Number(path.Count), Words.Number(path.Runs), string.Join(", ", path.Types),
                string.Join(", ", path.Examples.Select(e => Short(JsonText.Of(e)))));
        }

        page.Grid(grid);
        if (report.Shown < report.Total)
        {
            page.Line($"{Words.Number(report.Shown)} of {Words.Count(report.Total, "path")}; --limit N shows more, "
                + "--contains TEXT chooses.");
        }
    }

    private static string Short(string text) => Printable.Line(text.Length > LongestExample ? text[..LongestExample] + "…" : text);
}
