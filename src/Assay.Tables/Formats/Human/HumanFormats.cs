namespace Assay.Tables;

/// <summary>Columns padded to their widest cell, a line below the header, no control sequences.</summary>
internal sealed class ConsoleWriter : HumanWriter
{
    protected override void Compose(HumanCells cells, StringBuilder text)
    {
        List<string[]> lines = [OneLine(cells.Names), .. cells.Rows.Select(OneLine)];
        int[] widths = [.. cells.Names.Select((_, column) => lines.Max(line => DisplayWidth.Of(line[column])))];
        for (int line = 0; line < lines.Count; line++)
        {
            Line(text, lines[line], widths, cells.AreRightAligned);
            if (line == 0) text.AppendJoin("  ", widths.Select(width => new string('─', width))).Append('\n');
        }

        if (cells.Rest is { } rest) text.Append("… ").Append(rest).Append('\n');
    }

    private static void Line(StringBuilder text, string[] cells, int[] widths, bool[] areRightAligned)
    {
        int start = text.Length;
        for (int column = 0; column < widths.Length; column++)
        {
            int padding = widths[column] - DisplayWidth.Of(cells[column]);
            if (column > 0) text.Append("  ");
            if (areRightAligned[column]) text.Append(' ', padding).Append(cells[column]);
            else text.Append(cells[column]).Append(' ', padding);
        }

        while (text.Length > start && text[^1] == ' ') text.Length--;
        text.Append('\n');
    }

    // A line break or an escape sequence in a value would tear the table apart.
    private static string[] OneLine(string[] cells) => Array.ConvertAll(cells, cell => cell.Any(char.IsControl)
        ? string.Concat(cell.Select(character => character == '\n' ? '↵' : char.IsControl(character) ? ' ' : character))
        : cell);
}

/// <summary>A pipe table of GitHub's Markdown.</summary>
internal sealed class MarkdownWriter : HumanWriter
{
    protected override void Compose(HumanCells cells, StringBuilder text)
    {
        if (cells.Names.Length == 0) return;
        Line(text, cells.Names.Select(Escape));
        Line(text, cells.AreRightAligned.Select(isRight => isRight ? "---:" : "---"));
        foreach (string[] row in cells.Rows) Line(text, row.Select(Escape));
        if (cells.Rest is { } rest) text.Append("\n… ").Append(rest).Append('\n');
    }

    private static void Line(StringBuilder text, IEnumerable<string> cells) => text.Append("| ").AppendJoin(" | ", cells).Append(" |\n");

    private static string Escape(string text) => string.Concat(text.ReplaceLineEndings("\n").Select(character => character switch
    {
        '\n' => "<br>",
        '<' => "&lt;",
        '&' => "&amp;",
        '\\' or '`' or '*' or '_' or '[' or ']' or '|' => @"\" + character,
        _ => character.ToString(),
    }));
}

/// <summary>A <c>tabular</c> with the rules of the package booktabs.</summary>
internal sealed class LatexWriter : HumanWriter
{
    protected override void Compose(HumanCells cells, StringBuilder text)
    {
        string alignment = string.Concat(cells.AreRightAligned.Select(isRight => isRight ? 'r' : 'l'));
        text.Append("% needs \\usepackage{booktabs}\n\\begin{tabular}{").Append(alignment).Append("}\n\\toprule\n");
        Line(text, cells.Names);
        text.Append("\\midrule\n");
        foreach (string[] row in cells.Rows) Line(text, row);
        text.Append("\\bottomrule\n\\end{tabular}\n");
        if (cells.Rest is { } rest) text.Append("% ").Append(rest).Append('\n');
    }

    private static void Line(StringBuilder text, string[] cells) => text.AppendJoin(" & ", cells.Select(Escape)).Append(" \\\\\n");

    private static string Escape(string text) => string.Concat(text.ReplaceLineEndings(" ").Select(character => character switch
    {
        '\\' => @"\textbackslash{}",
        '~' => @"\textasciitilde{}",
        '^' => @"\textasciicircum{}",
        '<' => @"\textless{}",
        '>' => @"\textgreater{}",
        '[' or ']' => $"{{{character}}}",
        '&' or '%' or '$' or '#' or '_' or '{' or '}' => @"\" + character,
        _ => character.ToString(),
    }));
}

/// <summary>A bare <c>table</c> element without styles, to be put into a page.</summary>
internal sealed class HtmlWriter : HumanWriter
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
