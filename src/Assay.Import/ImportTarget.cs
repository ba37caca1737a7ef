using System.Text.Json;

namespace Assay.Import;

/// <summary>What a run of the source is to the store, as <see cref="ImportedRuns"/> counts it: the first two are imported.</summary>
internal enum ImportedAs { New, Changed, Known, Removed }

/// <summary>The store that runs are imported into, which of them it has, and the ledger of the import.</summary>
internal sealed class ImportTarget : IDisposable
{
    private readonly string _system;
    private readonly ImportOptions _options;
    private readonly CancellationToken _cancellation;
    private readonly Dictionary<string, int> _places = new(StringComparer.Ordinal);
    private readonly Dictionary<UInt128, KnownRun> _known = [];
    private readonly Dictionary<string, RemovedRun> _removed = new(StringComparer.Ordinal);
    private readonly HashSet<string> _journals = [];
    private readonly Results? _all;
    private readonly Lease? _lease;

    /// <summary>Opens the store, or creates it, and takes the lease of imports; the source is only read and must lie elsewhere.</summary>
    /// <exception cref="StoreException">The store cannot be written or read, or another import writes to it.</exception>
    public ImportTarget(string system, string source, ImportOptions options, CancellationToken cancellation)
    {
        (_system, _options, _cancellation) = (system, options, cancellation);
        StorageBackend named = StoreLocation.Open(options.Store);
        // A replayed program may start an import; the store of the run is only read.
        Storage = DryRun ? named : StoreLocation.ForWriting(named, options.Clock);
        Ledger = new ImportLedger(source);
        if (Contains(Storage.Address, source) || Contains(source, Storage.Address))
        {
            throw new AssayException($"the store '{Storage.Address}' and what is imported, '{source}', are one folder or lie within each "
                + "other; what is imported is only ever read. Choose another store.");
        }

        if (!DryRun)
        {
            StoreDescription.Ensure(Storage, options.Clock);
            _lease = Storage.TryTakeLease(LeaseName.Plan("assay import", ""), LeaseKind.Shared, options.Clock, out LeaseHolder? holder)
                ?? throw new StoreException($"another import is writing to the store '{Storage.Address}'"
                    + $"{(holder is null ? "" : $": {holder}")}. Wait until it has ended.");
        }

        try
        {
            // A cleanup may be freeing what is imported again.
            if (!DryRun) CleaningLease.AwaitEnd(Storage, options.Clock, options.Notice);
            _all = ReadStore();
        }
        catch
        {
            // Nobody can dispose an object whose constructor fails, and the lease renews itself.
            _lease?.Dispose();
            throw;
        }
    }

    public StorageBackend Storage { get; }

    public bool DryRun => _options.DryRun;

    public ImportLedger Ledger { get; }

    /// <summary>Counts a run of the source and decides its attempt, a number that not even a removed one has; null to leave it.</summary>
    public int? Admit(ForeignRun run, string file, long? line = null)
    {
        _cancellation.ThrowIfCancellationRequested();
        KnownRun? known = Find(run.Id);
        RemovedRun? removed = _removed.GetValueOrDefault(Fingerprint.Hex(run.Id));
        if (known is { Receipts.Count: 0 })
        {
            Ledger.Leave(file, line, $"run {run.Receipt.RunId} is one the store has recorded itself");
            return null;
        }

        ImportedAs what = known is not null ? known.Receipts.Any(run.Receipt.IsSameAs) ? ImportedAs.Known : ImportedAs.Changed
            : removed is not null && CanBeRestored(removed) && !_options.Anew ? ImportedAs.Removed : ImportedAs.New;
        Ledger.Count(run.Experiment, run.Version, what);
        if (what is ImportedAs.Known or ImportedAs.Removed) return null;
        return Math.Max(known?.Attempts ?? 0, removed?.Places.Max(p => p.Attempt) ?? 0) + 1;
    }

    /// <summary>The end that was given for a run when it was imported before; it holds for what the source has gained since.</summary>
    public string? EndedAs(UInt128 id) => Find(id)?.Receipts.Select(r => r.Status).FirstOrDefault(s => s is not null);

    public void Remember(ForeignRun run, int attempt) =>
        _known[run.Id] = new KnownRun(attempt, [run.Receipt, .. Find(run.Id)?.Receipts ?? []]);

    /// <summary>Keeps a copy of a file; in a dry run only looks at its length.</summary>
    public StoredArtifact Put(Stream content) => DryRun ? new(new string('0', 64), content.Length, default) : Storage.PutArtifact(content);

