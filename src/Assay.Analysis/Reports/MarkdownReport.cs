using System.Text;
using System.Text.RegularExpressions;

namespace Assay.Analysis.Reports;

/// <summary>A report as Markdown, whose figures are files in a folder beside its file; without a file there are none.</summary>
internal static partial class MarkdownReport
{
    // File systems hold 255 bytes.
    private const int LongestName = 60;

    public static string Of(IReadOnlyList<ReportBlock> blocks, string? file)
    {
        var text = new StringBuilder();
        foreach ((int place, ReportBlock block) in blocks.Index())
        {
            if (file is null && block is FigureBlock) continue;
            if (place > 0) text.Append('\n');
            text.Append(block switch
            {
                HeadingBlock heading => $"{new string('#', heading.Level)} {Escaped(heading.Text)}\n",
                TextBlock paragraph => Escaped(paragraph.Text) + "\n",
                GridBlock grid => Rows(grid),
                FigureBlock figure => Image(figure, place, file!),
                _ => throw new InvalidOperationException($"A block is a {block.GetType().Name}."),
            });
        }

        return text.ToString();
    }

    private static string Rows(GridBlock grid)
    {
        var text = new StringBuilder($"| {string.Join(" | ", grid.Columns.Select(Escaped))} |\n");
        text.Append('|').Append(string.Concat(Enumerable.Repeat("---|", grid.Columns.Count))).Append('\n');
        foreach (IReadOnlyList<string> row in grid.Rows) text.Append("| ").AppendJoin(" | ", row.Select(Escaped)).Append(" |\n");
        return text.ToString();
    }

    private static string Image(FigureBlock block, int place, string file)
    {
        string folder = Path.GetFileNameWithoutExtension(file) + "-figures";
        string named = NoName().Replace(block.Name, "_");
        string name = $"{place}-{named[..Math.Min(named.Length, LongestName)]}.svg";
        try
        {
            block.Figure.Save(Path.Combine(Path.GetDirectoryName(file)!, folder, name));
        }
        catch (AssayException fault)
        {
            return $"*{Escaped(block.Figure.Title ?? block.Name)}: {Escaped(fault.Message)}*\n";
        }

        return $"![{Escaped(block.Figure.Title ?? block.Name)}]({Uri.EscapeDataString(folder)}/{Uri.EscapeDataString(name)})\n";
    }

    // Values are data: none of them is a link, an image, a mention, a tag, a list or a rule.
    private static string Escaped(string text) => Special().Replace(Printable.Line(text), @"\$0");

    [GeneratedRegex(@"[\\`*_{}\[\]<>#|!~$@]|:(?=//)|(?<=\bwww)\.|^[-+](?= )|(?<=^\d+)[.)](?= )")]
    private static partial Regex Special();

    [GeneratedRegex("[^A-Za-z0-9.-]+")]
    private static partial Regex NoName();
}
