namespace Assay;

public sealed partial class Store
{
    private const int MostNamed = 5;

    /// <summary>Adds a note to a run. The note is on the disk when this returns.</summary>
    /// <param name="run">A run of this store.</param>
    /// <param name="text">What there is to say. Not blank.</param>
    /// <returns>The note as <see cref="RunRecord.Notes"/> of records read from now on will have it.</returns>
    /// <exception cref="AssayException">The text is blank, the run is of another store, or has been removed.</exception>
    /// <exception cref="StoreException">The store cannot be written; nothing was changed.</exception>
    public RunNote Note(RunRecord run, string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (string.IsNullOrWhiteSpace(text)) throw new AssayException($"the note is '{text}'; expected a text that is not blank.");
        RunAnnotations annotations = AnnotationsFor(run);
        DateTimeOffset at = annotations.After(run.Place.Id, _clock);
        var lines = new JsonBuffer();
        AnnotationLine.WriteNote(lines, run, text, at);
        AnnotationJournal.Write(Written, "note", lines.ToArray(), _clock);
        return new RunNote(text, at);
    }

    /// <summary>Adds tags to a run and takes others away, also recorded ones. The change is on the disk when this returns.</summary>
    /// <param name="run">A run of this store.</param>
    /// <param name="add">Tags to add; what it has already is not added again. Not blank.</param>
    /// <param name="remove">Tags to take away; what it does not have is passed over. Default: none.</param>
    /// <returns>All tags of the run after the change.</returns>
    /// <exception cref="AssayException">
    /// A tag is blank, or to be added and taken away; the run is of another store, or has been removed.
    /// </exception>
    /// <exception cref="StoreException">The store cannot be written; nothing was changed.</exception>
    public IReadOnlyList<string> Tag(RunRecord run, IEnumerable<string> add, IEnumerable<string>? remove = null)
    {
        ArgumentNullException.ThrowIfNull(add);
        string[] added = [.. add.Distinct(StringComparer.Ordinal)], removed = [.. (remove ?? []).Distinct(StringComparer.Ordinal)];
        if (added.Concat(removed).FirstOrDefault(string.IsNullOrWhiteSpace) is { } blank)
            throw new AssayException($"a tag is '{blank}'; expected one that is not blank.");
        if (added.FirstOrDefault(removed.Contains) is { } both)
            throw new AssayException($"the tag '{both}' is to be added and taken away; expected one of the two.");
        RunAnnotations annotations = AnnotationsFor(run);
        IReadOnlyList<string> before = annotations.TagsOf(run.Place.Id, run.RecordedTags);
        string[] missing = [.. added.Except(before, StringComparer.Ordinal)];
        string[] present = [.. removed.Intersect(before, StringComparer.Ordinal)];
        if (missing.Length + present.Length == 0) return before;
        var lines = new JsonBuffer();
        AnnotationLine.WriteTags(lines, run, missing, present, annotations.After(run.Place.Id, _clock));
        AnnotationJournal.Write(Written, "tag", lines.ToArray(), _clock);
        return [.. before.Except(present, StringComparer.Ordinal), .. missing];
    }

    /// <summary>
    /// Removes runs: no list, table or export shows them any more, and an experiment that has them in its plan runs them again, as new
    /// ones. The journals stay as they are; until a cleanup frees what the runs hold, <see cref="Restore"/> brings them back. All are
    /// removed, on the disk, when this returns, or none.
    /// </summary>
    /// <param name="runs">Runs of this store. What is removed of each are the attempts that its record knows.</param>
    /// <exception cref="AssayException">
    /// A run is under way, is of another store, or has been removed already. Every such run is named, and none is removed.
    /// </exception>
    /// <exception cref="StoreException">The store cannot be written; nothing was changed.</exception>
    public IReadOnlyList<RemovedRun> Remove(params IReadOnlyCollection<RunRecord> runs)
    {
        ArgumentNullException.ThrowIfNull(runs);
        RunRecord[] each = [.. runs.DistinctBy(r => r.Id)];
        if (each.Length == 0) return [];
        RunAnnotations annotations = CheckRemovable(each);
        RemovedRun[] removed =
            [.. each.Select(r => new RemovedRun(r.Id, r.Experiment, annotations.After(r.Place.Id, _clock)) { Places = r.Places })];
        Write("remove", "removed"u8, removed);
        return removed;
    }

    /// <summary>Makes the checks of <see cref="Remove"/> alone, before a person is asked.</summary>
    /// <exception cref="AssayException">A run cannot be removed.</exception>
    public void RequireRemovable(IReadOnlyCollection<RunRecord> runs) => CheckRemovable(runs);

