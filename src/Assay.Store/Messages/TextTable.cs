using Spectre.Console.Rendering;

namespace Assay.Messages;

/// <summary>A table as text that breaks no cell: columns that do not fit follow in blocks with the keys. Not thread-safe.</summary>
/// <param name="headings">Column names.</param>
/// <param name="keys">How many of the first columns identify a row, and are repeated in every block.</param>
public sealed class TextTable(IReadOnlyList<string> headings, int keys)
{
    // A space on both sides of a cell, one between cells, one at each end.
    private const int Padding = 2;
    private const int Border = 1;

    private readonly List<IReadOnlyList<string>> _rows = [];

    /// <summary>Adds a row.</summary>
    /// <param name="cells">One text for each heading.</param>
    public void Add(params IReadOnlyList<string> cells) => _rows.Add(cells);

    /// <summary>The lines of all blocks. Only a line whose single column beside the keys is too wide is longer than the width.</summary>
    /// <param name="width">How many characters fit on a line; those that a terminal draws twice as wide count twice.</param>
    /// <param name="style">
    /// How the text of a column is written, for example with colours, in as many visible characters. Default: as it is.
    /// </param>
    public IEnumerable<string> Lines(int width, Func<int, string, string>? style = null)
    {
        int[] widths = [.. headings.Select((_, column) => ColumnWidth(column))];
        foreach (IReadOnlyList<int> block in Blocks(width))
        {
            string Line(IReadOnlyList<string> row) => string.Concat(block.Select(c =>
                "  " + (style is null ? row[c] : style(c, row[c])) + new string(' ', widths[c] - WidthOf(row[c]) + 1))).TrimEnd();

            yield return "";
            yield return Line(headings);
            yield return new string('─', Math.Min(WidthOf(block), width));
            foreach (IReadOnlyList<string> row in _rows) yield return Line(row);
            yield return "";
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

    private int WidthOf(IReadOnlyList<int> columns) => Border + columns.Sum(c => ColumnWidth(c) + Padding + Border);

    private int ColumnWidth(int column) => _rows.Select(row => row[column]).Append(headings[column]).Max(WidthOf);

    private static int WidthOf(string text) => new Segment(text).CellCount();
}
