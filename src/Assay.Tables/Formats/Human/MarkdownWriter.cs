namespace Assay.Tables;

/// <summary>A pipe table of GitHub's Markdown.</summary>
internal sealed class MarkdownWriter(TextTableOptions options) : HumanWriter(options)
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
