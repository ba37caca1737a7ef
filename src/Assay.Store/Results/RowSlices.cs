namespace Assay;

/// <summary>Tells of rows of one segment, which begins at <paramref name="first"/>, whether something holds for them.</summary>
internal delegate void RowCondition(ReadOnlySpan<int> rows, int first, Span<bool> holds);

/// <summary>Rows of a catalog in parts that lie in one segment each.</summary>
internal static class RowSlices
{
    /// <summary>The parts: the segment, and where in the rows each begins and ends.</summary>
    public static IEnumerable<(int Segment, int From, int To)> Of(RunCatalog catalog, int[] rows)
    {
        for (int from = 0, to; from < rows.Length; from = to)
        {
            int segment = catalog.SegmentOf(rows[from]);
            to = EndOf(rows, from, catalog.Bases[segment], catalog.Bases[segment + 1]);
            yield return (segment, from, to);
        }
    }

    /// <summary>Each row with its segment, its number there, and its place among the rows.</summary>
    public static IEnumerable<(int Segment, int Row, int Place)> Rows(RunCatalog catalog, int[] rows)
    {
        foreach ((int segment, int from, int to) in Of(catalog, rows))
            for (int i = from; i < to; i++) yield return (segment, rows[i] - catalog.Bases[segment], i);
    }

    /// <summary>The rows for which a condition holds; each segment has one of its own.</summary>
    public static int[] Where(RunCatalog catalog, int[] rows, Func<int, RowCondition> conditionOf)
    {
        const int Block = 4096;
        var kept = new int[rows.Length];
        var conditions = new RowCondition?[catalog.Segments.Count];
        Span<bool> holds = stackalloc bool[Block];
        int count = 0;
        foreach ((int segment, int start, int to) in Of(catalog, rows))
        {
            RowCondition condition = conditions[segment] ??= conditionOf(segment);
            for (int from = start; from < to; from += Block)
            {
                ReadOnlySpan<int> part = rows.AsSpan(from, Math.Min(Block, to - from));
                condition(part, catalog.Bases[segment], holds);
                for (int i = 0; i < part.Length; i++)
                {
                    kept[count] = part[i];
                    count += holds[i] ? 1 : 0;
                }
            }
        }

        return count == rows.Length ? rows : kept[..count];
    }

    // Outside of the iterator, whose variables are fields.
    private static int EndOf(int[] rows, int from, int first, int next)
    {
        int to = from + 1;
        while (to < rows.Length && rows[to] >= first && rows[to] < next) to++;
        return to;
    }

    /// <summary>A condition that is asked row by row, by its number in the segment.</summary>
    public static RowCondition Each(Func<int, bool> condition) => (rows, first, holds) =>
    {
        for (int i = 0; i < rows.Length; i++) holds[i] = condition(rows[i] - first);
    };
}
