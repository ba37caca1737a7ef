using System.Diagnostics.CodeAnalysis;

namespace Assay;

/// <summary>
/// Grows a table row by row. Columns are in the order of their first appearance; a column that comes late has nulls above, one that a row
/// lacks has a null there. Not safe for use from several threads at once.
/// </summary>
/// <remarks>
/// No value is lost: a column whose values differ in type becomes as wide as it must, and the outcome does not depend on their order. Whole
/// numbers are <see cref="ColumnType.Int64"/>; together with floating-point numbers they are <see cref="ColumnType.Double"/> while all are
/// within ±2^53; every other mixture (a boolean and a number, a number and text, a whole number beyond 64 bits) is
/// <see cref="ColumnType.String"/>, with the text of each value. A decimal is a double when its digits survive. Enums count by name, GUIDs
/// and characters as text, dates and times of unknown zone as UTC, anything nested as <see cref="ColumnType.Json"/>. A row with a nested
/// value that has no JSON (a cycle, more than 64 levels, a property that throws) is refused, and the builder is as it was before, perhaps
/// with a new column of nulls.
/// </remarks>
public sealed class TableBuilder
{
    private readonly Dictionary<string, int> _positions = new(StringComparer.Ordinal);
    private readonly List<ColumnBuilder> _columns = [];

    /// <summary>Rows added so far.</summary>
    public int RowCount { get; private set; }

    /// <summary>Adds a row of names and values. Where a name comes twice the later value counts.</summary>
    /// <returns>This builder.</returns>
    /// <exception cref="TableException">A nested value has no JSON; the message names the column and the place in the value.</exception>
    public TableBuilder AddRow(IEnumerable<KeyValuePair<string, object?>> row)
    {
        ArgumentNullException.ThrowIfNull(row);
        int expected = 0;
        try
        {
            foreach ((string name, object? value) in row) Cell(name, ref expected).AddObject(value);
        }
        catch
        {
            foreach (ColumnBuilder column in _columns)
                if (column.Count > RowCount) column.RemoveLast();
            throw;
        }

        EndRow();
        return this;
    }

    /// <summary>
    /// Adds the public properties (and fields) of a record or an anonymous object as a row, in the order of their declaration. A dictionary
    /// with text keys counts by its entries.
    /// </summary>
    /// <returns>This builder.</returns>
    /// <exception cref="TableException">A property throws, or a nested value has no JSON; the message names it.</exception>
    [RequiresUnreferencedCode(ObjectRows.NeedsMembers)]
    public TableBuilder AddRow(object row)
    {
        ArgumentNullException.ThrowIfNull(row);
        return AddRow(ObjectRows.Entries(row));
    }

    /// <summary>Adds several rows.</summary>
    /// <returns>This builder.</returns>
    public TableBuilder AddRows(IEnumerable<IEnumerable<KeyValuePair<string, object?>>> rows)
    {
        foreach (IEnumerable<KeyValuePair<string, object?>> row in rows) AddRow(row);
        return this;
    }

    /// <summary>The table of the rows so far. The builder can grow on and be asked again.</summary>
    public Table Build()
    {
        foreach (ColumnBuilder column in _columns) column.AddNulls(RowCount - column.Count);
        return new Table(_columns.Select(column => column.Build()).ToArray(), RowCount);
    }

    /// <summary>
    /// The builder that takes the next value of a column in the current row. Rows mostly name the same columns in the same order, so the
    /// position expected next is tried before the dictionary.
    /// </summary>
    internal ColumnBuilder Cell(string name, ref int expected)
    {
        int position = expected < _columns.Count && _columns[expected].Name == name ? expected : Position(name);
        expected = position + 1;
        ColumnBuilder column = _columns[position];
        if (column.Count > RowCount) column.RemoveLast();
        column.AddNulls(RowCount - column.Count);
        return column;
    }

    internal void EndRow() => RowCount++;

    internal string? NameAt(int position) => position < _columns.Count ? _columns[position].Name : null;

    private int Position(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        if (_positions.TryGetValue(name, out int position)) return position;
        _columns.Add(new ColumnBuilder(name));
        _positions.Add(name, _columns.Count - 1);
        return _columns.Count - 1;
    }
}
