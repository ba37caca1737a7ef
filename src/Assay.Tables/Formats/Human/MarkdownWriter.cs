using System.Text;

namespace Assay.Tables;

/// <summary>A pipe table of GitHub's Markdown.</summary>
internal sealed class MarkdownWriter(TextTableOptions options) : HumanWriter(options)
{
    protected override void Compose(HumanCells cells, StringBuilder text)
    {
        if (cells.ColumnCount == 0) return;
        Line(text, Columns(cells).Select(column => Escape(cells.Name(column))));
        Line(text, Columns(cells).Select(column => cells.IsRightAligned(column) ? "---:" : "---"));
        for (int row = 0; row < cells.RowCount; row++)
        {
            int current = row;
            Line(text, Columns(cells).Select(column => Escape(cells[current, column])));
        }

        if (cells.HiddenRows > 0) text.Append("\n… ").Append(More(cells)).Append('\n');
    }

    private static void Line(StringBuilder text, IEnumerable<string> cells) =>
        text.Append("| ").AppendJoin(" | ", cells).Append(" |\n");

    private static string Escape(string text)
    {
        var escaped = new StringBuilder(text.Length);
        foreach (char character in text.ReplaceLineEndings("\n"))
        {
            if (character == '\n') escaped.Append("<br>");
            else if (character == '<') escaped.Append("&lt;");
            else if (character == '&') escaped.Append("&amp;");
            else if (@"\`*_[]|".Contains(character, StringComparison.Ordinal)) escaped.Append('\\').Append(character);
            else escaped.Append(character);
        }

        return escaped.ToString();
    }
}
