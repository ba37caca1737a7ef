using Spectre.Console;
using Spectre.Console.Rendering;

namespace Assay.Messages;

/// <summary>
/// A table that never loses or breaks a cell on a narrow terminal: columns that do not fit beside the others follow in further blocks,
/// each of which repeats the first columns. Not thread-safe.
/// </summary>
/// <param name="headings">Column names, as plain text.</param>
/// <param name="keys">How many of the first columns identify a row, and are repeated in every block.</param>
public sealed class DrawnTable(IReadOnlyList<string> headings, int keys)
{
    // Of the simple border: a space on both sides of a cell, one between cells, one at each end.
    private const int Padding = 2;
    private const int Line = 1;

    private readonly List<IReadOnlyList<string>> _rows = [];

    /// <summary>How a cell is coloured, as markup of the (already escaped) text; plain by default.</summary>
    public Func<int, string, string> Markup { get; init; } = (_, text) => Spectre.Console.Markup.Escape(text);

    /// <summary>Adds a row.</summary>
    /// <param name="cells">One text for each heading.</param>
    public void Add(params IReadOnlyList<string> cells) => _rows.Add(cells);

    /// <summary>Writes all blocks, as wide as the console is.</summary>
    /// <param name="console">The console.</param>
    public void Write(IAnsiConsole console)
    {
        IReadOnlyList<IReadOnlyList<int>> blocks = Blocks(console.Profile.Width);
        foreach (IReadOnlyList<int> block in blocks)
        {
            // Where even one column beside the keys is too wide, the terminal breaks the lines: nothing is lost by that, unlike by cutting cells.
            if (WidthOf(block) > console.Profile.Width) WritePlain(console.Profile.Out.Writer, block);
            else console.Write(Drawn(block));
        }
    }

    /// <summary>The columns of each block, in order; every column is in one of them, the keys are in all.</summary>
    internal IReadOnlyList<IReadOnlyList<int>> Blocks(int width)
    {
        int[] key = [.. Enumerable.Range(0, Math.Min(keys, headings.Count))];
        var blocks = new List<IReadOnlyList<int>>();
        List<int> block = [.. key];
        for (int column = key.Length; column < headings.Count; column++)
        {
            if (block.Count > key.Length && WidthOf([.. block, column]) > width)
            {
                blocks.Add(block);
                block = [.. key];
            }

            block.Add(column);
        }

        blocks.Add(block);
        return blocks;
    }

    private int WidthOf(IReadOnlyList<int> columns) => Line + columns.Sum(c => ColumnWidth(c) + Padding + Line);

    private int ColumnWidth(int column) => _rows.Select(row => row[column]).Append(headings[column]).Max(text => new Segment(text).CellCount());

    private Spectre.Console.Table Drawn(IReadOnlyList<int> columns)
    {
        var table = new Spectre.Console.Table { Border = TableBorder.Simple };
        foreach (int column in columns) table.AddColumn(new TableColumn(Spectre.Console.Markup.Escape(headings[column])).NoWrap());
        foreach (IReadOnlyList<string> row in _rows) table.AddRow([.. columns.Select(c => Markup(c, row[c]))]);
        return table;
    }

    private void WritePlain(TextWriter output, IReadOnlyList<int> columns)
    {
        foreach (IReadOnlyList<string> row in _rows.Prepend(headings))
            output.WriteLine(string.Join("  ", columns.Select(c => row[c].PadRight(ColumnWidth(c)))).TrimEnd());
        output.WriteLine();
    }
}
