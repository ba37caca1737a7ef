namespace Assay.Tables;

/// <summary>
/// Which rows of two tables are joined, by the numbers of their keys. The rows are counted before any is made.
/// </summary>
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
