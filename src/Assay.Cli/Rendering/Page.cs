using Spectre.Console;

namespace Assay.Cli;

/// <summary>Writes a report as text: lines, headings, labelled facts and grids.</summary>
internal sealed class Page(ToolConsole console)
{
    private const int LabelWidth = 14;

    public void Line(string text = "") => console.Out.WriteLine(Printable.Line(text));

    public void Heading(string text)
    {
        console.Out.WriteLine();
        if (console.IsTerminal) console.Drawing().MarkupLine($"[bold]{Markup.Escape(Printable.Line(text))}[/]");
        else Line(text);
    }

    /// <summary>A label and its value; nothing when the value is empty.</summary>
    public void Fact(string label, string value)
    {
        if (value.Length > 0) Line(label.PadRight(LabelWidth) + value);
    }

    public void Item(string text) => Line("  " + text);

    /// <summary>A text with its own line breaks, set in.</summary>
    public void Block(string text)
    {
        foreach (string line in Printable.Block(text).TrimEnd('\n').Split('\n')) console.Out.WriteLine("  " + line);
    }

    /// <summary>A patch as git writes it; on a terminal with its usual colours.</summary>
    public void Patch(string patch)
    {
        if (!console.IsTerminal)
        {
            console.Out.Write(patch);
            return;
        }

        IAnsiConsole drawing = console.Drawing();
        foreach (string line in patch.TrimEnd('\n').Split('\n')) drawing.Write(new Text(Printable.Block(line) + "\n", Coloured(line)));
    }

    private static Style Coloured(string line) => line switch
    {
        ['@', '@', ..] => new Style(Color.Aqua),
        ['+', '+', '+', ' ', ..] or ['-', '-', '-', ' ', ..] or ['d', 'i', 'f', 'f', ' ', ..] => new Style(decoration: Decoration.Bold),
        ['+', ..] => new Style(Color.Green),
        ['-', ..] => new Style(Color.Red),
        _ => Style.Plain,
    };

    public void Grid(TextGrid grid) => grid.Write(console);

    /// <summary>A small table below a heading: never drawn, because a page of boxes is hard to read.</summary>
    public void Inset(TextGrid grid) => grid.WritePlain(console.Out, "  ");
}
