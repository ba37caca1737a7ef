using Spectre.Console;

namespace Assay.Cli;

/// <summary>Text on a console: drawn and coloured on a terminal, plain elsewhere.</summary>
internal sealed class ConsolePage(ToolConsole console) : Page(console.Out)
{
    public override void Heading(string text)
    {
        if (!console.IsTerminal)
        {
            base.Heading(text);
            return;
        }

        Output.WriteLine();
        console.Drawing().MarkupLine($"[bold]{Markup.Escape(Printable.Line(text))}[/]");
    }

    /// <summary>With the usual colours of a patch.</summary>
    public override void Patch(string patch)
    {
        if (!console.IsTerminal)
        {
            base.Patch(patch);
            return;
        }

        IAnsiConsole drawing = console.Drawing();
        foreach (string line in patch.TrimEnd('\n').Split('\n')) drawing.Write(new Text(Printable.Block(line) + "\n", StyleOf(line)));
    }

    /// <summary>In several blocks where the terminal is narrow.</summary>
    public override void Grid(TextGrid grid)
    {
        if (!console.IsTerminal)
        {
            base.Grid(grid);
            return;
        }

        var table = new DrawnTable(grid.Columns, keys: grid.Columns[0] == "@" ? 2 : 1)
        {
            Markup = (column, cell) => Coloured(grid.Columns[column], cell),
        };
        foreach (IReadOnlyList<string> row in grid.Rows) table.Add(row);
        table.Write(console.Drawing());
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
