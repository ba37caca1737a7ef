namespace Assay.Tables;

/// <summary>Aggregates by row keys and spread column together, then moves every group to its cell.</summary>
internal static class Pivoting
{
    private const string Cell = "value";

    public static Table Of(Table table, string column, Aggregate value, string[] rows)
    {
        GroupIds rowIds = GroupIds.Of(table.Find(rows), table.RowCount);
        GroupIds columnIds = GroupIds.Of(table[column]);
        GroupIds cells = GroupIds.Combine(rowIds, columnIds);
        Column values = Aggregation.Of(table, new GroupRows(cells.Ids, cells.Count), value.As(Cell));

        var places = new int[columnIds.Count][];
        for (int i = 0; i < places.Length; i++)
        {
            places[i] = new int[rowIds.Count];
            Array.Fill(places[i], -1);
        }

        for (int cell = 0; cell < cells.Count; cell++)
        {
            int first = cells.FirstRows[cell];
            places[columnIds.Ids[first]][rowIds.Ids[first]] = cell;
        }

        var names = new UniqueNames();
        var result = new List<Column>(table.Select(rows).Take(rowIds.FirstRows).Columns);
        foreach (Column key in result) names.Add(key.Name, 0);
        foreach (int id in Ascending(table[column], columnIds))
        {
            int first = columnIds.FirstRows[id];
            string name = table[column].IsNull(first) ? "null" : ValueText.Of(table[column], first);
            result.Add(values.Take(places[id]).Rename(names.Add(name, result.Count)));
        }

        return new Table([.. result], rowIds.Count);
    }

    private static int[] Ascending(Column column, GroupIds ids) =>
        Sorting.Order(new Table([column.Take(ids.FirstRows)], ids.Count), [new SortKey(column.Name)]);
}
