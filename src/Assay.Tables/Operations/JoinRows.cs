namespace Assay.Tables;

/// <summary>
/// Which rows of two tables stand beside each other, by the numbers of their keys. The rows are counted before any is made.
/// </summary>
internal static class JoinRows
{
    /// <summary>For each row of the result its rows in both tables, -1 where one has none.</summary>
    /// <exception cref="TableException">There are more rows than a table can have.</exception>
    public static (int[] Lefts, int[] Rights) Match(GroupIds ids, int leftCount, JoinKind kind)
    {
        ReadOnlySpan<int> left = ids.Ids.AsSpan(0, leftCount), right = ids.Ids.AsSpan(leftCount);
        int[] leftSizes = Sizes(left, ids.Count), rightSizes = Sizes(right, ids.Count);
        int count = Count(leftSizes, rightSizes, kind);
        int[] lefts = new int[count], rights = new int[count];
        int at = 0;
        (int[] starts, int[] partners) = Partners(right, rightSizes);
        for (int row = 0; row < left.Length; row++)
        {
            int id = left[row];
            if (rightSizes[id] == 0 && kind != JoinKind.Inner) (lefts[at], rights[at++]) = (row, -1);
            for (int i = 0; i < rightSizes[id]; i++) (lefts[at], rights[at++]) = (row, partners[starts[id] + i]);
        }

        for (int row = 0; row < right.Length && kind == JoinKind.Outer; row++)
            if (leftSizes[right[row]] == 0) (lefts[at], rights[at++]) = (-1, row);
        return (lefts, rights);
    }

    private static int Count(int[] leftSizes, int[] rightSizes, JoinKind kind)
    {
        long count = 0;
        for (int id = 0; id < leftSizes.Length; id++)
        {
            count += (long)leftSizes[id] * Math.Max(rightSizes[id], kind == JoinKind.Inner ? 0 : 1);
            if (kind == JoinKind.Outer && leftSizes[id] == 0) count += rightSizes[id];
        }

        if (count <= Array.MaxLength) return (int)count;
        string problem = $"The join would have {count} rows, but a table has at most {Array.MaxLength}";
        throw new TableException($"{problem}: keys repeat on both sides, and each such row meets every partner. Name more key columns, "
            + "or make the keys of one side different with Distinct or GroupBy first.");
    }

    private static int[] Sizes(ReadOnlySpan<int> ids, int count)
    {
        var sizes = new int[count];
        foreach (int id in ids) sizes[id]++;
        return sizes;
    }

    /// <summary>The rows of the right table, those with equal keys next to each other, in their order.</summary>
    private static (int[] Starts, int[] Rows) Partners(ReadOnlySpan<int> ids, int[] sizes)
    {
        var starts = new int[sizes.Length];
        for (int id = 1; id < starts.Length; id++) starts[id] = starts[id - 1] + sizes[id - 1];
        int[] next = [.. starts];
        var rows = new int[ids.Length];
        for (int row = 0; row < rows.Length; row++) rows[next[ids[row]]++] = row;
        return (starts, rows);
    }
}
