using System.Diagnostics.CodeAnalysis;

namespace Assay;

/// <summary>
/// Named, typed columns of one length. Immutable: every operation returns a new table and shares what it can, so a table may be read from
/// several threads at once. Rows are counted from 0.
/// </summary>
public sealed partial class Table
{
    private readonly Column[] _columns;
    private readonly Dictionary<string, int> _positions;

    internal Table(Column[] columns, int rowCount)
    {
        _columns = columns;
        _positions = new Dictionary<string, int>(columns.Length, StringComparer.Ordinal);
        RowCount = rowCount;
        for (int i = 0; i < columns.Length; i++)
            if (!_positions.TryAdd(columns[i].Name, i))
                throw new TableException(
                    $"Two columns are named '{columns[i].Name}'; names must differ, so rename one with Column.Rename.");
    }

    /// <summary>No columns and no rows.</summary>
    public static Table Empty { get; } = new([], 0);

    /// <summary>The columns, in order.</summary>
    public IReadOnlyList<Column> Columns => _columns;

    /// <summary>Number of rows.</summary>
    public int RowCount { get; }

    /// <summary>The rows, as views that box values on access; for loops over many rows the spans of the columns are faster.</summary>
    public IReadOnlyList<TableRow> Rows => new TableRows(this);

    /// <summary>The column of a name.</summary>
    /// <exception cref="TableException">There is none; the message lists the names there are.</exception>
    public Column this[string name] => TryGetColumn(name, out Column? column)
        ? column
        : throw new TableException($"There is no column '{name}'; the table has {Describe()}.");

    /// <summary>Creates a table from columns. Nothing is copied.</summary>
    /// <exception cref="TableException">The columns differ in length, or two have one name.</exception>
    public static Table FromColumns(params IEnumerable<Column> columns)
    {
        Column[] all = columns.ToArray();
        foreach (Column column in all)
            if (column.Count != all[0].Count)
                throw new TableException($"Column '{column.Name}' has {column.Count} values but '{all[0].Name}' has {all[0].Count}; "
                    + "all columns of a table have one length.");
        return new Table(all, all.Length == 0 ? 0 : all[0].Count);
    }

    /// <summary>Whether there is a column of that name. Case counts.</summary>
    public bool Contains(string name) => _positions.ContainsKey(name);

    /// <summary>The column of a name, where there is one.</summary>
    public bool TryGetColumn(string name, [NotNullWhen(true)] out Column? column)
    {
        column = _positions.TryGetValue(name, out int position) ? _columns[position] : null;
        return column is not null;
    }

    /// <summary>Size and columns, for the debugger and messages.</summary>
    public override string ToString() => $"{RowCount} rows; {Describe()}";

    internal Column[] Find(IEnumerable<string> names) => names.Select(name => this[name]).ToArray();

    internal Table Take(ReadOnlySpan<int> rows)
    {
        var taken = new Column[_columns.Length];
        for (int i = 0; i < taken.Length; i++) taken[i] = _columns[i].Take(rows);
        return new Table(taken, rows.Length);
    }

    private string Describe()
    {
        const int Most = 20;
        string names = string.Join(", ", _columns.Take(Most).Select(column => $"'{column.Name}'"));
        return _columns.Length == 0 ? "no columns" : _columns.Length > Most ? $"{names} and {_columns.Length - Most} more" : names;
    }
}
