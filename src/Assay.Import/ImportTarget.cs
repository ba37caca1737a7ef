using System.Text.Json;

namespace Assay.Import;

/// <summary>The store that runs are imported into, and which of them it has.</summary>
internal sealed class ImportTarget : IDisposable
{
    private readonly Dictionary<UInt128, int> _places = [];
    private readonly Dictionary<UInt128, KnownRun> _imported = [];
    private readonly HashSet<UInt128> _removed = [];
    private readonly bool _anew;
    private readonly Results? _all;
    private readonly Lease? _lease;

    /// <param name="store">The store that was named, if any; it is made if there is none.</param>
    /// <param name="source">What is imported; only read, so the store must be elsewhere.</param>
    /// <param name="clock">For the store's description and its locks.</param>
    /// <param name="dryRun">Whether nothing is written.</param>
    /// <param name="tell">Is told what is waited for.</param>
    /// <param name="anew">Whether runs that were removed come again, as new ones.</param>
    /// <exception cref="StoreException">The store cannot be written or read, or another import writes to it.</exception>
    public ImportTarget(string? store, string source, TimeProvider clock, bool dryRun, Action<string> tell, bool anew = false)
    {
        StorageBackend named = StoreLocation.Open(store);
        // A replayed program may start an import; the store of the run is only read.
        Storage = dryRun ? named : StoreLocation.ForWriting(named, clock);
        DryRun = dryRun;
        _anew = anew;
        if (Contains(Storage.Address, source) || Contains(source, Storage.Address))
        {
            throw new AssayException($"the store '{Storage.Address}' and what is imported, '{source}', are one folder or lie within each "
                + "other; what is imported is only ever read. Choose another store with --store.");
        }

        if (!dryRun)
        {
            StoreDescription.Ensure(Storage, clock);
            _lease = Storage.TryTakeLease(LeaseName.Plan("assay import", ""), LeaseKind.Shared, clock, out LeaseHolder? holder)
                ?? throw new StoreException($"another import is writing to the store '{Storage.Address}'"
                    + $"{(holder is null ? "" : $": {holder}")}. Wait until it has ended.");
            // What is being freed may be just what comes again.
            CleaningLease.AwaitEnd(Storage, clock, tell);
        }

        if (Storage.ReadDescription() is null) return;
        _all = Store.Open(Storage.Address, clock).LoadAll();
        foreach ((int place, UInt128 id) in _all.Ids.Index()) _places[id] = place;
        HashSet<string> journals = [.. Storage.ListJournals(JournalArea.Runs).Select(j => j.Name)];
        // What is freed, or stood in a journal that is gone, nobody can bring back.
        bool CanBeRestored(RemovedRun run) => run.FreedAt is null && run.Places.All(p => journals.Contains(p.Journal));
        foreach (RemovedRun run in _all.Removed.Where(CanBeRestored)) _removed.Add(run.RunId);
    }

    public StorageBackend Storage { get; }

    public bool DryRun { get; }

    /// <summary>What is to become of a run of the source.</summary>
    /// <param name="id">The run.</param>
    /// <param name="receipt">What the source has of it.</param>
    /// <param name="attempt">The attempt it gets if it is imported: one that no other has, not even a removed one, or the two were mixed when that is restored.</param>
    public ImportedAs Ask(UInt128 id, ImportReceipt receipt, out int attempt)
    {
        KnownRun? known = Find(id);
        attempt = Math.Max(known?.Attempts ?? 0, _all?.LastRemovedAttempt(id) ?? 0) + 1;
        if (known is null) return _removed.Contains(id) && !_anew ? ImportedAs.Removed : ImportedAs.New;
        if (known.Receipts.Count == 0) return ImportedAs.Own;
        return known.Receipts.Any(receipt.IsSameAs) ? ImportedAs.Known : ImportedAs.Changed;
    }

    /// <summary>What was said of the end of a run when it was imported before; it holds for what the source has gained since.</summary>
    public string? EndedAs(UInt128 id) => Find(id)?.Receipts.Select(r => r.Status).FirstOrDefault(s => s is not null);

    public void Remember(UInt128 id, ImportReceipt receipt, int attempt) =>
        _imported[id] = new KnownRun(attempt, [receipt, .. Find(id)?.Receipts ?? []]);

    /// <summary>Keeps a copy of a file; in a dry run only looks at its length.</summary>
    public StoredArtifact Put(Stream content) => DryRun ? new(new string('0', 64), content.Length, default) : Storage.PutArtifact(content);

    /// <inheritdoc cref="Put(Stream)"/>
    public StoredArtifact Put(byte[] content) => DryRun ? new(new string('0', 64), content.Length, default) : Storage.PutArtifact(content);

    public void Dispose() => _lease?.Dispose();

    private KnownRun? Find(UInt128 id)
    {
        if (_imported.TryGetValue(id, out KnownRun? known)) return known;
        if (!_places.TryGetValue(id, out int place)) return null;
        RunRecord run = _all![place];
        KnownRun found = KnownRun.Of(run);
        return _imported[id] = run.Attempts > 1 ? found with { Receipts = [.. found.Receipts, .. Earlier(run)] } : found;
    }

    // A record is of one attempt; that one may be older than the last that was imported.
    private IEnumerable<ImportReceipt> Earlier(RunRecord run)
    {
        foreach (AttemptInfo attempt in AttemptHistory.Of(Storage, run))
        {
            var journal = new JournalRef(Storage, JournalArea.Runs, Path.GetFileName(attempt.Journal));
            (_, byte[] bytes) = new JournalReader([journal]).Lines(0, attempt.Offset, attempt.Offset + 1).First();
            using JsonDocument line = JsonDocument.Parse(bytes);
            if (line.RootElement.ValueKind != JsonValueKind.Object || ForeignJson.Member(line.RootElement, "value") is not { } value || ForeignJson.Member(value, "metadata") is not { } metadata) continue;
            if (ImportReceipt.Find(JsonObjects.Dictionary(metadata)) is { } receipt) yield return receipt;
        }
    }

    private static bool Contains(string folder, string other)
    {
        string relative = Path.GetRelativePath(folder, other);
        return relative == "." || (relative != ".." && !relative.StartsWith(".." + Path.DirectorySeparatorChar, StringComparison.Ordinal) && !Path.IsPathRooted(relative));
    }
}

/// <summary>What a store has of an imported run.</summary>
/// <param name="Attempts">How many attempts.</param>
/// <param name="Receipts">What was imported; nothing of a run that was never imported.</param>
internal sealed record KnownRun(int Attempts, IReadOnlyList<ImportReceipt> Receipts)
{
    public static KnownRun Of(RunRecord run) =>
        new(Math.Max(run.Attempts, run.Attempt), ImportReceipt.Find(run.Metadata) is { } receipt ? [receipt] : []);
}
