namespace Assay;

/// <summary>Checks every line and every artifact of a store, and changes nothing.</summary>
public static class StoreCheck
{
    /// <summary>Checks a store. The time it takes is that of reading the whole store.</summary>
    /// <param name="storage">The store. Its description may be missing or damaged.</param>
    /// <param name="clock">Decides whether writers on other hosts live. Default: that of the system.</param>
    /// <exception cref="StoreException">There is no store, or it is of a newer format, whose rules are unknown.</exception>
    public static StoreHealth Run(StorageBackend storage, TimeProvider? clock = null)
    {
        ArgumentNullException.ThrowIfNull(storage);
        clock ??= TimeProvider.System;
        var health = new StoreHealth();
        CheckDescription(storage, health);
        CheckAnnotations(storage, health);
        CheckDerived(storage, health);
        CheckAnswers(storage, health);
        var annotations = RunAnnotations.Read(storage);
        var uses = new ArtifactUses();
        var open = new OpenAttempts();
        IReadOnlyList<JournalRef> journals = JournalRef.All(storage, JournalArea.Runs);
        foreach (JournalRef journal in journals)
        {
            bool writerLives = storage.IsLeased(JournalInfo.WriterOf(journal.Name), clock);
            var check = new JournalCheck(journal, writerLives, health, uses, annotations);
            check.Run();
            open.Add(journal.Location, check.Open);
        }

        health.Journals = journals.Count;
        open.Report(journals, health);
        new ArtifactCheck(storage, health, uses).Run();
        if (storage is FileStorage files) new LeftoverCheck(files.Layout, clock, health).Run();
        else health.Add(new Finding(FindingKind.NotChecked, "leftovers, stale leases and foreign content are looked for in folders only."));
        return health;
    }

    // Other readers need a sound description; the check goes on without one.
    private static void CheckDescription(StorageBackend storage, StoreHealth health)
    {
        bool hasJournals = storage.ListJournals(JournalArea.Runs).Count > 0;
        string message;
        try
        {
            int? format = StoreDescription.ReadFormat(storage);
            if (format > StoreDescription.Format) throw StoreFaults.Newer(storage.Address, format.Value, StoreDescription.Format);
            if (format is not null) return;
            if (!hasJournals) throw StoreFaults.Missing(storage.Address);
            message = "is missing, so other commands see no store here. "
                + $"Restore it with the text {{\"format\":{StoreDescription.Format}}}.";
        }
        catch (StoreException fault) when (fault.InnerException is null && hasJournals
            && fault.Message.StartsWith("the description", StringComparison.Ordinal))
        {
            message = fault.Message;
        }

        string? place = storage is FileStorage { Layout: var layout } ? layout.Description : null;
        health.Add(new Finding(FindingKind.StoreDescription, message) { File = place });
    }

    private static void CheckAnnotations(StorageBackend storage, StoreHealth health)
    {
        var reader = new AnnotationReader();
        foreach (JournalRef journal in JournalRef.All(storage, JournalArea.Annotations)) reader.Read(journal);
        health.Annotations = reader.Lines;
        Report(reader.Damage, "its annotation does not count", health);
    }

    private static void CheckDerived(StorageBackend storage, StoreHealth health)
    {
        foreach (JournalRef journal in JournalRef.All(storage, JournalArea.Derived))
        {
            var reader = DerivedReader.ReadAll(journal);
            Report(reader.Damage, "its derived values do not count and are computed again when they are next asked for", health);
        }
    }

    private static void CheckAnswers(StorageBackend storage, StoreHealth health)
    {
        foreach (JournalRef journal in JournalRef.All(storage, JournalArea.Answers))
        {
            var reader = new AnswerReader((_, _, _) => { });
            StretchReader.ReadAll(journal, reader);
            Report(reader.Damage, "its answer is asked for again when it is next needed", health);
        }
    }

    private static void Report(IReadOnlyList<JournalDamage> all, string effect, StoreHealth health)
    {
        foreach (JournalDamage damage in all)
            if (damage.Unreadable is { } fault) health.AddUnreadable(damage.File, fault);

        foreach (JournalDamage damage in LineNumbers.Of([.. all.Where(d => d.Unreadable is null)]))
        {
            Finding found = damage.Torn
                ? new(FindingKind.TornLine, "the last line is unfinished: its writer was killed before it reported the line as kept.")
                : new(FindingKind.DamagedLine, $"{damage.Reason.TrimEnd('.')}. Readers skip the line; {effect}.");
            health.Add(found with { File = damage.File, Line = damage.Line, ByteOffset = damage.Offset });
        }
    }
}

/// <summary>Finds temporary files and locks that killed programs left. All of them are harmless.</summary>
internal sealed class LeftoverCheck(StoreLayout layout, TimeProvider clock, StoreHealth health)
{
    public void Run()
    {
        foreach (string file in StoreLeftovers.Places(layout).SelectMany(p => Files(p.Folder, p.Pattern)).Order(StringComparer.Ordinal))
        {
            const string Message = "a temporary file. It may be deleted while nothing writes to the store.";
            health.Add(new Finding(FindingKind.LeftoverFile, Message) { File = file });
        }

        foreach (string name in LockNames().Where(n => !FileLease.IsHeld(n, clock))) CheckLock(name);
    }

    // The empty file of a shared lock stays on purpose; only a description beside it shows that its holder was killed.
    private void CheckLock(string name)
    {
        bool isDescribed = File.Exists(name + ".json");
        if (!isDescribed && !LeaseName.IsWriter(Path.GetFileName(name))) return;
        LeaseHolder? holder = LeaseHolder.TryRead(name + ".json");
        string message = $"a lock nobody holds any more{(holder is null ? "" : $", of {holder}")}. It hinders nobody.";
        health.Add(new Finding(FindingKind.StaleLock, message) { File = name + (isDescribed ? ".json" : ".lock") });
    }

    private IEnumerable<string> LockNames() => Files(layout.Locks, "*.lock").Concat(Files(layout.Locks, "*.json"))
        .Select(f => Path.Combine(layout.Locks, Path.GetFileNameWithoutExtension(f)))
        .Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal);

    private static IEnumerable<string> Files(string folder, string pattern) =>
        Directory.Exists(folder) ? Directory.EnumerateFiles(folder, pattern) : [];
}
