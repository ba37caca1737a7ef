namespace Assay.Tables;

/// <summary>Joins by numbering the keys of both tables together.</summary>
internal static class Joining
{
    public static Table Of(Table left, Table right, string[] keys, JoinKind kind)
    {
        if (keys.Length == 0) throw new TableException("A join needs at least one key column; name the columns that both tables share.");
        Table both = Table.Concat(left.Select(keys), right.Select(keys));
        GroupIds ids = GroupIds.Of([.. both.Columns], both.RowCount);
        (int[] lefts, int[] rights) = Match(ids, left.RowCount, kind);

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

    private static (int[] Lefts, int[] Rights) Match(GroupIds ids, int leftCount, JoinKind kind)
    {
        var partners = new List<int>?[ids.Count];
        for (int row = leftCount; row < ids.Ids.Length; row++) (partners[ids.Ids[row]] ??= []).Add(row - leftCount);

        var lefts = new List<int>();
        var rights = new List<int>();
        var seen = new bool[ids.Count];
        for (int row = 0; row < leftCount; row++)
        {
            seen[ids.Ids[row]] = true;
            List<int> found = partners[ids.Ids[row]] ?? (kind == JoinKind.Inner ? [] : [-1]);
            foreach (int partner in found)
            {
                lefts.Add(row);
                rights.Add(partner);
            }
        }

        for (int row = leftCount; row < ids.Ids.Length && kind == JoinKind.Outer; row++)
        {
            if (seen[ids.Ids[row]]) continue;
            lefts.Add(-1);
            rights.Add(row - leftCount);
        }

        return ([.. lefts], [.. rights]);
    }
}
