using System.Collections;

namespace Assay;

/// <summary>
/// The rows of a table in groups of equal keys, in the order of each group's first row. As a list, it holds each group as a table of its
/// own. Immutable, and safe to read from several threads at once.
/// </summary>
public sealed class GroupedTable : IReadOnlyList<Table>
{
    private readonly Table _table;
    private readonly GroupRows _groups;

    internal GroupedTable(Table table, string[] keys)
    {
        _table = table;
        GroupIds ids = GroupIds.Of(table.Find(keys), table.RowCount);
        bool isUngrouped = keys.Length == 0;
        _groups = new GroupRows(ids.Ids, isUngrouped ? 1 : ids.Count);
        Keys = isUngrouped ? new Table([], 1) : table.Select(keys).Take(ids.FirstRows);
    }

    /// <summary>The key columns, with one row for each group.</summary>
    public Table Keys { get; }

    /// <summary>Number of groups.</summary>
    public int Count => _groups.Count;

    /// <summary>The rows of a group, in their order, with all columns.</summary>
    public Table this[int index] => _table.Take(_groups[index]);

    /// <summary>
    /// One row for each group: its keys, then the aggregates, e.g. <c>table.GroupBy("lr").Aggregate(Aggregate.Mean("accuracy"),
    /// Aggregate.StandardDeviation("accuracy"))</c>.
    /// </summary>
    /// <exception cref="TableException">There is no such column, its type has no such aggregate, or two results have one name.</exception>
    public Table Aggregate(params IEnumerable<Aggregate> aggregates)
    {
        ArgumentNullException.ThrowIfNull(aggregates);
        Aggregate[] all = aggregates.ToArray();
        string[] names = [.. Keys.Columns.Select(key => key.Name), .. all.Select(aggregate => aggregate.Name)];
        for (int i = Keys.Columns.Count; i < names.Length; i++)
        {
            int first = Array.IndexOf(names, names[i]);
            if (first == i) continue;
            string both = first < Keys.Columns.Count ? "A key and an aggregate" : "Two aggregates";
            throw new TableException(
                $"{both} are named '{names[i]}'; names must differ, so give an aggregate another one with Aggregate.As(name).");
        }

        IEnumerable<Column> results = all.Select(aggregate => Aggregation.Of(_table, _groups, aggregate));
        return new Table([.. Keys.Columns, .. results], Count);
    }

    /// <inheritdoc/>
    public IEnumerator<Table> GetEnumerator()
    {
        for (int i = 0; i < Count; i++) yield return this[i];
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
