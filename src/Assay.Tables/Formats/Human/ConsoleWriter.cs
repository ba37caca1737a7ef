namespace Assay.Tables;

/// <summary>Columns padded to their widest cell, a line below the header, no control sequences.</summary>
internal sealed class ConsoleWriter(TextTableOptions options) : HumanWriter(options)
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
