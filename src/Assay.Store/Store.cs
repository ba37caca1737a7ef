namespace Assay;

/// <summary>
/// A store. Opening it and reading from it creates and changes nothing; a folder that is no store is an error. What <see cref="Note"/>,
/// <see cref="Tag"/> and <see cref="Remove"/> say of runs is kept beside the journals, which stay as they are. Thread-safe.
/// </summary>
public sealed partial class Store
{
    private readonly TimeProvider _clock;

    private Store(StorageBackend storage, TimeProvider clock) => (Storage, _clock) = (storage, clock);

    /// <summary>Where the store is: an absolute path, or a URL.</summary>
    public string Path => Storage.Address;

    /// <summary>Where the store keeps its bytes.</summary>
    public StorageBackend Storage { get; }

    /// <summary>Opens a store.</summary>
    /// <param name="path">Its folder or URL. Default: ASSAY_DIR, else the nearest <c>.assay</c> at or above the current folder.</param>
    /// <param name="clock">Times of annotations, and whether a run is still running. Default: the system's.</param>
    /// <exception cref="StoreException">There is no store, or it is of a newer format.</exception>
    public static Store Open(string? path = null, TimeProvider? clock = null) => Open(StoreLocation.Open(path), clock);

    /// <summary>Opens the store in a storage backend.</summary>
    /// <param name="storage">Where the store keeps its bytes.</param>
    /// <param name="clock">Times of annotations, and whether a run is still running. Default: the system's.</param>
    /// <exception cref="StoreException">There is no store, or it is of a newer format.</exception>
    public static Store Open(StorageBackend storage, TimeProvider? clock = null)
    {
        StoreDescription.Check(storage);
        return new Store(storage, clock ?? TimeProvider.System);
    }

    /// <summary>
    /// The results of one experiment: of each version, the runs made by the code and with the context that ran last, also where that only
    /// reused finished runs, and runs without a fingerprint of the code, such as lone ones. Runs of earlier code or another context are
    /// different experiments in all but name, so they are never mixed in unasked: <see cref="Results.Earlier"/> has them.
    /// </summary>
    /// <param name="experiment"><c>name</c> for all versions, or <c>name:version</c>.</param>
    /// <param name="earlier">
    /// Whether to include runs of earlier code and other contexts; columns <c>code</c> and <c>context</c> of tables tell them apart.
    /// Default: no.
    /// </param>
    /// <exception cref="AssayException">The store has no such experiment; the message lists those it has.</exception>
    public Results Load(string experiment, bool earlier = false)
    {
        ArgumentNullException.ThrowIfNull(experiment);
        string[] parts = experiment.Split(':', 2);
        // A lone run's name may hold a colon of its own.
        bool IsNamed(string? name, string? version) =>
            name == experiment || (name == parts[0] && (parts.Length == 1 || version is null || version == parts[1]));
        Results results = Load(
            JournalSnapshot.Take(Storage, _clock), _ => head => IsNamed(head.Experiment, head.Version),
            catalog => catalog.Unsure.Count == 0 ? catalog.Rows : Belonging(catalog, IsNamed));
        if (results.Count > 0) return earlier ? results : results.Newest;
        string known = string.Join(", ", Experiments().Select(e => e.Title)) is { Length: > 0 } titles ? titles : "none yet";
        throw new AssayException(
            $"the store '{Path}' has no experiment '{experiment}'; it has {known}. Correct the name, or run it first.");
    }

    /// <summary>Runs of one experiment in the caller's order, such as a plan's. Nothing is read before they are looked at.</summary>
    /// <param name="experiment">The name of the experiment; runs of all its versions can be found.</param>
    /// <param name="choose">Returns the ids of the runs, each once; ids that the store does not have are passed over.</param>
    public Results Load(string experiment, Func<RunLookup, IEnumerable<UInt128>> choose)
    {
        ArgumentNullException.ThrowIfNull(experiment);
        ArgumentNullException.ThrowIfNull(choose);
        return Load(
            JournalSnapshot.Take(Storage, _clock),
            _ => head => head.Experiment == experiment,
            catalog => [.. choose(new RunLookup(catalog)).Select(catalog.Find).Where(row => row >= 0)]);
    }

    /// <summary>The results of all experiments, of each as <see cref="Load(string, bool)"/> gives them.</summary>
    /// <param name="earlier">
    /// Whether to include runs of earlier code and other contexts. Default: no; <see cref="Results.Earlier"/> has those left out.
    /// </param>
    public Results LoadAll(bool earlier = false)
    {
        Results all = Load(JournalSnapshot.Take(Storage, _clock), _ => _ => true, catalog => catalog.Rows);
        return earlier ? all : all.Newest;
    }

    /// <summary>What the store holds, an entry for each experiment and version, by the time of the latest run, newest first.</summary>
    public IReadOnlyList<ExperimentInfo> Experiments() => ExperimentInfo.Summarise(LoadAll(earlier: true));

    private Results Load(
        JournalSnapshot snapshot, Func<IReadOnlyList<JournalHead>, Func<JournalHead, bool>> choose, Func<RunCatalog, int[]> rows) =>
        // A fault is not remembered: the next use reads again.
        new(new Lazy<RunCatalog>(() => RunIndex.Read(snapshot, choose, _clock), LazyThreadSafetyMode.PublicationOnly), rows);

    /// <param name="catalog">Runs, some of journals whose first lines leave open whose they hold.</param>
    /// <param name="belongs">Asked of name and version of each of those.</param>
    private static int[] Belonging(RunCatalog catalog, Func<string, string, bool> belongs) =>
        RowSlices.Where(catalog, catalog.Rows, number =>
    {
        RunSegment segment = catalog.Segments[number];
        FieldColumn? names = segment.Field(FieldKey.Experiment), versions = segment.Field(FieldKey.Version);
        return RowSlices.Each(row => !catalog.Unsure.Contains(segment.Journals[row])
            || belongs(names?[row] as string ?? "", versions?[row] as string ?? ""));
    });
}

/// <summary>
/// Finds runs of a store by their ids, for <see cref="Store.Load(string, Func{RunLookup, IEnumerable{UInt128}})"/>. Not thread-safe.
/// </summary>
public readonly struct RunLookup
{
    private readonly RunCatalog _catalog;

    internal RunLookup(RunCatalog catalog) => _catalog = catalog;

    /// <summary>The status of a run; null when the store does not have it.</summary>
    public RunStatus? StatusOf(UInt128 id) => _catalog.Find(id) is >= 0 and var row ? _catalog.Status(row) : null;
}
