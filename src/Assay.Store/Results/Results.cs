using System.Collections;
using System.Globalization;

namespace Assay;

/// <summary>
/// An immutable view over runs, in plan order when it comes from running an experiment and in order of start when it is loaded from a store. Records
/// are read when they are asked for, so a view of a million runs costs what is looked at. Thread-safe.
/// </summary>
public sealed partial class Results : IReadOnlyList<RunRecord>
{
    private readonly Lazy<RunCatalog> _catalog;
    private readonly Lazy<int[]> _rows;

    /// <param name="catalog">The runs of the store; views share it.</param>
    /// <param name="choose">Chooses the rows of these runs; called twice at worst, with one outcome.</param>
    internal Results(Lazy<RunCatalog> catalog, Func<RunCatalog, int[]> choose) =>
        (_catalog, _rows) = (catalog, new Lazy<int[]>(() => choose(catalog.Value), LazyThreadSafetyMode.PublicationOnly));

    /// <summary>Number of runs.</summary>
    public int Count => OnColumns((_, rows) => rows.Length);

    /// <summary>The run at a place, from 0.</summary>
    public RunRecord this[int index] => (uint)index < (uint)Count
        ? OnColumns((catalog, rows) => catalog.Record(rows[index]))
        : throw new ArgumentOutOfRangeException(nameof(index), index, Count == 0 ? "There are no runs." : $"There are runs 0 to {Count - 1}.");

    /// <summary>The run with this id, or with the only id that starts like this.</summary>
    /// <exception cref="AssayException">No run or several runs have such an id.</exception>
    public RunRecord this[string id] => Find(id);

    /// <summary>The runs that succeeded.</summary>
    public Results Successful => Filter(RunStatus.Success);

    /// <summary>The runs that failed.</summary>
    public Results Failed => Filter(RunStatus.Failed);

    /// <summary>Lines of journals that could not be read while loading; the unfinished last line of a killed writer is not among them.</summary>
    public IReadOnlyList<JournalDamage> Damage => OnColumns((catalog, _) => catalog.Damage.Where(d => !d.Torn).ToArray());

    /// <summary>The runs that had been removed from the store, the one that was removed last first.</summary>
    public IReadOnlyList<RemovedRun> Removed => OnColumns((catalog, _) => catalog.Annotations.Removed());

    /// <summary>The runs with one of these statuses. No record is read.</summary>
    /// <param name="statuses">The statuses.</param>
    public Results Filter(IReadOnlySet<RunStatus> statuses) =>
        View((catalog, rows) => RowSlices.Where(catalog, rows, WithStatus(catalog, statuses)));

    /// <summary>The ids in the order of the runs. No record is read.</summary>
    public IReadOnlyList<UInt128> Ids => OnColumns((catalog, rows) => Array.ConvertAll(rows, catalog.Id));

    /// <summary>The position of a run, from 0; -1 when it is not among these. Reads no record.</summary>
    /// <param name="id">All 32 digits of its id.</param>
    public int IndexOf(string id) => UInt128.TryParse(id, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out UInt128 wanted)
        ? OnColumns((catalog, rows) => Array.FindIndex(rows, row => catalog.Id(row) == wanted)) : -1;

    /// <summary>A part of the runs; lets <c>results[1..5]</c> work.</summary>
    public Results Slice(int start, int length)
    {
        if (start < 0 || length < 0 || start + length > Count)
            throw new ArgumentOutOfRangeException(nameof(start), $"Runs {start} to {start + length} were asked for; there are {Count}.");
        return View((_, rows) => rows.AsSpan(start, length).ToArray());
    }

    /// <summary>The runs with this status.</summary>
    public Results Filter(RunStatus status) => Filter(new HashSet<RunStatus> { status });

    /// <summary>The runs for which a condition holds. The condition is asked when the runs are first looked at, and may be asked again: it should depend on the run alone.</summary>
    public Results Filter(Func<RunRecord, bool> condition) => View((catalog, rows) => [.. rows.Where(r => condition(catalog.Record(r)))]);

    /// <summary>
    /// The runs that fulfil a condition, such as <c>lr &gt; 0.01 and accuracy &gt;= 0.9</c>: the same text, names and errors as <c>--where</c> in the shell. The language is described in
    /// <c>docs/reference/cli.md</c>; a time such as <c>3d</c> counts back from the call.
    /// </summary>
    /// <param name="condition">The condition.</param>
    /// <exception cref="AssayException">The text is no condition (the message shows the place), or no run has one of its names (the message lists those there are).</exception>
    public Results Where(string condition)
    {
        ArgumentNullException.ThrowIfNull(condition);
        var parsed = RunCondition.Parse(condition, TimeProvider.System.GetUtcNow());
        parsed.Check(this);
        return Filter(parsed.Holds);
    }

