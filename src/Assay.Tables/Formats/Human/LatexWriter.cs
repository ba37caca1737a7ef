namespace Assay.Tables;

/// <summary>A <c>tabular</c> with the rules of the package booktabs.</summary>
internal sealed class LatexWriter(TextTableOptions options) : HumanWriter(options)
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
