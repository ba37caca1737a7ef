namespace Assay;

/// <summary>
/// The frozen side of a run: what the store knows of it. Its lines are read from the store when something of them is first asked for, and
/// parameters and metrics are kept from then on; series, rows, data, log and artifacts are read each time. Where a journal is gone or was
/// changed since, whatever is read from it throws a <see cref="StoreException"/>. Immutable and thread-safe.
/// </summary>
public sealed partial class RunRecord
{
    private static readonly ValuePath ExperimentPath = new([new PathStep(FieldKey.Experiment.Name)]);

    private readonly RunCatalog _catalog;
    private readonly JournalReader _reader;
    private readonly RunEntry _entry;
    private readonly int _row;
    private RunFacts? _facts;
    private IReadOnlyDictionary<string, object?>? _git;

    internal RunRecord(RunCatalog catalog, JournalReader reader, RunEntry entry, int row) =>
        (_catalog, _reader, _entry, _row) = (catalog, reader, entry, row);

    /// <summary>32 lower-case hexadecimal digits.</summary>
    public string Id => Fingerprint.Hex(_entry.Id);

    /// <summary>Name of the experiment.</summary>
    public string Experiment => ExperimentCell ?? Facts.Experiment;

    /// <summary>Version of the experiment; empty when the run has none.</summary>
    public string Version => Facts.Version;

    /// <summary>How the run stands.</summary>
    public RunStatus Status => _entry.Status;

    /// <summary>Its place in the plan that ran it.</summary>
    public long Index => Facts.Index;

    /// <summary>The attempt this record is of, from 1: the latest one that counts.</summary>
    public int Attempt => _entry.Attempt;

    /// <summary>How many attempts the store knows, this one included.</summary>
    public int Attempts => _entry.Attempts;

    /// <summary>The parameters by member name: long, double, string, bool, null, lists, and dictionaries for nested records.</summary>
    public IReadOnlyDictionary<string, object?> Params => Facts.Params;

    /// <summary>The labels of the run's variables; empty for other spaces.</summary>
    public IReadOnlyDictionary<string, object?> Labels => Facts.Labels;

    /// <summary>The metrics in the order they were recorded: long, double, string, bool or null. Empty until the run ends.</summary>
    public IReadOnlyDictionary<string, object?> Metrics => Facts.Metrics;

    /// <summary>
    /// The values that functions derived from the attempt that is shown, by name: long, double, string, bool or null. Of two functions with
    /// a value of one name the one that was computed later counts. Empty where none were derived. They are read with the first look at any
    /// run's; what <see cref="Results.DeriveAsync"/> computes for the results that this record is of is there from then on.
    /// </summary>
    public IReadOnlyDictionary<string, object?> Derived => _catalog.Derived.Of(_entry.Id, Shown);

    /// <summary>Marks of the experiment and of the run, with what <see cref="Store.Tag"/> added and took away.</summary>
    public IReadOnlyList<string> Tags => _catalog.Annotations.TagsOf(_entry.Id, Facts.Tags);

    /// <summary>
    /// Remarks made after the run was recorded, by <see cref="Store.Note"/> or <c>assay note</c>, oldest first. What the run itself
    /// remarked stands in <see cref="Log"/>.
    /// </summary>
    public IReadOnlyList<RunNote> Notes => _catalog.Annotations.NotesOf(_entry.Id);

    /// <summary>Facts the experiment gave.</summary>
    public IReadOnlyDictionary<string, object?> Metadata => Facts.Metadata;

    /// <summary>The run's seeds; null when it has none.</summary>
    public RecordedSeed? Seed => Facts.Seed;

    /// <summary>When it started, in UTC.</summary>
    public DateTimeOffset StartedAt => new(_entry.StartedAt, TimeSpan.Zero);

    /// <summary>How long it took; null while it has not ended.</summary>
    public TimeSpan? Duration => Facts.Duration;

    /// <summary>Why it did not succeed; null if it did or has not ended.</summary>
    public RunError? Error => Facts.Error;

    /// <summary>Of the point across replicates, the context and the code: <c>params</c>, <c>context</c>, <c>code</c>.</summary>
    public IReadOnlyDictionary<string, object?> Fingerprints => Facts.Fingerprints;

