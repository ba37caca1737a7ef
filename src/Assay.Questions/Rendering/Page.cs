namespace Assay.Questions;

/// <summary>Writes answers as text: lines, headings, labelled facts and grids; aligned and without decoration.</summary>
/// <param name="output">Where to.</param>
public class Page(TextWriter output)
{
    private const int LabelWidth = 14;

    internal Answer? Answer { private get; set; }

    /// <summary>Where the text goes.</summary>
    protected TextWriter Output => output;

    /// <summary>Writes a line; control characters are shown as escapes.</summary>
    /// <param name="text">The line.</param>
    public void Line(string text = "") => output.WriteLine(Printable.Line(text));

    /// <summary>Writes a heading behind an empty line.</summary>
    /// <param name="text">The heading.</param>
    public virtual void Heading(string text)
    {
        output.WriteLine();
        Line(text);
    }

    /// <summary>Writes a label and its value; nothing when the value is empty.</summary>
    /// <param name="label">The label.</param>
    /// <param name="value">The value.</param>
    public void Fact(string label, string value)
    {
        if (value.Length > 0) Line(label.PadRight(LabelWidth) + value);
    }

    /// <summary>Writes how much of a list is shown and how to see more; nothing when all is shown.</summary>
    /// <param name="shown">The number of elements that are shown.</param>
    /// <param name="total">The number of elements.</param>
    /// <param name="noun">The noun of an element.</param>
    /// <param name="more">The options that show more, as the beginning of a sentence.</param>
    internal void Rest(int shown, int total, string noun, string more = "--limit N or --all")
    {
        if (shown < total) Line($"{Words.Number(shown)} of {Words.Count(total, noun)}; {more} shows more.");
    }

    /// <summary>Writes an indented line.</summary>
    /// <param name="text">The line.</param>
    public void Item(string text) => Line("  " + text);

    /// <summary>Writes a text with its own line breaks, indented.</summary>
    /// <param name="text">The text.</param>
    public void Block(string text)
    {
        foreach (string line in Printable.Block(text).TrimEnd('\n').Split('\n')) output.WriteLine("  " + line);
    }

    /// <summary>Writes a patch as git writes it.</summary>
    /// <param name="patch">The patch.</param>
    public virtual void Patch(string patch) => output.Write(patch);

    /// <summary>Writes a text as it is.</summary>
    /// <param name="text">The text.</param>
    public void Raw(string text) => output.Write(text);

    /// <summary>Writes rows under headings.</summary>
    /// <param name="grid">The rows.</param>
    public virtual void Grid(TextGrid grid) => grid.Write(output, "");

    /// <summary>Writes a small table below a heading, without decoration on any surface.</summary>
    /// <param name="grid">The rows.</param>
    public void Inset(TextGrid grid) => grid.Write(output, "  ");

    /// <summary>An id with as many digits as distinguish it from those of other runs.</summary>
    internal string ShortId(string id) => Answer!.ShortId(id);
}
