namespace Assay.Analysis.Reports;

/// <summary>A part of a report.</summary>
internal abstract record ReportBlock;

/// <param name="Level">1 for that of the report.</param>
/// <param name="Text">The text.</param>
internal sealed record HeadingBlock(int Level, string Text) : ReportBlock;

internal sealed record TextBlock(string Text) : ReportBlock;

/// <summary>Rows of cells. A column of which every cell is empty is not shown.</summary>
internal sealed record GridBlock(IReadOnlyList<string> Columns, IReadOnlyList<IReadOnlyList<string>> Rows) : ReportBlock
{
    public static GridBlock Of<T>(IEnumerable<T> items, params IReadOnlyList<(string Heading, Func<T, string?> Cell)> columns)
    {
        string[][] rows = [.. items.Select(item => columns.Select(c => c.Cell(item) ?? "").ToArray())];
        int[] kept = [.. Enumerable.Range(0, columns.Count).Where(i => Array.Exists(rows, row => row[i].Length > 0))];
        return new GridBlock([.. kept.Select(i => columns[i].Heading)], [.. rows.Select(row => kept.Select(i => row[i]).ToArray())]);
    }
}

/// <param name="Name">The name of its file, without an ending.</param>
/// <param name="Figure">The figure.</param>
internal sealed record FigureBlock(string Name, Figure Figure) : ReportBlock;
