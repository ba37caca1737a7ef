using System.Globalization;
using System.Text;

namespace Assay.Tables;

/// <summary>A bare <c>table</c> element without styles, to be put into a page.</summary>
internal sealed class HtmlWriter(TextTableOptions options) : HumanWriter(options)
{
    protected override void Compose(HumanCells cells, StringBuilder text)
    {
        text.Append("<table>\n<thead>\n");
        Line(text, cells, "th", cells.Name);
        text.Append("</thead>\n<tbody>\n");
        for (int row = 0; row < cells.RowCount; row++)
        {
            int current = row;
            Line(text, cells, "td", column => cells[current, column]);
        }

        text.Append("</tbody>\n");
        if (cells.HiddenRows > 0)
            text.Append(CultureInfo.InvariantCulture, $"<tfoot><tr><td colspan=\"{cells.ColumnCount}\">… "
                + $"{More(cells)}</td></tr></tfoot>\n");
        text.Append("</table>\n");
    }

    private static void Line(StringBuilder text, HumanCells cells, string element, Func<int, string> cell)
    {
        text.Append("<tr>");
        foreach (int column in Columns(cells))
        {
            string style = cells.IsRightAligned(column) ? " style=\"text-align:right\"" : "";
            text.Append(CultureInfo.InvariantCulture, $"<{element}{style}>{Escape(cell(column))}</{element}>");
        }

        text.Append("</tr>\n");
    }

    private static string Escape(string text) => text
        .Replace("&", "&amp;", StringComparison.Ordinal)
        .Replace("<", "&lt;", StringComparison.Ordinal)
        .Replace(">", "&gt;", StringComparison.Ordinal)
        .Replace("\"", "&quot;", StringComparison.Ordinal);
}
