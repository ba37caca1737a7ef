namespace Assay.Tables;

/// <summary>Joins by numbering the keys of both tables together.</summary>
internal static class Joining
{
    public static Table Of(Table left, Table right, string[] keys, JoinKind kind)
    {
        if (keys.Length == 0) throw new TableException("A join needs at least one key column; name the columns that both tables share.");
        Table both = Table.Concat(left.Select(keys), right.Select(keys));
        GroupIds ids =
            keys.Distinct(StringComparer.Ordinal).Select(key => Ids(left[key], right[key], both[key])).Aggregate(GroupIds.Combine);
        (int[] lefts, int[] rights) = JoinRows.Match(ids, left.RowCount, kind);

        // A row of the right table alone has its keys below those of the left one.
        int[] keyRows = lefts.Select((row, i) => row >= 0 ? row : left.RowCount + rights[i]).ToArray();
        var columns = new List<Column>(both.Take(keyRows).Columns);
        columns.AddRange(left.Drop(keys).Take(lefts).Columns);
        var names = new UniqueNames();
        foreach (Column column in columns) names.Add(column.Name, 0);
        foreach (Column column in right.Drop(keys).Take(rights).Columns)
        {
            bool isTaken = columns.Exists(other => other.Name == column.Name);
            columns.Add(column.Rename(names.Add(isTaken ? column.Name + "_right" : column.Name, columns.Count)));
        }

        return new Table([.. columns], lefts.Length);
    }

    /// <summary>
    /// Numbers count by their values: a column that holds both types may have had to become text, of which one number has several.
    /// </summary>
    private static GroupIds Ids(Column left, Column right, Column both) =>
        left.Type != right.Type && ExactNumber.IsNumber(left) && ExactNumber.IsNumber(right)
            ? GroupIds.Of([.. ExactNumber.All(left), .. ExactNumber.All(right)], both.Validity)
            : GroupIds.Of(both);
}
