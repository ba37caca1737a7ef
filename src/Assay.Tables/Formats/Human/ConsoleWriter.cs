using System.Text;

namespace Assay.Tables;

/// <summary>Columns padded to their widest cell, a line below the header, no control sequences.</summary>
internal sealed class ConsoleWriter(TextTableOptions options) : HumanWriter(options)
{
    protected override void Compose(HumanCells cells, StringBuilder text)
    {
        int[] widths =
            Columns(cells).Select(column => Enumerable.Range(0, cells.RowCount).Select(row => DisplayWidth.Of(OneLine(cells[row, column])))
            .Append(DisplayWidth.Of(OneLine(cells.Name(column)))).Max()).ToArray();

        Line(text, cells, widths, cells.Name);
        text.AppendJoin("  ", widths.Select(width => new string('─', width))).Append('\n');
        for (int row = 0; row < cells.RowCount; row++)
        {
            int current = row;
            Line(text, cells, widths, column => cells[current, column]);
        }

        if (cells.HiddenRows > 0) text.Append("… ").Append(More(cells)).Append('\n');
    }

    private static void Line(StringBuilder text, HumanCells cells, int[] widths, Func<int, string> cell)
    {
        int start = text.Length;
        for (int column = 0; column < widths.Length; column++)
        {
            string shown = OneLine(cell(column));
            int padding = widths[column] - DisplayWidth.Of(shown);
            if (column > 0) text.Append("  ");
            if (cells.IsRightAligned(column)) text.Append(' ', padding).Append(shown);
            else text.Append(shown).Append(' ', padding);
        }

        while (text.Length > start && text[^1] == ' ') text.Length--;
        text.Append('\n');
    }

    // A line break or an escape sequence in a value would tear the table apart.
    private static string OneLine(string text) => text.Any(char.IsControl)
        ? string.Concat(text.Select(character => character switch { '\n' => '↵', _ => char.IsControl(character) ? ' ' : character }))
        : text;
}
