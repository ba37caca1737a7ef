using Spectre.Console;

namespace Assay.Cli;

/// <summary>Text on a terminal, drawn and coloured.</summary>
internal sealed class TerminalPage(ToolConsole console) : Page(console.Out)
{
    public override void Heading(string text)
    {
        Output.WriteLine();
        console.Drawing().MarkupLine($"[bold]{Markup.Escape(Printable.Line(text))}[/]");
    }

    /// <summary>With the usual colours of a patch.</summary>
    public override void Patch(string patch)
    {
        IAnsiConsole drawing = console.Drawing();
        foreach (string line in patch.TrimEnd('\n').Split('\n')) drawing.Write(new Text(Printable.Block(line) + "\n", StyleOf(line)));
    }

    public override void Raw(string text) => console.Out.Write(Printable.Source(text));

    /// <summary>In several blocks where the terminal is narrow.</summary>
    public override void Grid(TextGrid grid)
    {
        var table = new TextTable(grid.Columns, keys: grid.Columns[0] == "@" ? 2 : 1);
        foreach (IReadOnlyList<string> row in grid.Rows) table.Add(row);
        IAnsiConsole drawing = console.Drawing();
        IEnumerable<string> lines = table.Lines(drawing.Profile.Width, (column, cell) => Coloured(grid.Columns[column], cell));
        // The terminal itself breaks a line that is too long for it: a cell that is broken between words could be taken for two.
        drawing.Profile.Width = 1_000_000;
        foreach (string line in lines) drawing.MarkupLine(line);
    }

    private static Style StyleOf(string line) => line switch
    {
        ['@', '@', ..] => new Style(Color.Aqua),
        ['+', '+', '+', ' ', ..] or ['-', '-', '-', ' ', ..] or ['d', 'i', 'f', 'f', ' ', ..] => new Style(decoration: Decoration.Bold),
        ['+', ..] => new Style(Color.Green),
        ['-', ..] => new Style(Color.Red),
        _ => Style.Plain,
    };

    private static string Coloured(string column, string cell)
    {
        string colour = column != "status" ? "" : cell switch
        {
            "success" => "green",
            "failed" => "red",
            "running" => "blue",
            "cancelled" or "interrupted" => "yellow",
            _ => "",
        };
        return colour.Length == 0 ? Markup.Escape(cell) : $"[{colour}]{Markup.Escape(cell)}[/]";
    }
}
