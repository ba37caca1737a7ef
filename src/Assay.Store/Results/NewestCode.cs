namespace Assay;

/// <summary>
/// The one rule by which runs of earlier code are left out. Of each experiment and version the runs count that have the code and the
/// context of the session that ran last (<see cref="JournalHead.Newest"/>). Runs without a fingerprint of the code are in no session of an
/// experiment, such as lone and imported runs: no code is newer than theirs, so they always count.
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
        if (Sessions(catalog, _ => true).All(ofOne => ofOne.All(j => catalog.HeadOf(j).HasSameOrigin(catalog.HeadOf(ofOne.First())))))
            return new HashSet<int>();
        HashSet<int> made = [.. RowSlices.Rows(catalog, catalog.Rows).Select(r => catalog.Segments[r.Segment].Journals[r.Row])];
        return Sessions(catalog, j => made.Contains(j) || (catalog.HeadOf(j).ReusesRuns && catalog.IsShown(j))).SelectMany(ofOne =>
        {
            JournalHead? newest = JournalHead.Newest([.. ofOne.Select(j => (catalog.HeadOf(j), made.Contains(j)))]);
            return newest is null ? [] : ofOne.Where(j => !catalog.HeadOf(j).HasSameOrigin(newest));
        }).ToHashSet();
    }

    private static IEnumerable<IGrouping<(string?, string?), int>> Sessions(RunCatalog catalog, Func<int, bool> counts) =>
        Enumerable.Range(0, catalog.Journals.Count).Where(j => catalog.HeadOf(j).Code is not null && counts(j))
            .GroupBy(j => (catalog.HeadOf(j).Experiment, catalog.HeadOf(j).Version));
}
