namespace Assay.Questions;

/// <summary>Writes answers as text: lines, headings, labelled facts and grids; aligned and without decoration.</summary>
public class Page(TextWriter output)
{
    private const int LabelWidth = 14;

    internal Answer? Answer { private get; set; }

    /// <summary>Whether columns with the same value in every row may stand in a line above a grid.</summary>
    public virtual bool FoldsConstants => false;

    /// <summary>Where the text goes.</summary>
    protected TextWriter Output => output;

    /// <summary>Writes a line; control characters are shown as escapes.</summary>
    public void Line(string text = "") => output.WriteLine(Printable.Line(text));

    /// <summary>Writes a heading behind an empty line.</summary>
    public virtual void Heading(string text)
    {
        output.WriteLine();
        Line(text);
    }

    /// <summary>Writes a label and its value; nothing when the value is empty.</summary>
    public void Fact(string label, string value)
    {
        if (value.Length > 0) Line(Fitted(label.PadRight(LabelWidth) + value));
    }

    /// <summary>Writes how much of a list is shown and how to see more; nothing when all is shown.</summary>
    internal void Rest(int shown, int total, string noun, string more = "--limit N or --all shows more")
    {
        if (shown < total) Line($"{Words.Number(shown)} of {Words.Count(total, noun)}; {more}.");
    }

    /// <summary>Writes an indented line.</summary>
    public void Item(string text) => Line(Fitted("  " + text));

    /// <summary>Writes a text with its own line breaks, indented.</summary>
    public void Block(string text)
    {
        foreach (string line in Printable.Block(text).TrimEnd('\n').Split('\n')) output.WriteLine("  " + line);
    }

    /// <summary>Writes a patch as git writes it.</summary>
    public virtual void Patch(string patch) => output.Write(Printable.Source(patch));

    /// <summary>Writes data as they are; on a terminal, what would steer it is escaped.</summary>
    public virtual void Raw(string text) => output.Write(text);

    /// <summary>Writes rows under headings.</summary>
    public virtual void Grid(TextGrid grid)
    {
        foreach (string line in grid.Table(keys: 1).Lines()) output.WriteLine(line);
    }

    /// <summary>Writes a small table below a heading, without decoration on any surface.</summary>
    public virtual void Inset(TextGrid grid)
    {
        foreach (string line in grid.Table(keys: 1).Lines()) output.WriteLine("  " + line);
    }

    /// <summary>The heading of a column of times.</summary>
    public virtual string TimeHeading(string name) => name + " (UTC)";

    /// <summary>A time in a column.</summary>
    public virtual string Time(DateTimeOffset time) => Words.Time(time);

    /// <summary>A status in a column.</summary>
    public virtual string Status(string status) => status;

    /// <summary>A line of data, as long as the surface has room for.</summary>
    protected virtual string Fitted(string line) => line;

    /// <summary>Writes rows under headings, or where there are none a line that says so.</summary>
    internal void Grid(TextGrid grid, string none)
    {
        if (grid.Rows.Count == 0) Line(none);
        else Grid(grid);
    }

    /// <summary>Writes a heading and a small table below it; nothing when the table is empty.</summary>
    internal void Section(string heading, TextGrid grid)
    {
        if (grid.Rows.Count == 0) return;
        Heading(heading);
        Inset(grid);
    }

    /// <summary>An id with as many digits as distinguish it from those of other runs.</summary>
    internal string ShortId(string id) => Answer!.ShortId(id);
}
