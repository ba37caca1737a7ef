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

        page.Grid(TextGrid.Of(
            report.Paths, ("path", p => p.Path), ("in", p => p.Place), ("count", p => Words.Number(p.Count)),
            ("runs", p => Words.Number(p.Runs)), ("types", p => string.Join(", ", p.Types)),
            ("examples", p => string.Join(", ", p.Examples.Select(e => Words.Cut(JsonText.Of(e), LongestExample))))));
        if (report.Shown < report.Total)
        {
            string shown = $"{Words.Number(report.Shown)} of {Words.Count(report.Total, "path")}";
            page.Line($"{shown}; --limit N shows more, --contains TEXT chooses.");
        }
    }
}
