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

    /// <summary>The given columns in the given order.</summary>
    /// <exception cref="TableException">There is no such column, or one is named twice.</exception>
    public Table Select(params IEnumerable<string> columns) => new(Find(columns), RowCount);

    /// <summary>All columns but the given ones.</summary>
    /// <exception cref="TableException">There is no such column.</exception>
    public Table Drop(params IEnumerable<string> columns)
    {
        Column[] dropped = Find(columns);
        return new Table(_columns.Except(dropped).ToArray(), RowCount);
    }

    /// <summary>The table with one column named otherwise, at the same place.</summary>
    /// <exception cref="TableException">There is no such column, or the new name is taken.</exception>
    public Table Rename(string column, string name)
    {
        Column renamed = this[column];
        return new Table(Array.ConvertAll(_columns, other => other == renamed ? renamed.Rename(name) : other), RowCount);
    }

    /// <summary>The table with a column added at the end, or replaced where it has one of that name.</summary>
    /// <exception cref="TableException">The column has another length than the table.</exception>
    public Table With(Column column)
    {
        ArgumentNullException.ThrowIfNull(column);
        bool isEmpty = _columns.Length == 0 && RowCount == 0;
        if (column.Count != RowCount && !isEmpty)
            throw new TableException($"Column '{column.Name}' has {column.Count} values but the table has {RowCount} rows; "
                + "all columns of a table have one length.");
        Column[] columns = Contains(column.Name)
            ? Array.ConvertAll(_columns, other => other.Name == column.Name ? column : other)
            : [.. _columns, column];
        return new Table(columns, column.Count);
    }

    /// <summary>The table with a column computed from each row, added at the end or replaced where it has one of that name.</summary>
    /// <typeparam name="T">The type of the values, as in <see cref="Column.Of{T}(string, IEnumerable{T})"/>.</typeparam>
    public Table With<T>(string name, Func<TableRow, T> value) => With(Column.Of(name, Rows.Select(value)));

    /// <summary>Size and columns, for the debugger and messages.</summary>
    public override string ToString() => $"{RowCount} rows; {Describe()}";

    internal Column[] Find(IEnumerable<string> names) => names.Select(name => this[name]).ToArray();

    /// <summary>The given rows in the given order; a row may come several times.</summary>
    /// <param name="rows">Their places, counted from 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such row.</exception>
    public Table TakeRows(ReadOnlySpan<int> rows)
    {
        foreach (int row in rows)
        {
            ArgumentOutOfRangeException.ThrowIfNegative(row, nameof(rows));
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(row, RowCount, nameof(rows));
        }

        return Take(rows);
    }

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
