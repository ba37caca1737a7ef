using Spectre.Console;

namespace Assay.Cli;

/// <summary>Text on a terminal, drawn and coloured.</summary>
internal sealed class TerminalPage(ToolConsole console) : Page(console.Out)
{
    private static readonly Dictionary<string, (string Mark, string Colour)> Marks = new(StringComparer.Ordinal)
    {
        ["success"] = ("✓", "green"),
        ["failed"] = ("✗", "red"),
        ["running"] = ("▸", "blue"),
        ["cancelled"] = ("–", "yellow"),
        ["interrupted"] = ("!", "yellow"),
    };

    public override bool FoldsConstants => true;

    public override void Heading(string text)
    {
        Output.WriteLine();
        console.Drawing().MarkupLine($"[bold]{Markup.Escape(Fitted(text))}[/]");
    }

    /// <summary>With the usual colours of a patch.</summary>
    public override void Patch(string patch)
    {
        IAnsiConsole drawing = console.Drawing();
        foreach (string line in patch.TrimEnd('\n').Split('\n')) drawing.Write(new Text(Printable.Block(line) + "\n", StyleOf(line)));
    }

    public override void Raw(string text) => console.Out.Write(Printable.Source(text));

    public override void Grid(TextGrid grid)
    {
        IAnsiConsole drawing = console.Drawing();
        // A line fits; one that was broken between words could be taken for two.
        drawing.Profile.Width = 1_000_000;
        drawing.WriteLine();
        TextTable table = grid.Table(keys: grid.Columns[0] == "@" ? 2 : grid.Keys);
        foreach (string line in table.Lines(console.Width, Coloured)) drawing.MarkupLine(line);
    }

    public override void Inset(TextGrid grid)
    {
        foreach (string line in grid.Table(keys: 1).Lines(console.Width - 2, rule: false)) Output.WriteLine("  " + line);
    }

    public override string TimeHeading(string name) => name;

    public override string Time(DateTimeOffset time) => Words.Ago(time, console.Clock.GetUtcNow());

    public override string Status(string status) => Marks.TryGetValue(status, out (string Mark, string Colour) known)
        ? $"{known.Mark} {status}"
        : status;

    protected override string Fitted(string line) => TextTable.Cut(Printable.Line(line), console.Width);

    private static Style StyleOf(string line) => line switch
    {
        ['@', '@', ..] => new Style(Color.Aqua),
        ['+', '+', '+', ' ', ..] or ['-', '-', '-', ' ', ..] or ['d', 'i', 'f', 'f', ' ', ..] => new Style(decoration: Decoration.Bold),
        ['+', ..] => new Style(Color.Green),
        ['-', ..] => new Style(Color.Red),
        _ => Style.Plain,
    };

    private static string Coloured(string cell)
    {
        string text = Markup.Escape(cell);
        foreach ((string status, (string mark, string colour)) in Marks)
            if (cell == $"{mark} {status}") return $"[{colour}]{text}[/]";
        return text;
    }
}
