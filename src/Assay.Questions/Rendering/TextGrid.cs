namespace Assay.Questions;

/// <summary>Rows under headings, as they are; <see cref="TextTable"/> escapes what is printed.</summary>
public sealed class TextGrid(params IReadOnlyList<string> columns)
{
    private readonly List<IReadOnlyList<string>> _rows = [];

    /// <summary>The headings.</summary>
    public IReadOnlyList<string> Columns { get; } = [.. columns];

    /// <summary>The cells, row by row.</summary>
    public IReadOnlyList<IReadOnlyList<string>> Rows => _rows;

    /// <summary>Whether a terminal shows columns with the same value in every row in a line above. Default: it does not.</summary>
    public bool FoldsConstants { get; set; }

    /// <summary>
    /// How many of the first columns say what a row is about, and are repeated where a terminal is too narrow for all. Default: one.
    /// </summary>
    public int Keys { get; set; } = 1;

    /// <summary>A grid with a row for each of some items: columns of a heading and the cell of an item, of which null is empty.</summary>
    public static TextGrid Of<T>(IEnumerable<T> items, params IReadOnlyList<(string Heading, Func<T, string?> Cell)> columns)
    {
        var grid = new TextGrid([.. columns.Select(column => column.Heading)]);
        foreach (T item in items) grid.Add([.. columns.Select(column => column.Cell(item) ?? "")]);
        return grid;
    }

    /// <summary>Adds a row.</summary>
    public void Add(params IReadOnlyList<string> cells) => _rows.Add(cells);

    /// <summary>The same rows without those of some columns, by their headings, in which every cell is empty.</summary>
    public TextGrid WithoutEmpty(params IReadOnlyList<string> names)
    {
        int[] kept =
            [.. Enumerable.Range(0, Columns.Count).Where(i => !names.Contains(Columns[i]) || _rows.Exists(row => row[i].Length > 0))];
        var grid = new TextGrid([.. kept.Select(i => Columns[i])]) { FoldsConstants = FoldsConstants, Keys = Keys };
        foreach (IReadOnlyList<string> row in _rows) grid.Add([.. kept.Select(i => row[i])]);
        return grid;
    }

    /// <summary>The same as a table of text, in which the first columns identify a row.</summary>
    public TextTable Table(int keys)
    {
        var table = new TextTable(Columns, keys) { FoldsConstants = FoldsConstants };
        foreach (IReadOnlyList<string> row in _rows) table.Add(row);
        return table;
    }
}
