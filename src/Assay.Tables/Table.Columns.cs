namespace Assay;

public sealed partial class Table
{
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
}
