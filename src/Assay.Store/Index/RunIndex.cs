namespace Assay;

/// <summary>How far the index may be used.</summary>
internal enum IndexTrust
{
    /// <summary>Read, and kept up.</summary>
    Full,

    /// <summary>Not read, and written anew.</summary>
    Anew,

    /// <summary>Neither.</summary>
    None,
}

/// <summary>
/// Reads a store's runs: what journals held before from the index, and what they have gained since from the journals. What comes of it is the same as
/// if all journals were read; whatever is wrong with the index costs time and nothing else. See docs/design/0008-index.md.
/// </summary>
internal static class RunIndex
{
    /// <param name="snapshot">The moment that is shown.</param>
    /// <param name="choose">Chooses journals when the first lines of all are known.</param>
    /// <param name="clock">Tells the age of files of the index.</param>
    /// <param name="trust">How far the index may be used.</param>
    public static RunCatalog Read(
        JournalSnapshot snapshot, Func<IReadOnlyList<JournalHead>, Func<JournalHead, bool>> choose, TimeProvider clock, IndexTrust trust = IndexTrust.Full)
    {
        // It may be damaged, or a file gone that another process has replaced: then the newer state names others.
        const int Readings = 2;
        for (int reading = 0; ; reading++)
        {
            try
            {
                IndexState state = trust == IndexTrust.Full ? IndexStateFile.Read(FolderOf(snapshot)) : IndexState.Empty;
                return Read(snapshot, choose, clock, state, trust != IndexTrust.None);
            }
            catch (Exception fault) when (trust != IndexTrust.None && IndexDamagedException.Is(fault))
            {
                if (reading + 1 >= Readings) trust++;
            }
        }
    }

    /// <summary>The folder of the index of a store.</summary>
    public static string FolderOf(StorageBackend storage) => Path.Combine(storage.CacheFolder, "runs");

    private static string FolderOf(JournalSnapshot snapshot) => FolderOf(snapshot.Storage);

    private static RunCatalog Read(
        JournalSnapshot snapshot, Func<IReadOnlyList<JournalHead>, Func<JournalHead, bool>> choose, TimeProvider clock, IndexState state, bool canWrite)
    {
        var journals = new IndexedJournals(snapshot, state);
        // Rows that do not count any more cost as much as others.
        if (journals.IsMostlyDead) journals = new IndexedJournals(snapshot, state = IndexState.Empty);
        journals.Want(choose(journals.Heads));
        IReadOnlyList<JournalGain> gains = journals.Gains();
        IndexOptions options = IndexOptions.Ambient;
        bool isWorthIt = gains.Sum(g => g.To - g.From) >= options.WorthWriting || gains.Count >= options.JournalsWorthWriting;
        using IndexFolder? folder = canWrite && !journals.IsPast && (isWorthIt || journals.IsWorthKeeping) ? IndexFolder.TryTake(FolderOf(snapshot)) : null;

        var segments = new List<MappedSegment>();
        HashSet<string?> wanted = [.. journals.Wanted.Select(n => journals.States[n].Head.Experiment)];
        var files = new Dictionary<RunSegment, SegmentInfo>();
        foreach (SegmentInfo info in state.Segments.Where(s => wanted.Contains(s.Experiment)))
        {
            segments.Add(MappedSegment.Open(FolderOf(snapshot), info));
            files.Add(segments[^1], info);
        }

        IEnumerable<MappedSegment> others = !isWorthIt || folder is null ? [] : state.Segments.Where(s => !wanted.Contains(s.Experiment)).Select(s => MappedSegment.Open(FolderOf(snapshot), s));

        var lines = new LineReReader(new JournalReader(journals.Journals));
        AttemptRow[] apart = state.Apart.Count == 0 ? [] : [.. Wanted(state, journals).Select(r => lines.Row(r))];
        var growth = new IndexGrowth(journals, [.. segments, .. others], isWorthIt ? folder : null, options);
        growth.Read(gains, apart);
        JournalDamage[] damage = [.. LineNumbers.Of(growth.Damage), .. journals.Damage, .. journals.Annotations.Damage];
        bool hasGrown = isWorthIt && growth.HasGained;
        if (folder is not null && (hasGrown ? growth.IsKept : journals.IsWorthKeeping))
            Keep(folder, state with { Segments = [.. state.Segments.Except(growth.Replaced.Select(r => files[r]))] }, journals, growth, hasGrown, clock);
        return new CatalogBuilder(snapshot.Storage, journals, [.. segments.Except<RunSegment>(growth.Replaced), .. growth.Segments]).Build(growth.Apart, [.. damage.OrderBy(d => d.File, StringComparer.Ordinal).ThenBy(d => d.Offset)]);
    }

    private static IEnumerable<ApartRow> Wanted(IndexState state, IndexedJournals journals)
    {
        foreach (ApartRow row in state.Apart)
        {
            if (journals.Wanted.Contains(row.Key.Journal) && row.Before(journals.Limit(row.Key.Journal)) is { } before) yield return before;
        }
    }

    private static void Keep(IndexFolder folder, IndexState state, IndexedJournals journals, IndexGrowth growth, bool hasGrown, TimeProvider clock)
    {
        if (!hasGrown)
        {
            folder.TryWrite(state with { Journals = journals.States }, clock);
            return;
        }

        growth.Cover();
        // What stands behind what is covered will be read again.
        IEnumerable<ApartRow> apart = growth.Apart.Select(r => ApartRow.Of(r)).Where(r => Math.Max(r.Start, r.End) < journals.States[r.Key.Journal].Covered);
        IEnumerable<ApartRow> others = state.Apart.Where(r => !journals.Wanted.Contains(r.Key.Journal) && !journals.States[r.Key.Journal].IsDead);
        folder.TryWrite(new IndexState { Journals = journals.States, Segments = [.. state.Segments, .. growth.Written], Apart = [.. others, .. apart] }, clock);
    }
}