    /// <summary>
    /// The runs whose parameters, metrics or labels have these values. Any casing and <c>snake_case</c> will do, and numbers are compared by value, so 1 equals 1.0. A name that is a
    /// parameter, or a label, and also a metric of one run is refused: <c>params.NAME</c> (or <c>param_NAME</c>), <c>labels.NAME</c> and <c>metrics.NAME</c> say which is meant. Of a parameter and
    /// its label of one name it is the parameter.
    /// </summary>
    /// <param name="values">For example <c>new { LearningRate = 0.01 }</c>, or a dictionary.</param>
    /// <exception cref="AssayException">No run has such a name, or it means several values of one.</exception>
    public Results Filter(object values)
    {
        ArgumentNullException.ThrowIfNull(values);
        (string Name, object? Value)[] wanted = [.. NamedValues.Read(values).Select(p => (p.Key, p.Value))];
        var fields = new FieldNames(this);
        foreach ((string name, _) in wanted) fields.Require(name);
        return View((catalog, rows) => wanted.Aggregate(rows, (left, w) => RowFilter.Equal(catalog, left, w.Name, w.Value)));
    }

    /// <summary>
    /// The runs whose parameter, metric or label is a number between two bounds, both included. NaN is between none. Names are found as in
    /// <see cref="Filter(object)"/>.
    /// </summary>
    /// <param name="name">For example <c>"accuracy"</c>.</param>
    /// <param name="min">The least value. Default: no bound.</param>
    /// <param name="max">The largest value. Default: no bound.</param>
    /// <exception cref="AssayException">No run has such a name, or it means several values of one.</exception>
    public Results Filter(string name, double min = double.NegativeInfinity, double max = double.PositiveInfinity)
    {
        new FieldNames(this).Require(name);
        return View((catalog, rows) => RowFilter.Between(catalog, rows, name, min, max));
    }

    /// <summary>The runs that carry all of these tags.</summary>
    public Results Tagged(params string[] tags) => View((catalog, rows) => RowFilter.Tagged(catalog, rows, tags));

    /// <summary>
    /// The same runs by the values of some names, such as <c>accuracy:desc,started</c>: the same text, names and errors as <c>--sort</c> in the shell. Numbers come before texts, runs
    /// without a value last either way, and equal ones keep their order.
    /// </summary>
    /// <param name="keys">Names with commas between them, each with <c>:desc</c> for the largest first.</param>
    /// <exception cref="AssayException">A name cannot be read, or no run has it.</exception>
    public Results Sort(string keys)
    {
        ArgumentNullException.ThrowIfNull(keys);
        IReadOnlyList<RunSortKey> parsed = RunSortKey.Parse(keys);
        KnownNames.Require(this, parsed.Select(k => k.Field));
        return Sort(parsed);
    }

    /// <summary>
    /// The same runs by the values of some fields: numbers come before times and texts, runs without a value last in both directions, and
    /// equal ones keep their order.
    /// </summary>
    /// <param name="keys">The keys, the most important first.</param>
    /// <param name="cancellationToken">Ends the sorting, which begins when the runs are first looked at.</param>
    public Results Sort(IReadOnlyList<RunSortKey> keys, CancellationToken cancellationToken = default) => View((catalog, rows) =>
    {
        int[] places = RunOrder.Sort([.. rows.Select(catalog.Record)], keys, cancellationToken);
        return Array.ConvertAll(places, place => rows[place]);
    });

    /// <summary>
    /// The same runs by the value of a parameter, metric or label: numbers first, then everything else by its text; equal ones keep their order, and NaN, null and runs without a
    /// value come last either way.
    /// </summary>
    /// <param name="name">Found as in <see cref="Filter(object)"/>.</param>
    /// <param name="descending">Whether the largest come first.</param>
    /// <exception cref="AssayException">No run has such a name, or it means several values of one.</exception>
    public Results Sort(string name, bool descending)
    {
        new FieldNames(this).Require(name);
        return View((catalog, rows) => RowSort.By(catalog, rows, name, descending));
    }

