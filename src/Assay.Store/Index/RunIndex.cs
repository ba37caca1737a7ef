namespace Assay;

/// <summary>
/// Reads a store's runs: what journals held before from the index, and what they have gained since from the journals. The outcome is the
/// same as if all journals were read; whatever is wrong with the index costs time and nothing else. See docs/design/0008-index.md.
/// </summary>
internal static class RunIndex
{
    public static RunCatalog Read(
        JournalSnapshot snapshot, Func<IReadOnlyList<JournalHead>, Func<JournalHead, bool>> choose, TimeProvider clock)
    {
        // Another process may replace segments after the state was read, so the state is read twice. When the second does not fit either,
        // the index is damaged, or a journal was changed where it should not be: all journals are read, and the index is written anew.
        for (int attempt = 0; attempt < 2; attempt++)
        {
            try
            {
                return Read(snapshot, choose, clock, IndexState.Read(FolderOf(snapshot.Storage)));
            }
            catch (StoreException fault) when (fault.IsOfChangedFile) { }
        }

        return Read(snapshot, choose, clock, IndexState.Empty);
    }

    public static string FolderOf(StorageBackend storage) => Path.Combine(storage.CacheFolder, "runs");

    private static RunCatalog Read(
        JournalSnapshot snapshot, Func<IReadOnlyList<JournalHead>, Func<JournalHead, bool>> choose, TimeProvider clock, IndexState state)
    {
        string path = FolderOf(snapshot.Storage);
        var journals = new IndexedJournals(snapshot, state);
        // Rows that do not count any more cost as much as others.
        if (journals.IsMostlyDead) journals = new IndexedJournals(snapshot, state = IndexState.Empty, journals);
        journals.Want(choose(journals.Heads));
        IReadOnlyList<JournalGain> gains = journals.Gains();
        IndexOptions options = IndexOptions.Ambient;
        bool isWorthIt = gains.Sum(g => g.To - g.From) >= options.WorthWriting || gains.Count >= options.JournalsWorthWriting;
        bool isKept = !snapshot.Storage.IsReadOnly && !journals.IsPast && (isWorthIt || journals.IsWorthKeeping);
        using IndexFolder? folder = isKept ? IndexFolder.TryTake(path) : null;

        HashSet<string?> wanted = [.. journals.Wanted.Select(n => journals.States[n].Head.Experiment)];
        IndexedSegment[] segments = Open(path, state.Segments.Where(s => wanted.Contains(s.Experiment)));
        IndexedSegment[] others = !isWorthIt || folder is null ? [] : Open(path, state.Segments.Where(s => !wanted.Contains(s.Experiment)));
        var growth = new IndexGrowth(journals, [.. segments, .. others], isWorthIt ? folder : null, options);
        growth.Read(gains, [.. Unsealed(state, journals)]);
        JournalDamage[] damage = [.. LineNumbers.Of(growth.Damage), .. journals.Damage, .. journals.Annotations.Damage];
        if (folder is not null) Keep(folder, state, journals, growth, isWorthIt, clock);
        RunSegment[] staying = [.. segments.Where(s => !growth.Replaced.Contains(s.Info)).Select(s => s.Segment)];
        return new CatalogBuilder(journals, [.. staying, .. growth.Segments]).Build(
            growth.Unsealed, [.. damage.OrderBy(d => d.File, StringComparer.Ordinal).ThenBy(d => d.Offset)]);
    }

    private static IndexedSegment[] Open(string folder, IEnumerable<SegmentInfo> infos)
    {
        SegmentInfo[] all = [.. infos];
        var segments = new RunSegment?[all.Length];
        Parallel.For(0, all.Length, i => segments[i] = SegmentFile.TryOpen(folder, all[i]));
        return [.. all.Zip(segments, (info, segment) => new IndexedSegment(info, segment ?? throw Changed(info)))];

        StoreException Changed(SegmentInfo info) =>
            new($"'{info.File}' in '{folder}' is gone, or not as it was written.") { IsOfChangedFile = true };
    }

    private static IEnumerable<AttemptRow> Unsealed(IndexState state, IndexedJournals journals)
    {
        var reader = new AttemptReader(journals.Reader);
        foreach (AttemptLines attempt in state.Unsealed.Where(a => journals.Wanted.Contains(a.Key.Journal)))
            if (attempt.Before(journals.Limit(attempt.Key.Journal)) is { } before) yield return reader.Read(before);
    }

    private static void Keep(
        IndexFolder folder, IndexState state, IndexedJournals journals, IndexGrowth growth, bool isWorthIt, TimeProvider clock)
    {
        if (!isWorthIt || !growth.HasGained)
        {
            if (journals.IsWorthKeeping) folder.TryWrite(state with { Journals = journals.States }, clock);
            return;
        }

        if (!growth.IsKept) return;
        growth.Cover();
        bool IsCovered(AttemptLines attempt) => Math.Max(attempt.Start, attempt.End) < journals.States[attempt.Key.Journal].Covered;
        bool IsOfOther(AttemptLines attempt) =>
            !journals.Wanted.Contains(attempt.Key.Journal) && !journals.States[attempt.Key.Journal].IsDead;
        var grown = new IndexState
        {
            Journals = journals.States,
            Segments = [.. state.Segments.Except(growth.Replaced), .. growth.Written],
            // Lines beyond the covered part are read again.
            Unsealed = [.. state.Unsealed.Where(IsOfOther), .. growth.Unsealed.Select(r => r.Lines).Where(IsCovered)],
        };
        folder.TryWrite(grown, clock);
    }
}

internal readonly record struct IndexedSegment(SegmentInfo Info, RunSegment Segment);
