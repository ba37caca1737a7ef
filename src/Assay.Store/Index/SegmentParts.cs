namespace Assay;

/// <summary>
/// How many rows one segment has room for: so many, or as many as the lines of so many bytes hold, so that neither memory nor the places of texts, which are numbers of 32 bits, run out.
/// </summary>
internal static class SegmentParts
{
    /// <summary>The rows of the first segment that some rows make.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="options">How much a segment holds.</param>
    public static int First(List<AttemptRow> rows, IndexOptions options)
    {
        long bytes = 0;
        int most = Math.Min(rows.Count, options.SegmentRows), count = 0;
        while (count < most && bytes < options.SegmentBytes) bytes += rows[count++].Bytes;
        return count;
    }

    /// <summary>All rows, in parts.</summary>
    public static IEnumerable<List<AttemptRow>> Of(List<AttemptRow> rows, IndexOptions options)
    {
        for (int from = 0, count; from < rows.Count; from += count)
        {
            List<AttemptRow> left = rows.GetRange(from, Math.Min(options.SegmentRows, rows.Count - from));
            count = First(left, options);
            yield return count == left.Count ? left : left.GetRange(0, count);
        }
    }
}