    /// <summary>The run with the best value of a metric among those that succeeded; NaN never wins, and the earlier run wins a tie.</summary>
    /// <param name="metric">Name of the metric, parameter or label, found as in <see cref="Filter(object)"/>.</param>
    /// <param name="maximize">Whether more is better. Default: true.</param>
    /// <exception cref="AssayException">No successful run has a number there, or the name means several values of one.</exception>
    public RunRecord Best(string metric, bool maximize = true)
    {
        return OnColumns((catalog, rows) => RowFilter.Best(catalog, RowSlices.Where(catalog, rows, WithStatus(catalog, new HashSet<RunStatus> { RunStatus.Success })), metric, maximize) is >= 0 and int row
            ? catalog.Record(row)
            : throw NoBest(metric));
    }

    private AssayException NoBest(string metric)
    {
        int undefined = Successful.Count(run => run.Metrics.TryGetValue(metric, out object? value) && value is double.NaN);
        return undefined > 0
            ? new AssayException($"'{metric}' is NaN in {undefined} successful {(undefined == 1 ? "run" : "runs")} and a number in none; expected a metric that is a number in some run, because NaN is never the best. Choose another one.")
            : new AssayException($"no successful run has a number called '{metric}'; {new FieldNames(Successful).Known()} {WhereElse(metric)}");
    }

    // A first look: whoever recorded only the curve is told so, and not that there is nothing.
    private string WhereElse(string metric) => Successful.Take(10).Any(r => r.SeriesNames.Contains(metric, StringComparer.Ordinal))
        ? $"There is a series '{metric}'; a single value is recorded beside it with run.Metric(\"{metric}\", value), without a step."
        : "Correct the name, or record the metric.";

    /// <summary>How many runs have each status.</summary>
    public IReadOnlyDictionary<RunStatus, int> CountByStatus() => OnColumns((catalog, rows) =>
    {
        var counts = new int[Enum.GetValues<RunStatus>().Length];
        foreach ((int segment, int from, int to) in RowSlices.Of(catalog, rows))
        {
            ReadOnlySpan<byte> statuses = catalog.Statuses(segment);
            foreach (int row in rows.AsSpan(from, to - from)) counts[statuses[row - catalog.Bases[segment]]]++;
        }

        return Enum.GetValues<RunStatus>().Where(s => counts[(int)s] > 0).ToDictionary(s => s, s => counts[(int)s]);
    });

    /// <inheritdoc/>
    public IEnumerator<RunRecord> GetEnumerator()
    {
        for (int i = 0, count = Count; i < count; i++) yield return this[i];
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>Works on the columns of the runs. They may be in mapped files, so no span of them may be kept.</summary>
    internal T OnColumns<T>(Func<RunCatalog, int[], T> work)
    {
        try
        {
            return work(_catalog.Value, _rows.Value);
        }
        finally
        {
            GC.KeepAlive(_catalog);
        }
    }

    private Results View(Func<RunCatalog, int[], int[]> choose) => new(_catalog, catalog => choose(catalog, _rows.Value));

    private static Func<int, RowCondition> WithStatus(RunCatalog catalog, IReadOnlySet<RunStatus> statuses)
    {
        bool[] wanted = [.. Enum.GetValues<RunStatus>().Select(statuses.Contains)];
        return segment => (rows, first, holds) =>
        {
            ReadOnlySpan<byte> standing = catalog.Statuses(segment);
            for (int i = 0; i < rows.Length; i++) holds[i] = wanted[standing[rows[i] - first]];
        };
    }

    private RunRecord Find(string id) => OnColumns((catalog, rows) =>
    {
        ArgumentNullException.ThrowIfNull(id);
        string prefix = id.Trim().ToLowerInvariant();
        int[] found = [.. rows.Where(r => Fingerprint.Hex(catalog.Id(r)).StartsWith(prefix, StringComparison.Ordinal)).Take(6)];
        return found.Length switch
        {
            1 => catalog.Record(found[0]),
            0 when prefix.Length > 0 && catalog.Annotations.Removed().FirstOrDefault(r => r.Id.StartsWith(prefix, StringComparison.Ordinal)) is { } removed =>
                throw new AssayException($"no run has an id that starts with '{id}': {removed.Explanation}"),
            0 => throw new AssayException($"no run has an id that starts with '{id}'; expected the first digits of one of {rows.Length} ids. List them to see which there are."),
            _ => throw new AssayException($"several runs have an id that starts with '{id}': {string.Join(", ", found.Take(5).Select(r => Fingerprint.Hex(catalog.Id(r))))}{(found.Length > 5 ? ", …" : "")}. Give more digits."),
        };
    });
}