    /// <summary>
    /// The state of the code: <c>head</c> and <c>head_branch</c>, the commit and the branch it was made on, <c>dirty</c>, whether the tree
    /// had changes, and more (see <c>docs/design/0005-store.md</c>); <c>commit</c> and <c>branch</c> are those of the snapshot where there
    /// is one. Empty when there was no repository.
    /// </summary>
    /// <exception cref="StoreException">The journal cannot be read.</exception>
    public IReadOnlyDictionary<string, object?> Git => _git ??= WholeGit();

    /// <summary>The journal the run stands in: an absolute path, or a URL.</summary>
    public string Journal => Source.Location;

    /// <summary>The place of the run's first line; null when the line is missing.</summary>
    public LinePlace? StartPlace => _entry.Start < 0 ? null : new LinePlace(Source, _entry.Start);

    /// <summary>The place of the run's last line; null when the run has not ended.</summary>
    public LinePlace? EndPlace => _entry.End < 0 ? null : new LinePlace(Source, _entry.End);

    /// <summary>Reads the facts about the program that ran it; null when the journal has none or they are damaged.</summary>
    /// <exception cref="StoreException">The journal cannot be read.</exception>
    public RecordedSession? ReadSession() => RecordedSession.Read(Source, () => _catalog.NoteDamage(Source, 0));

    /// <summary>Reads all attempts of the run at the moment shown, removed ones excepted, the first one first.</summary>
    /// <exception cref="StoreException">A journal cannot be read, or was changed.</exception>
    public IReadOnlyList<AttemptInfo> ReadAttempts() =>
        [.. _catalog.Attempts(_entry).Select(a => AttemptInfo.Read(_reader, a)).OrderBy(a => a.Attempt).ThenBy(a => a.StartedAt)];

    internal JournalRef Source => _catalog.Journals[_entry.Journal];

    internal DateTimeOffset? EndedAt => Facts.EndedAt;

    /// <summary>The tags that the run's own lines say.</summary>
    internal IReadOnlyList<string> RecordedTags => Facts.Tags;

    /// <summary>Where the run's lines stand in <see cref="Journal"/>.</summary>
    internal RunEntry Place => _entry;

    /// <summary>The attempt that is shown, as annotations name it.</summary>
    internal AttemptPlace Shown => new(Source.Name, Attempt);

    /// <summary>Every attempt that the store holds of the run, wherever its lines stand.</summary>
    internal IReadOnlyList<AttemptPlace> Places =>
        [.. _catalog.Attempts(_entry).Select(a => new AttemptPlace(_catalog.Journals[a.Key.Journal].Name, a.Key.Attempt))];

    internal bool IsOf(StorageBackend storage) => _catalog.Storage.Address == storage.Address;

    /// <summary>The annotations of the store's runs when the record was read.</summary>
    internal RunAnnotations Annotations => _catalog.Annotations;

    internal string StorePath => _catalog.Storage.Address;

    /// <inheritdoc/>
    public override string ToString() => $"{Id[..8]} {RunStatusText.Text(Status)}{(ExperimentCell is { } name ? " " + name : "")}";

    // The runs of an experiment share the code of their session, whose line has all of it.
    private IReadOnlyDictionary<string, object?> WholeGit()
    {
        IReadOnlyDictionary<string, object?> git = Facts.Git;
        if (git.Count == 0 || git.ContainsKey("head")) return git;
        IReadOnlyDictionary<string, object?> whole = _catalog.GitOf(_entry.Journal, () => _catalog.NoteDamage(Source, 0));
        return Equals(whole.GetValueOrDefault("commit"), git.GetValueOrDefault("commit")) ? whole : git;
    }

    private string? ExperimentCell => TryCell(FieldPlace.Fixed, ExperimentPath, out object? name) is true ? name as string : null;

    private RunFacts Facts => _facts ??= RunFacts.Read(_reader, _entry);

    /// <inheritdoc cref="ColumnCells.TryGet"/>
    internal bool? TryCell(FieldPlace place, ValuePath path, out object? value) => _catalog.Cells.TryGet(_row, place, path, out value);
}
