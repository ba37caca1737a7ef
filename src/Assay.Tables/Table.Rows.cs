namespace Assay;

public sealed partial class Table
{
    /// <summary>The rows for which <paramref name="keep"/> is true, in their order.</summary>
    public Table Where(Func<TableRow, bool> keep)
    {
        ArgumentNullException.ThrowIfNull(keep);
        var rows = new List<int>();
        for (int i = 0; i < RowCount; i++)
            if (keep(new TableRow(this, i))) rows.Add(i);
        return rows.Count == RowCount ? this : Take([.. rows]);
    }

    /// <summary>
    /// The rows whose value in a column equals <paramref name="value"/>, which may be null. Whole and floating-point numbers compare by
    /// their exact values, NaN equals NaN.
    /// </summary>
    /// <exception cref="TableException">There is no such column.</exception>
    public Table Where(string column, object? value) => Take(Filtering.Matching(this[column], value));

    /// <summary>
    /// Sorts by one or several columns; rows that compare equal keep their order. Nulls come last and NaN just before them, in both
    /// directions. Text and JSON compare by ordinal, timestamps by instant, false before true.
    /// </summary>
    /// <exception cref="TableException">There is no such column.</exception>
    public Table Sort(params ReadOnlySpan<SortKey> keys) => keys.Length == 0 ? this : Take(Sorting.Order(this, keys));

    /// <summary>The first rows, at most <paramref name="count"/>.</summary>
    public Table Head(int count = 10) => Slice(0, count);

    /// <summary>The last rows, at most <paramref name="count"/>.</summary>
    public Table Tail(int count = 10)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        return Slice(Math.Max(0, RowCount - count), count);
    }

    /// <summary>At most <paramref name="count"/> rows from <paramref name="start"/> on. Values are shared, not copied.</summary>
    public Table Slice(int start, int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(start);
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        start = Math.Min(start, RowCount);
        count = Math.Min(count, RowCount - start);
        return count == RowCount ? this : new Table(Array.ConvertAll(_columns, column => column.Slice(start, count)), count);
    }

    /// <summary>
    /// The first row of each different combination of values in the given columns, or in all columns where none is given. Null equals null,
    /// NaN equals NaN.
    /// </summary>
    /// <exception cref="TableException">There is no such column.</exception>
    public Table Distinct(params IEnumerable<string> columns)
    {
        Column[] keys = Find(columns);
        return Take(GroupIds.Of(keys.Length == 0 ? _columns : keys, RowCount).FirstRows);
    }

    /// <summary>
    /// Puts tables below each other. Columns are matched by name, in the order of first appearance; where a table lacks one its
    /// rows are null, where types differ they widen as in <see cref="TableBuilder"/>.
    /// </summary>
    public static Table Concat(params IEnumerable<Table> tables)
    {
        ArgumentNullException.ThrowIfNull(tables);
        return Concatenation.Of(tables.ToArray());
    }

    /// <summary>
    /// Groups rows by their values in the given columns; null and NaN are keys like others. Groups are in the order of their first row.
    /// Without a column the whole table is one group.
    /// </summary>
    /// <exception cref="TableException">There is no such column.</exception>
    public GroupedTable GroupBy(params IEnumerable<string> columns) => new(this, columns.ToArray());

    /// <summary>
    /// One row with an aggregate of the whole table in each column, e.g. <c>table.Summarize(Aggregate.Mean("accuracy"))</c>.
    /// </summary>
    /// <exception cref="TableException">There is no such column, or its type has no such aggregate.</exception>
    public Table Summarize(params IEnumerable<Aggregate> aggregates) => GroupBy().Aggregate(aggregates);
}
