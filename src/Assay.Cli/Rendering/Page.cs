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

    public void Grid(TextGrid grid) => grid.Write(console);

    /// <summary>A small table below a heading: never drawn, because a page of boxes is hard to read.</summary>
    public void Inset(TextGrid grid) => grid.WritePlain(console.Out, "  ");
}
