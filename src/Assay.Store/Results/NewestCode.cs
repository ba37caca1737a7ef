namespace Assay;

/// <summary>
/// The one rule by which runs of earlier code are left out. Of each experiment and version the runs count that have the code and the
/// context of its newest session that has left a run. Runs without a fingerprint of the code are in no session of an experiment, such as
/// lone and imported runs: no code is newer than theirs, so they always count.
/// </summary>
internal static class NewestCode
{
    /// <summary>Those of some rows that count, or those that do not.</summary>
    public static int[] Of(RunCatalog catalog, int[] rows, bool earlier = false)
    {
        IReadOnlySet<int> journals = catalog.EarlierJournals;
        if (journals.Count == 0) return earlier ? [] : rows;
        return RowSlices.Where(catalog, rows, number =>
        {
            RunSegment segment = catalog.Segments[number];
            return RowSlices.Each(row => journals.Contains(segment.Journals[row]) == earlier);
        });
    }

    /// <summary>The numbers of the journals of a catalog whose runs do not count.</summary>
    public static IReadOnlySet<int> EarlierJournals(RunCatalog catalog)
    {
        // Most stores have one code of each experiment, which is seen without looking at any row.
        if (Earlier(Enumerable.Range(0, catalog.Journals.Count)).Count == 0) return new HashSet<int>();
        return Earlier(RowSlices.Rows(catalog, catalog.Rows).Select(r => catalog.Segments[r.Segment].Journals[r.Row]).Distinct());

        HashSet<int> Earlier(IEnumerable<int> journals) =>
        [
            // By the time in the journal: that in its name is of the second only, and names may be changed.
            .. journals.Select(j => (Journal: j, Head: catalog.HeadOf(j))).Where(j => j.Head.Code is not null)
                .GroupBy(j => (j.Head.Experiment, j.Head.Version)).SelectMany(ofOne =>
                {
                    JournalHead newest = ofOne.MaxBy(j => j.Head.CreatedAt).Head;
                    return ofOne.Where(j => !j.Head.HasSameOrigin(newest)).Select(j => j.Journal);
                }),
        ];
    }
}