    private RunAnnotations CheckRemovable(IReadOnlyCollection<RunRecord> each)
    {
        RunAnnotations annotations = AnnotationsFor(each);
        // Asked anew: a record shows how the run stood when it was read.
        HashSet<UInt128> underWay = [.. LoadAll(earlier: true).Filter(RunStatus.Running).ReadIds()];
        RunRecord[] running = [.. each.Where(r => underWay.Contains(r.Place.Id))];
        if (running.Length == 0) return annotations;
        string count = running.Length == 1 ? "a run is" : $"{running.Length} runs are";
        throw new AssayException($"{count} under way: {ValueText.First(running.Select(r => r.Id), MostNamed)}. "
            + "Expected runs that have ended; wait for them, or stop them first. Nothing was removed.");
    }

    /// <summary>The runs that have been removed, the last one first.</summary>
    public IReadOnlyList<RemovedRun> Removed() => RunAnnotations.Read(Storage).Removed();

    /// <summary>Brings removed runs back with their notes and tags. All are there, on the disk, when this returns, or none.</summary>
    /// <param name="runs">What <see cref="Removed"/> lists.</param>
    /// <exception cref="AssayException">
    /// A run is not removed, or what it held is freed already. Every such run is named, and none is restored.
    /// </exception>
    /// <exception cref="StoreException">The store cannot be written, or is being cleaned up; nothing was changed.</exception>
    public IReadOnlyList<RemovedRun> Restore(params IReadOnlyCollection<RemovedRun> runs)
    {
        ArgumentNullException.ThrowIfNull(runs);
        if (runs.Count == 0) return [];
        using Lease cleaning = CleaningLease.Take(Written, _clock);
        var annotations = RunAnnotations.Read(Storage);
        Dictionary<string, RemovedRun> removed = annotations.Removed().ToDictionary(r => r.Id, StringComparer.Ordinal);
        string[] faults = [.. runs.Select(r => WhyNot(r, removed.GetValueOrDefault(r.Id))).OfType<string>()];
        if (faults.Length > 0) throw new AssayException($"{ValueText.First(faults, MostNamed, " ")} Nothing was restored.");
        RemovedRun[] each = [.. runs.DistinctBy(r => r.Id).Select(r => removed[r.Id])];
        Write("restore", "restored"u8, each, annotations);
        return each;
    }

    /// <summary>Looks at what removed runs and killed programs left. Nothing is freed before <see cref="Cleanup.Run"/>.</summary>
    /// <param name="options">What may go. Default: what stands in <see cref="CleanupOptions"/>.</param>
    public Cleanup PlanCleanup(CleanupOptions? options = null) => Cleanup.Plan(Storage, _clock, options ?? new CleanupOptions());

    private StorageBackend Written => StoreLocation.ForWriting(Storage, _clock);

    private string? WhyNot(RemovedRun asked, RemovedRun? known)
    {
        if (known is null) return $"Run {asked.Id} is not removed; expected one of those that 'assay rm --undo' can name.";
        if (known.FreedAt is not null) return known.Explanation;
        HashSet<string> journals = [.. Storage.ListJournals(JournalArea.Runs).Select(j => j.Name)];
        AttemptPlace[] missing = [.. known.Places.Where(p => !journals.Contains(p.Journal))];
        if (missing.Length == 0) return null;
        string journal = Storage.Locate(JournalArea.Runs, missing[0].Journal);
        return $"Run {known.Id} stood in '{journal}', which is gone; restore the file from a copy first.";
    }

    private void Write(string name, ReadOnlySpan<byte> what, RemovedRun[] runs, RunAnnotations? after = null)
    {
        var lines = new JsonBuffer();
        foreach (RemovedRun run in runs) AnnotationLine.WritePlaces(lines, what, run, after?.After(run.RunId, _clock) ?? run.RemovedAt);
        AnnotationJournal.Write(Written, name, lines.ToArray(), _clock);
    }

    /// <summary>Reads the annotations anew, because a record shows the moment it was read at.</summary>
    private RunAnnotations AnnotationsFor(params IReadOnlyCollection<RunRecord> runs)
    {
        foreach (RunRecord run in runs)
        {
            ArgumentNullException.ThrowIfNull(run, nameof(runs));
            if (run.IsOf(Storage) || run.IsOf(Written)) continue;
            throw new AssayException($"run {run.Id} was read from the store '{run.StorePath}'; expected a run of '{Path}'. "
                + "Use the store it is of.");
        }

        var annotations = RunAnnotations.Read(Storage);
        RunRecord[] gone = [.. runs.Where(r => annotations.RemovalOf(r.Place.Id, r.Shown.Journal, r.Attempt) is not null)];
        if (gone.Length == 0) return annotations;
        Dictionary<string, RemovedRun> removed = annotations.Removed().ToDictionary(r => r.Id, StringComparer.Ordinal);
        string reasons = ValueText.First(gone.Select(r => removed[r.Id].Explanation), MostNamed, " ");
        throw new AssayException($"expected runs that are there: {reasons} Nothing was changed.");
    }
}
