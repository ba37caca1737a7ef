using System.Diagnostics.CodeAnalysis;

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

    /// <summary>
    /// Puts rows with equal keys beside each other. Rows are in the order of this table, partners in the order of the other; a row with
    /// several partners comes several times. The result has the keys, the other columns of this table, then those of the other one, with
    /// <c>_right</c> behind a name that is taken. Null equals null; whole and floating-point numbers are compared by their exact values,
    /// keys of other differing types after widening.
    /// </summary>
    /// <param name="other">The right table.</param>
    /// <param name="on">The key columns, by names that both tables have.</param>
    /// <param name="kind">Which rows without a partner are kept. Default: none.</param>
    /// <exception cref="TableException">
    /// A key is missing in one of the tables, there is no key, or the result would have more rows than a table can have.
    /// </exception>
    public Table Join(Table other, IEnumerable<string> on, JoinKind kind = JoinKind.Inner)
    {
        ArgumentNullException.ThrowIfNull(other);
        ArgumentNullException.ThrowIfNull(on);
        return Joining.Of(this, other, on.ToArray(), kind);
    }

    /// <summary>As <see cref="Join(Table, IEnumerable{string}, JoinKind)"/> with a single key.</summary>
    public Table Join(Table other, string on, JoinKind kind = JoinKind.Inner) => Join(other, [on], kind);

    /// <summary>
    /// Spreads the values of one column over columns: one row for each combination of the row keys, one column for each different value of
    /// <paramref name="column"/> in ascending order, and in each cell the aggregate of the rows that have both, e.g.
    /// <c>table.Pivot("hidden", Aggregate.Mean("accuracy"), "learning_rate")</c>. A cell without rows is null.
    /// </summary>
    /// <param name="column">The column whose values, as text, become the names of columns (<c>null</c> for null).</param>
    /// <param name="value">The aggregate in each cell.</param>
    /// <param name="rows">The row keys; without any the result has one row.</param>
    /// <exception cref="TableException">There is no such column, or its type has no such aggregate.</exception>
    public Table Pivot(string column, Aggregate value, params IEnumerable<string> rows)
    {
        ArgumentNullException.ThrowIfNull(value);
        ArgumentNullException.ThrowIfNull(rows);
        return Pivoting.Of(this, column, value, rows.ToArray());
    }

    /// <summary>
    /// Creates a table with a row for each record. Public properties and fields become columns in the order of their declaration, also when
    /// there is no record; values as in <see cref="TableBuilder"/>.
    /// </summary>
    /// <typeparam name="T">A record, class, struct or anonymous type.</typeparam>
    [RequiresUnreferencedCode(ObjectRows.NeedsMembers)]
    public static Table From<T>(IEnumerable<T> records)
    {
        ArgumentNullException.ThrowIfNull(records);
        return Records.ToTable(records);
    }

    /// <summary>
    /// Turns every row into a record. Columns are matched to constructor parameters, settable properties and fields by name, regardless of
    /// case and underscores (<c>learning_rate</c> fits <c>LearningRate</c>), where none has the very name; so are the members of nested
    /// values, which are JSON or have dotted names (<c>optimizer.rate</c>). A parameter of a run, <c>param_learning_rate</c>, fits
    /// <c>LearningRate</c> too, unless the type has a member <c>ParamLearningRate</c>. Values convert as in <see cref="TableRow.Get{T}"/>.
    /// Columns without a member are left out.
    /// </summary>
    /// <typeparam name="T">A type with a public constructor, or a struct.</typeparam>
    /// <exception cref="TableException">
    /// A parameter without a default has no column, several columns fit a member equally well (a parameter and a metric of one name do),
    /// or a value does not convert; the message names both.
    /// </exception>
    [RequiresUnreferencedCode(ObjectRows.NeedsMembers)]
    public IReadOnlyList<T> As<T>() => Records.FromTable<T>(this);
}
