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

    /// <summary>Numbers count by their values: in a column that had to become text one number has several.</summary>
    private static GroupIds Ids(Column left, Column right, Column both) =>
        left.Type != right.Type && ExactNumber.IsNumber(left) && ExactNumber.IsNumber(right)
            ? GroupIds.Of([.. ExactNumber.All(left), .. ExactNumber.All(right)], both.Validity)
            : GroupIds.Of(both);
}

/// <summary>Which rows of two tables are joined, by the numbers of their keys; they are counted before any is made.</summary>
internal static class JoinRows
{
    /// <summary>For each row of the result its rows in both tables, -1 where one has none.</summary>
    /// <exception cref="TableException">There are more rows than a table can have.</exception>
    public static (int[] Lefts, int[] Rights) Match(GroupIds ids, int leftCount, JoinKind kind)
    {
        ReadOnlySpan<int> left = ids.Ids.AsSpan(0, leftCount), right = ids.Ids.AsSpan(leftCount);
        var partners = new GroupRows(right, ids.Count);
        var hasLeft = new bool[ids.Count];
        foreach (int id in left) hasLeft[id] = true;
        int count = Count(left, right, partners, hasLeft, kind);
        int[] lefts = new int[count], rights = new int[count];
        int at = 0;
        for (int row = 0; row < left.Length; row++)
        {
            ReadOnlySpan<int> matches = partners[left[row]];
            if (matches.Length == 0 && kind != JoinKind.Inner) (lefts[at], rights[at++]) = (row, -1);
            foreach (int match in matches) (lefts[at], rights[at++]) = (row, match);
        }

        for (int row = 0; row < right.Length && kind == JoinKind.Outer; row++)
            if (!hasLeft[right[row]]) (lefts[at], rights[at++]) = (-1, row);
        return (lefts, rights);
    }

    private static int Count(ReadOnlySpan<int> left, ReadOnlySpan<int> right, GroupRows partners, bool[] hasLeft, JoinKind kind)
    {
        long count = 0;
        foreach (int id in left) count += Math.Max(partners[id].Length, kind == JoinKind.Inner ? 0 : 1);
        foreach (int id in right)
            if (kind == JoinKind.Outer && !hasLeft[id]) count++;
        if (count <= Array.MaxLength) return (int)count;
        string problem = $"The join would have {count} rows, but a table has at most {Array.MaxLength}";
        throw new TableException($"{problem}: keys repeat on both sides, and each such row meets every partner. Name more key columns, "
            + "or make the keys of one side different with Distinct or GroupBy first.");
    }
}
