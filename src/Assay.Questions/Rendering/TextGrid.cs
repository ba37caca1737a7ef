namespace Assay.Questions;

/// <summary>Rows under headings.</summary>
/// <param name="columns">The headings.</param>
public sealed class TextGrid(params IReadOnlyList<string> columns)
{
    private readonly List<IReadOnlyList<string>> _rows = [];

    /// <summary>The headings.</summary>
    public IReadOnlyList<string> Columns => columns;

    /// <summary>The cells, row by row.</summary>
    public IReadOnlyList<IReadOnlyList<string>> Rows => _rows;

    /// <summary>Adds a row.</summary>
    /// <param name="cells">A cell for each column.</param>
    public void Add(params IReadOnlyList<string> cells) => _rows.Add(cells);

    /// <summary>The same rows without those of some columns in which every cell is empty.</summary>
    /// <param name="names">The headings of the columns.</param>
    public TextGrid WithoutEmpty(params IReadOnlyList<string> names)
    {
        int[] kept = [
            .. Enumerable.Range(0, columns.Count).Where(i => !names.Contains(columns[i]) || _rows.Exists(row => row[i].Length > 0))];
        var grid = new TextGrid([.. kept.Select(i => columns[i])]);
        foreach (IReadOnlyList<string> row in _rows) grid.Add([.. kept.Select(i => row[i])]);
        return grid;
    }

    /// <summary>Writes aligned columns without decoration; the last one is not padded.</summary>
    /// <param name="output">Where to.</param>
    /// <param name="indent">What each line begins with.</param>
    public void Write(TextWriter output, string indent)
    {
        IReadOnlyList<string>[] all = [columns, .. _rows];
        int[] widths = [.. columns.Select((_, i) => all.Max(row => row[i].Length))];
        foreach (IReadOnlyList<string> row in all)
            output.WriteLine((indent + string.Join("  ", row.Select((cell, i) => cell.PadRight(widths[i])))).TrimEnd());
    }
}