    public ImportSummary Summary() => Ledger.Summary(Storage.Address, _system, DryRun);

    public void Dispose() => _lease?.Dispose();

    private Results? ReadStore()
    {
        if (Storage.ReadDescription() is null) return null;
        Store store = Store.Open(Storage, _options.Clock);
        Results all = store.LoadAll(earlier: true);
        for (int place = 0; place < all.Count; place++) _places[all[place].Id] = place;
        foreach (RemovedRun run in store.Removed()) _removed[run.Id] = run;
        _journals.UnionWith(Storage.ListJournals(JournalArea.Runs).Select(j => j.Name));
        return all;
    }

    // What is freed, or stood in a journal that is gone, cannot be restored.
    private bool CanBeRestored(RemovedRun run) => run.FreedAt is null && run.Places.All(p => _journals.Contains(p.Journal));

    private KnownRun? Find(UInt128 id)
    {
        if (_known.TryGetValue(id, out KnownRun? known)) return known;
        if (!_places.TryGetValue(Fingerprint.Hex(id), out int place)) return null;
        RunRecord run = _all![place];
        // A record shows one attempt, which may be older than the last that was imported.
        IReadOnlyList<AttemptInfo> attempts = run.Attempts > 1 ? run.ReadAttempts() : [];
        IEnumerable<ImportReceipt?> receipts = attempts.Select(Metadata).Prepend(run.Metadata).Select(ImportReceipt.Find);
        return _known[id] = new KnownRun(Math.Max(run.Attempts, run.Attempt), [.. receipts.OfType<ImportReceipt>()]);
    }

    private IReadOnlyDictionary<string, object?> Metadata(AttemptInfo attempt)
    {
        var journal = new JournalRef(Storage, JournalArea.Runs, Path.GetFileName(attempt.Journal));
        (_, byte[] line) = new JournalReader([journal]).Lines(0, attempt.Offset, attempt.Offset + 1).First();
        return ForeignJson.Member(JsonElement.Parse(line), "value") is { } value && ForeignJson.Member(value, "metadata") is { } metadata
            ? JsonObjects.Dictionary(metadata) : JsonObjects.Empty;
    }

    private static bool Contains(string folder, string other)
    {
        string relative = Path.GetRelativePath(folder, other);
        return relative.Split(Path.DirectorySeparatorChar)[0] != ".." && !Path.IsPathRooted(relative);
    }

    /// <summary>The attempts that the store has of a run, and what was imported; no receipts if it never was.</summary>
    private sealed record KnownRun(int Attempts, IReadOnlyList<ImportReceipt> Receipts);
}

/// <summary>A run of the source, with its id in the store and the receipt by which it is recognised.</summary>
internal sealed record ForeignRun(UInt128 Id, string Experiment, string Version, ImportReceipt Receipt);

/// <summary>Metadata of an imported run: where it is from, a digest by which it is recognised, and the end that the user told.</summary>
internal sealed record ImportReceipt(string From, string RunId, string Digest, string? Status)
{
    public static ImportReceipt? Find(IReadOnlyDictionary<string, object?> metadata)
    {
        foreach (IReadOnlyDictionary<string, object?> named in metadata.Values.OfType<IReadOnlyDictionary<string, object?>>())
        {
            if (named.GetValueOrDefault("from") is string from && named.GetValueOrDefault("run_id") is string id
                && named.GetValueOrDefault("digest") is string digest)
                return new ImportReceipt(from, id, digest, named.GetValueOrDefault("status_told") as string);
        }

        return null;
    }

    /// <summary>Whether this is what was imported before; without a status here, any will do.</summary>
    public bool IsSameAs(ImportReceipt before) => Digest == before.Digest && (Status is null || Status == before.Status);

    /// <summary>Writes the run's metadata with this in it, under a name that its own do not have.</summary>
    public void Write(ObjectWriter value, JsonElement? own, Action<ObjectWriter> more)
    {
        using ObjectWriter metadata = value.Object("metadata");
        string name = "imported";
        if (own is { ValueKind: JsonValueKind.Object } members)
        {
            metadata.All(members.EnumerateObject());
            while (ForeignJson.TryMember(members, name, out _)) name += "_";
        }
        else
        {
            metadata.Value("value", own);
        }

        using ObjectWriter receipt = metadata.Object(name);
        receipt.Text("from", From).Text("run_id", RunId).Text("digest", Digest).Text("status_told", Status);
        more(receipt);
    }
}
