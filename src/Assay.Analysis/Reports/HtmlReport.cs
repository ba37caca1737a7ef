using System.Net;
using System.Text;
using Assay.Analysis.Figures;

namespace Assay.Analysis.Reports;

/// <summary>A report as one HTML page with its figures inside.</summary>
internal static class HtmlReport
{
    private const string Style = """
        body { max-width: 62rem; margin: 2rem auto; line-height: 1.45; }
        h2 { margin-top: 2.2em; border-bottom: 1px solid #ccc; padding-bottom: 4px; }
        .grid { overflow-x: auto; }
        table { border-collapse: collapse; font-size: 14px; font-variant-numeric: tabular-nums; }
        th, td { padding: 3px 12px 3px 0; text-align: left; vertical-align: top; border-bottom: 1px solid #e4e4e4; }
        th { border-bottom: 1px solid #888; font-weight: 600; }
        td.number, th.number { text-align: right; }
        @media print { body { margin: 0; max-width: none; } h2, h3 { break-after: avoid; } tr, figure { break-inside: avoid; } }

        """;

    public static string Of(IReadOnlyList<ReportBlock> blocks)
    {
        FigureBlock[] figures = [.. blocks.OfType<FigureBlock>()];
        string title = blocks.OfType<HeadingBlock>().First().Text;
        return FigurePage.Of([.. figures.Select(f => f.Figure)], title, Style, shown =>
        {
            var body = new StringBuilder();
            int next = 0;
            foreach (ReportBlock block in blocks)
                body.Append(block switch
                {
                    HeadingBlock heading => $"<h{heading.Level}>{Encoded(heading.Text)}</h{heading.Level}>\n",
                    TextBlock paragraph => $"<p>{Encoded(paragraph.Text)}</p>\n",
                    GridBlock grid => Rows(grid),
                    FigureBlock => shown[next++],
                    _ => throw new InvalidOperationException($"A block is a {block.GetType().Name}."),
                });
            return body.ToString();
        });
    }

    private static string Rows(GridBlock grid)
    {
        bool[] numbers = [.. grid.Columns.Select((_, i) => grid.Rows.All(row => row[i].Length == 0 || IsNumber(row[i])))];
        var text = new StringBuilder("<div class=\"grid\"><table>\n<tr>");
        for (int i = 0; i < grid.Columns.Count; i++) text.Append(Cell("th", grid.Columns[i], numbers[i]));
        foreach (IReadOnlyList<string> row in grid.Rows)
        {
            text.Append("</tr>\n<tr>");
            for (int i = 0; i < row.Count; i++) text.Append(Cell("td", row[i], numbers[i]));
        }

        return text.Append("</tr>\n</table></div>\n").ToString();
    }

    private static string Cell(string tag, string text, bool isNumber) =>
        $"<{tag}{(isNumber ? " class=\"number\"" : "")}>{Encoded(text)}</{tag}>";

    private static bool IsNumber(string text) => text[0] is (>= '0' and <= '9') or '-' or '<';

    private static string Encoded(string text) => WebUtility.HtmlEncode(text);
}
