using System.Text;

namespace Assay.Tables;

/// <summary>A <c>tabular</c> with the rules of the package booktabs.</summary>
internal sealed class LatexWriter(TextTableOptions options) : HumanWriter(options)
{
    protected override void Compose(HumanCells cells, StringBuilder text)
    {
        string alignment = string.Concat(Columns(cells).Select(column => cells.IsRightAligned(column) ? 'r' : 'l'));
        text.Append("% needs \\usepackage{booktabs}\n\\begin{tabular}{").Append(alignment).Append("}\n\\toprule\n");
        Line(text, Columns(cells).Select(cells.Name));
        text.Append("\\midrule\n");
        for (int row = 0; row < cells.RowCount; row++)
        {
            int current = row;
            Line(text, Columns(cells).Select(column => cells[current, column]));
        }

        text.Append("\\bottomrule\n\\end{tabular}\n");
        if (cells.HiddenRows > 0) text.Append("% ").Append(More(cells)).Append('\n');
    }

    private static void Line(StringBuilder text, IEnumerable<string> cells) =>
        text.AppendJoin(" & ", cells.Select(Escape)).Append(" \\\\\n");

    private static string Escape(string text)
    {
        var escaped = new StringBuilder(text.Length);
        foreach (char character in text.ReplaceLineEndings(" "))
            escaped.Append(character switch
            {
                '\\' => @"\textbackslash{}",
                '~' => @"\textasciitilde{}",
                '^' => @"\textasciicircum{}",
                '<' => @"\textless{}",
                '>' => @"\textgreater{}",
                '[' or ']' => $"{{{character}}}",
                '&' or '%' or '$' or '#' or '_' or '{' or '}' => @"\" + character,
                _ => character.ToString(),
            });
        return escaped.ToString();
    }
}
