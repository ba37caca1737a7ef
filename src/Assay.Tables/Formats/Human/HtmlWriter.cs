namespace Assay.Tables;

/// <summary>A bare <c>table</c> element without styles, to be put into a page.</summary>
internal sealed class HtmlWriter(TextTableOptions options) : HumanWriter(options)
{
    protected override void Compose(HumanCells cells, StringBuilder text)
    {
        text.Append("<table>\n<thead>\n");
        Line(text, cells, "th", cells.Names);
        text.Append("</thead>\n<tbody>\n");
        foreach (string[] row in cells.Rows) Line(text, cells, "td", row);
        text.Append("</tbody>\n");
        if (cells.Rest is { } rest)
            text.Append(CultureInfo.InvariantCulture, $"<tfoot><tr><td colspan=\"{cells.Names.Length}\">… {rest}</td></tr></tfoot>\n");
        text.Append("</table>\n");
    }

    private static void Line(StringBuilder text, HumanCells cells, string element, string[] line)
    {
        text.Append("<tr>");
        for (int column = 0; column < line.Length; column++)
        {
            string style = cells.AreRightAligned[column] ? " style=\"text-align:right\"" : "";
            text.Append(CultureInfo.InvariantCulture, $"<{element}{style}>{Escape(line[column])}</{element}>");
        }

        text.Append("</tr>\n");
    }

    private static string Escape(string text) => text
        .Replace("&", "&amp;", StringComparison.Ordinal)
        .Replace("<", "&lt;", StringComparison.Ordinal)
        .Replace(">", "&gt;", StringComparison.Ordinal)
        .Replace("\"", "&quot;", StringComparison.Ordinal);
}
