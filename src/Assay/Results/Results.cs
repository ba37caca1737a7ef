using System.Collections;

namespace Assay;

/// <summary>
/// An immutable view over runs, in plan order when it comes from running an experiment and in order of start when it is loaded from a store. Records
/// are read when they are asked for, so a view of a million runs costs what is looked at. Thread-safe.
/// </summary>
public sealed partial class Results : IReadOnlyList<RunRecord>
{
    private readonly Lazy<RunCatalog> _catalog;
    private readonly Lazy<JournalReader> _reader;
    private readonly Lazy<RunEntry[]> _entries;

    internal Results(Lazy<RunCatalog> catalog, Func<RunEntry[]> entries)
        : this(catalog, new Lazy<JournalReader>(() => new JournalReader(catalog.Value.Journals)), entries) { }

    private Results(Lazy<RunCatalog> catalog, Lazy<JournalReader> reader, Func<RunEntry[]> entries) =>
        (_catalog, _reader, _entries) = (catalog, reader, new Lazy<RunEntry[]>(entries));

    /// <summary>Number of runs.</summary>
    public int Count => Entries.Length;

    /// <summary>The run at a place, from 0.</summary>
    public RunRecord this[int index] => (uint)index < (uint)Count
        ? Record(Entries[index])
        : throw new ArgumentOutOfRangeException(nameof(index), index, Count == 0 ? "There are no runs." : $"There are runs 0 to {Count - 1}.");

    /// <summary>The run with this id, or with the only id that starts like this.</summary>
    /// <exception cref="AssayException">No run or several runs have such an id.</exception>
    public RunRecord this[string id] => Find(id);

    /// <summary>The runs that succeeded.</summary>
    public Results Successful => Filter(RunStatus.Success);

    /// <summary>The runs that failed.</summary>
    public Results Failed => Filter(RunStatus.Failed);

    /// <summary>Lines of journals that could not be read while loading; the unfinished last line of a killed writer is not among them.</summary>
    public IReadOnlyList<JournalDamage> Damage => [.. _catalog.Value.Damage.Where(d => !d.Torn)];

    /// <summary>The runs that stand in one of these ways; costs no reading of records.</summary>
    internal Results Filter(IReadOnlySet<RunStatus> statuses) => View(() => [.. Entries.Where(e => statuses.Contains(e.Status))]);

    /// <summary>The ids in the order of the runs; costs no reading of records.</summary>
    internal IEnumerable<UInt128> Ids => Entries.Select(e => e.Id);

    private RunEntry[] Entries => _entries.Value;

    /// <summary>A part of the runs; lets <c>results[1..5]</c> work.</summary>
    public Results Slice(int start, int length)
    {
        if (start < 0 || length < 0 || start + length > Count)
            throw new ArgumentOutOfRangeException(nameof(start), $"Runs {start} to {start + length} were asked for; there are {Count}.");
        return View(() => Entries.AsSpan(start, length).ToArray());
    }

    /// <summary>The runs with this status.</summary>
    public Results Filter(RunStatus status) => View(() => [.. Entries.Where(e => e.Status == status)]);

    /// <summary>The runs for which a condition holds.</summary>
    public Results Filter(Func<RunRecord, bool> condition) => View(() => [.. Entries.Where(e => condition(Record(e)))]);

    /// <summary>
    /// The runs whose parameters, metrics or labels have these values. A name is looked for among parameters first, then labels, then metrics; any casing and
    /// <c>snake_case</c> will do, and numbers are compared by value, so 1 equals 1.0.
    /// </summary>
    /// <param name="values">For example <c>new { LearningRate = 0.01 }</c>, or a dictionary.</param>
    /// <exception cref="AssayException">No run has such a name.</exception>
    public Results Filter(object values)
    {
        (string Name, object? Value)[] wanted = [.. JsonValues.Members(values)];
        var fields = new FieldNames(this);
        foreach ((string name, _) in wanted) fields.Require(name);
        return Filter(run => wanted.All(w => FieldNames.TryGet(run, w.Name, out object? value) && FieldNames.SameValue(value, w.Value)));
    }

    /// <summary>The runs that carry all of these tags.</summary>
    public Results Tagged(params string[] tags) => Filter(run => tags.All(t => run.Tags.Contains(t, StringComparer.Ordinal)));

    /// <summary>The run with the best value of a metric among those that succeeded; NaN never wins, and the earlier run wins a tie.</summary>
    /// <param name="metric">Name of the metric, parameter or label.</param>
    /// <param name="maximize">Whether more is better. Default: true.</param>
    /// <exception cref="AssayException">No successful run has a number there.</exception>
    public RunRecord Best(string metric, bool maximize = true)
    {
        RunRecord? best = null;
        double bestValue = 0;
        foreach (RunRecord run in Successful)
        {
            if (!FieldNames.TryGetNumber(run, metric, out double value) || double.IsNaN(value)) continue;
            if (best is not null && (maximize ? value <= bestValue : value >= bestValue)) continue;
            (best, bestValue) = (run, value);
        }

        return best ?? throw new AssayException($"no successful run has a number called '{metric}'; {new FieldNames(this).Known()} Correct the name, or record the metric.");
    }

    /// <summary>How many runs have each status.</summary>
    public IReadOnlyDictionary<RunStatus, int> CountByStatus() =>
        Entries.GroupBy(e => e.Status).OrderBy(g => g.Key).ToDictionary(g => g.Key, g => g.Count());

    /// <inheritdoc/>
    public IEnumerator<RunRecord> GetEnumerator()
    {
        foreach (RunEntry entry in Entries) yield return Record(entry);
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private RunRecord Record(RunEntry entry) => new(_catalog.Value, _reader.Value, entry);

    private Results View(Func<RunEntry[]> entries) => new(_catalog, _reader, entries);

    private RunRecord Find(string id)
    {
        string prefix = id.Trim().ToLowerInvariant();
        RunEntry[] found = [.. Entries.Where(e => Fingerprint.Hex(e.Id).StartsWith(prefix, StringComparison.Ordinal)).Take(6)];
        return found.Length switch
        {
            1 => Record(found[0]),
            0 => throw new AssayException($"no run has an id that starts with '{id}'; expected the first digits of one of {Count} ids. List them to see which there are."),
            _ => throw new AssayException($"several runs have an id that starts with '{id}': {string.Join(", ", found.Take(5).Select(e => Fingerprint.Hex(e.Id)))}{(found.Length > 5 ? ", …" : "")}. Give more digits."),
        };
    }
}
