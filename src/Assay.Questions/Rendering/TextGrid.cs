namespace Assay.Questions;

/// <summary>Rows under headings. Control characters in cells and headings are shown as escapes.</summary>
/// <param name="columns">The headings.</param>
public sealed class TextGrid(params IReadOnlyList<string> columns)
{
    private readonly List<IReadOnlyList<string>> _rows = [];

    /// <summary>The headings.</summary>
    public IReadOnlyList<string> Columns { get; } = [.. columns.Select(Printable.Line)];

    /// <summary>The cells, row by row.</summary>
    public IReadOnlyList<IReadOnlyList<string>> Rows => _rows;

    /// <summary>A grid with a row for each of some items.</summary>
    /// <typeparam name="T">The type of the items.</typeparam>
    /// <param name="items">The items.</param>
    /// <param name="columns">The columns: each heading with the cell of an item; null is an empty cell.</param>
    public static TextGrid Of<T>(IEnumerable<T> items, params IReadOnlyList<(string Heading, Func<T, string?> Cell)> columns)
    {
        var grid = new TextGrid([.. columns.Select(column => column.Heading)]);
        foreach (T item in items) grid.Add([.. columns.Select(column => column.Cell(item) ?? "")]);
        return grid;
    }

    /// <summary>Adds a row.</summary>
    /// <param name="cells">A cell for each column.</param>
    public void Add(params IReadOnlyList<string> cells) => _rows.Add([.. cells.Select(Printable.Line)]);

    /// <summary>The same rows without those of some columns in which every cell is empty.</summary>
    /// <param name="names">The headings of the columns.</param>
    public TextGrid WithoutEmpty(params IReadOnlyList<string> names)
    {
        int[] kept =
            [.. Enumerable.Range(0, Columns.Count).Where(i => !names.Contains(Columns[i]) || _rows.Exists(row => row[i].Length > 0))];
        var grid = new TextGrid([.. kept.Select(i => Columns[i])]);
        foreach (IReadOnlyList<string> row in _rows) grid.Add([.. kept.Select(i => row[i])]);
        return grid;
    }

    /// <summary>Writes aligned columns without decoration; the last one is not padded.</summary>
    /// <param name="output">Where to.</param>
    /// <param name="indent">What each line begins with.</param>
    public void Write(TextWriter output, string indent)
    {
        IReadOnlyList<string>[] all = [Columns, .. _rows];
        int[] widths = [.. Columns.Select((_, i) => all.Max(row => row[i].Length))];
        foreach (IReadOnlyList<string> row in all)
            output.WriteLine((indent + string.Join("  ", row.Select((cell, i) => cell.PadRight(widths[i])))).TrimEnd());
    }
}
