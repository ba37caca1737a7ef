using System.Collections;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Assay;

/// <summary>
/// An immutable view over runs, in plan order when it comes from running an experiment and in order of start when it is loaded from a
/// store. Records are read when they are asked for, so a view of a million runs costs what is looked at. Thread-safe.
/// </summary>
public sealed partial class Results : IReadOnlyList<RunRecord>
{
    private readonly Lazy<RunCatalog> _catalog;
    private readonly Lazy<int[]> _rows;
    private readonly Results? _earlier;

    /// <param name="catalog">The runs of the store; views share it.</param>
    /// <param name="choose">Chooses the rows of these runs; called twice at worst, with one outcome.</param>
    /// <param name="earlier">The runs of earlier code that were left out; null for none.</param>
    internal Results(Lazy<RunCatalog> catalog, Func<RunCatalog, int[]> choose, Results? earlier = null)
    {
        _rows = new Lazy<int[]>(() => choose(catalog.Value), LazyThreadSafetyMode.PublicationOnly);
        (_catalog, _earlier) = (catalog, earlier);
    }

    /// <summary>Number of runs.</summary>
    public int Count => OnColumns((_, rows) => rows.Length);

    /// <summary>The run at a place, from 0.</summary>
    public RunRecord this[int index] => (uint)index < (uint)Count
        ? OnColumns((catalog, rows) => catalog.Record(rows[index]))
        : throw new ArgumentOutOfRangeException(
            nameof(index), index, Count == 0 ? "There are no runs." : $"There are runs 0 to {Count - 1}.");

    /// <summary>
    /// The run with this id, or with the only id that starts like this; also one of <see cref="Earlier"/>, because an id says enough.
    /// </summary>
    /// <exception cref="AssayException">No run or several runs have such an id.</exception>
    public RunRecord this[string id] => Find(id);

    /// <summary>The runs that succeeded.</summary>
    public Results Successful => Filter(RunStatus.Success);

    /// <summary>The runs that failed.</summary>
    public Results Failed => Filter(RunStatus.Failed);

    /// <summary>
    /// The exit code of a program that ends with these runs, <c>return results.ExitCode;</c>: 0 when all of them succeeded or there are
    /// none, otherwise 1. No record is read.
    /// </summary>
    public int ExitCode => Successful.Count == Count ? 0 : 1;

    /// <summary>
    /// The runs by the newest code and with the newest context of their experiment and version, as loading gives them by default, and those
    /// without a fingerprint of the code, such as lone runs. No record is read.
    /// </summary>
    public Results Newest => new(
        _catalog, catalog => NewestCode.Of(catalog, _rows.Value),
        new Results(_catalog, catalog => NewestCode.Of(catalog, _rows.Value, earlier: true)));

    /// <summary>
    /// The runs of earlier code and other contexts that loading, or <see cref="Newest"/>, has left out; views by a filter or an order have
    /// the same. Empty when none were.
    /// </summary>
    public Results Earlier => _earlier ?? View((_, _) => []);

    /// <summary>Lines that could not be read while loading; the unfinished last line of a killed writer is not among them.</summary>
    public IReadOnlyList<JournalDamage> Damage => OnColumns(
        (catalog, _) => catalog.Damage.Where(d => !d.Torn).Concat(catalog.LaterDamage.Values).ToArray());

    /// <summary>The runs that had been removed from the store, the one that was removed last first.</summary>
    public IReadOnlyList<RemovedRun> Removed => OnColumns((catalog, _) => catalog.Annotations.Removed());

    /// <summary>The runs with one of these statuses. No record is read.</summary>
    public Results Filter(IReadOnlySet<RunStatus> statuses) =>
        View((catalog, rows) => RowSlices.Where(catalog, rows, WithStatus(catalog, statuses)));

    /// <summary>Lists the ids in the order of the runs. No record is read.</summary>
    public IReadOnlyList<UInt128> ReadIds() => OnColumns((catalog, rows) => Array.ConvertAll(rows, catalog.Id));

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

    /// <summary>The runs for which a condition holds. It may be asked again: it should depend on the run alone.</summary>
    public Results Filter(Func<RunRecord, bool> condition) => View((catalog, rows) => [.. rows.Where(r => condition(catalog.Record(r)))]);

    /// <summary>
    /// The runs that fulfil a condition, such as <c>lr &gt; 0.01 and accuracy &gt;= 0.9</c>: the same text, names and errors as
    /// <c>--where</c> in the shell. The language is described in <c>docs/reference/cli.md</c>; a time such as <c>3d</c> counts back from
    /// the call.
    /// </summary>
    /// <exception cref="AssayException">
    /// The text is no condition (the message shows the place), or no run has one of its names (the message lists those there are).
    /// </exception>
    public Results Where(string condition)
    {
        ArgumentNullException.ThrowIfNull(condition);
        var parsed = RunCondition.Parse(condition, TimeProvider.System.GetUtcNow());
        parsed.Check(this);
        return Filter(parsed.Holds);
    }

    /// <summary>
    /// The runs that have these values. A name is that of a parameter, label or metric, or any other that <see cref="Where"/> takes; casing
    /// and underscores do not matter. Numbers are compared by value, so 1 equals 1.0; a list has a value when one of its elements is equal.
    /// A name that is a parameter, or a label, and also a metric of one run is refused, and so is one that is also a fact of every run,
    /// such as <c>duration</c>: <c>params.NAME</c> (or <c>param_NAME</c>), <c>labels.NAME</c> and <c>metrics.NAME</c> say which is meant.
    /// Of a parameter and its label of one name it is the parameter.
    /// </summary>
    /// <param name="values">
    /// For example <c>new { LearningRate = 0.01 }</c>, <c>new { @params = new { Steps = 100 } }</c>, or a dictionary.
    /// </param>
    /// <exception cref="AssayException">No run has such a name (the message lists those there are), or it means several values.</exception>
    [RequiresUnreferencedCode(NamedValues.NeedsProperties)]
    public Results Filter(object values)
    {
        ArgumentNullException.ThrowIfNull(values);
        (RunField Field, object? Value)[] wanted =
            [.. NamedValues.ReadDotted(values).Select(v => (FieldOf(v.Key), PlainValue.Of(v.Value)))];
        return Chosen((catalog, rows) => wanted.Aggregate(rows, (left, w) => RowFilter.Equal(catalog, left, w.Field, w.Value)));
    }

    /// <summary>The runs whose value of a name is a number between two bounds, both included. NaN is between none.</summary>
    /// <param name="name">For example <c>"accuracy"</c>, found as in <see cref="Filter(object)"/>.</param>
    /// <param name="min">The least value. Default: no bound.</param>
    /// <param name="max">The largest value. Default: no bound.</param>
    /// <exception cref="AssayException">No run has such a name, or it means several values of one.</exception>
    public Results Filter(string name, double min = double.NegativeInfinity, double max = double.PositiveInfinity)
    {
        RunField field = FieldOf(name);
        return Chosen((catalog, rows) => RowFilter.Between(catalog, rows, field, min, max));
    }

    /// <summary>The runs that carry all of these tags.</summary>
    public Results Tagged(params string[] tags) => View((catalog, rows) => RowFilter.Tagged(catalog, rows, tags));

    /// <summary>
    /// The same runs by the values of some names, such as <c>accuracy:desc,started</c>: the same text, names and errors as <c>--sort</c> in
    /// the shell. Numbers come before times, and these before texts; NaN, null and runs without a value come last in both directions; equal
    /// ones keep their order.
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

    /// <summary>As <see cref="Sort(string)"/>, by fields; one that no run has is not refused and does not change the order.</summary>
    /// <param name="keys">The keys, the most important first.</param>
    /// <param name="cancellationToken">Ends the sorting, which begins when the runs are first looked at.</param>
    public Results Sort(IReadOnlyList<RunSortKey> keys, CancellationToken cancellationToken = default) =>
        View((catalog, rows) => Array.ConvertAll(RunOrder.Sort(catalog, rows, keys, cancellationToken), place => rows[place]));

    /// <summary>The same runs by the values of one name, ordered as by <see cref="Sort(string)"/>.</summary>
    /// <param name="name">Found as in <see cref="Filter(object)"/>.</param>
    /// <param name="descending">Whether the largest come first.</param>
    /// <exception cref="AssayException">No run has such a name, or it means several values.</exception>
    public Results Sort(string name, bool descending) => Sort([new RunSortKey(FieldOf(name), descending)]);

    /// <summary>The best run by a metric among those that succeeded; NaN never wins, and the earlier run wins a tie.</summary>
    /// <param name="metric">
    /// Name of the metric or of another number, found as in <see cref="Filter(object)"/>; of a series the last value counts.
    /// </param>
    /// <param name="maximize">Whether more is better. Default: true.</param>
    /// <exception cref="AssayException">No successful run has a number there, or the name means several values.</exception>
    public RunRecord Best(string metric, bool maximize = true)
    {
        Results successful = Successful;
        RunField field = successful.FieldOf(metric);
        return successful.OnColumns((catalog, rows) =>
            RowFilter.Best(catalog, rows, field, maximize) is >= 0 and int row ? catalog.Record(row) : throw successful.NoBest(field));
    }

    /// <summary>
    /// The group of runs with equal values of some names whose mean is best, such as the replicates of one point; as <c>assay best --by</c>
    /// in the shell. See <see cref="Rank"/> for all groups.
    /// </summary>
    /// <param name="metric">The name of a number, as in <see cref="Best(string, bool)"/>.</param>
    /// <param name="by">Names, as in <see cref="Rank"/>.</param>
    /// <param name="maximize">Whether more is better. Default: true.</param>
    /// <exception cref="AssayException">
    /// No group has a mean: no successful run has a number there, or a run of each has NaN; or a name is unknown or means several values.
    /// </exception>
    public RankedGroup Best(string metric, IEnumerable<string> by, bool maximize = true) =>
        Rank(metric, by, maximize) is [{ Mean: not double.NaN } best, ..] ? best
            : throw new AssayException($"'{metric}' is NaN in a run of every group, so no group has a mean; expected a metric that is a "
                + "number in all runs of a group. Choose another one, or other names to group by.");

    /// <summary>
    /// Successful runs in groups with equal values of some names, the group with the best mean first. A group with a run whose value is NaN
    /// has no mean and comes last.
    /// </summary>
    /// <param name="metric">The name of a number, as in <see cref="Best(string, bool)"/>.</param>
    /// <param name="by">
    /// Names of parameters, labels or other values, found as in <see cref="Filter(object)"/>: <c>X</c>, or <c>params.X</c> or
    /// <c>param_X</c> where a metric has the name too; <c>params</c> for all parameters.
    /// </param>
    /// <param name="maximize">Whether more is better. Default: true.</param>
    /// <exception cref="AssayException">No successful run has a number there, or a name is unknown or means several values.</exception>
    public IReadOnlyList<RankedGroup> Rank(string metric, IEnumerable<string> by, bool maximize = true)
    {
        ArgumentNullException.ThrowIfNull(by);
        Results successful = Successful;
        RunField field = successful.FieldOf(metric);
        var ranking = Ranking.Of(successful, field, new RankingOptions(Minimize: !maximize));
        if (ranking.Runs.Count == 0) throw successful.NoBest(field);
        return ranking.Groups([.. by.Select(successful.FieldOf)], byMean: true);
    }

    /// <summary>
    /// The number of runs, and mean and standard deviation of metrics over the successful ones, in groups with equal values of some names;
    /// the groups in the order of their first runs. What <see cref="Display(string[])"/> and <c>assay stats</c> show.
    /// </summary>
    /// <param name="by">
    /// Names, as in <see cref="Rank"/>; of none all runs are one group. Default: the parameters, or the labels of variables, that have more
    /// than one value.
    /// </param>
    /// <param name="metrics">Names of numbers. Default: all metrics, in the order in which runs recorded them.</param>
    /// <exception cref="AssayException">A name is unknown or means several values.</exception>
    public IReadOnlyList<RunGroup> Stats(IEnumerable<string>? by = null, IEnumerable<string>? metrics = null) =>
        Stats(by?.Select(FieldOf).ToArray(), metrics?.Select(FieldOf).ToArray());

    /// <summary>As <see cref="Stats(IEnumerable{string}, IEnumerable{string})"/>, by fields; one that no run has is not refused.</summary>
    /// <param name="by">The fields to group by. Default: what was varied.</param>
    /// <param name="metrics">The fields of numbers. Default: all metrics.</param>
    /// <exception cref="AssayException">A name means several values of a run.</exception>
    public IReadOnlyList<RunGroup> Stats(IReadOnlyList<RunField>? by, IReadOnlyList<RunField>? metrics)
    {
        GroupName[]? names = by?.DistinctBy(f => f.Name).Select(f => new GroupName(f.Name, f)).ToArray();
        RunField[]? asked = metrics?.DistinctBy(f => f.Name).ToArray();
        return OnColumns((catalog, rows) => new RunGrouping(catalog, rows, names ?? GroupName.Varied(catalog, rows)).Groups(asked));
    }

    /// <summary>
    /// <see cref="ToTable()"/> in groups with equal values of some names, for example
    /// <c>results.GroupBy("LearningRate").Aggregate(Aggregate.Max("accuracy"))</c>.
    /// </summary>
    /// <param name="by">Names, as in <see cref="Rank"/>; the keys are columns of these names.</param>
    /// <exception cref="AssayException">A name is unknown or means several values.</exception>
    public GroupedTable GroupBy(params IEnumerable<string> by)
    {
        ArgumentNullException.ThrowIfNull(by);
        string[] names = [.. by];
        return WithKeys(names).GroupBy(names);
    }

    /// <summary>The values of one name, in the order of the runs and under that name; null for a run without one.</summary>
    /// <param name="name">Found as in <see cref="Filter(object)"/>; of a series the last value counts, a list is JSON.</param>
    /// <exception cref="AssayException">No run has such a name, or it means several values of one.</exception>
    public Column Values(string name) => Column.Of(name, Values(FieldOf(name)));

    /// <summary>A fact of every run, such as <c>seed</c> or <c>started</c>, also where runs have a parameter of that name.</summary>
    /// <param name="name">Its name in conditions.</param>
    /// <exception cref="AssayException">There is no such fact.</exception>
    public Column Fact(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return BuiltInField.Find(name) is { } field ? Column.Of(name, Values(field))
            : throw new AssayException($"'{name}' is no fact of every run; expected one of "
                + $"{string.Join(", ", BuiltInField.All.Select(f => f.Name))}. Values has what runs recorded.");
    }

    private object?[] Values(RunField field) => OnColumns((catalog, rows) =>
    {
        var reader = new FieldReader(catalog, field);
        return RowSlices.Rows(catalog, rows).Select(r => RunRow.Cell(reader.Single(r.Segment, r.Row))).ToArray();
    });

    private AssayException NoBest(RunField field)
    {
        if (Count == 0) return new AssayException($"no run was successful; expected one with a number called '{field.Name}'.");
        int undefined = this.Count(run => field.Of(new RunValues(run))?.Contains(double.NaN) == true);
        return new AssayException(undefined > 0
            ? $"'{field.Name}' is NaN in {Plural.Of(undefined, "successful run")} and a number in none; expected a metric that is a "
                + "number in some run, because NaN is never the best. Choose another one."
            : $"'{field.Name}' is no number in any of the {Plural.Of(Count, "successful run")}; expected a metric or another number. "
                + "Choose another one.");
    }

    /// <summary>
    /// One row a run: <c>run_id, experiment, version, code, context, status, attempt, seed, replicate, started_at, duration_ms</c>, tags
    /// and errors where there are any, parameters as <c>param_NAME</c> (nested ones dotted), labels and metrics by their names. A label or
    /// metric with the name of another column is called <c>label_NAME</c> or <c>metric_NAME</c>; none replaces another. Every column that
    /// any run has is there.
    /// </summary>
    public Table ToTable() => OnColumns((catalog, rows) => new ResultsTable(catalog, rows).Build());

    /// <summary>
    /// The rows the runs recorded, in plan order: the labels of a run's variables (or its parameters, when it has no labels), then what the
    /// run put into the row, and <c>run_id</c> last. Where runs were repeated, a column <c>replicate</c> tells them apart; where not all
    /// succeeded, a column <c>status</c> does, because a run that failed may have recorded some of its rows. None replaces another: where
    /// any row has the name of a label, a parameter or one of these facts, that is called <c>label_NAME</c>, <c>param_NAME</c> or
    /// <c>run_NAME</c> in the whole table.
    /// </summary>
    public Table Rows => OutputRows.Of(this);

    /// <summary>
    /// The curves of a stepped metric below each other, a row for each point: <c>run_id</c>, <c>experiment</c>, <c>status</c>, the
    /// parameters as <c>param_NAME</c>, labels, <c>seed</c>, <c>replicate</c>, <c>step</c>, <c>value</c> and <c>elapsed_ms</c>, the time
    /// since the start of the run. Runs come in their order, points by step; runs without the metric have no rows. Every journal is read
    /// once, whatever the number of runs.
    /// </summary>
    /// <param name="name">
    /// The series, or a path in what lone runs tracked; such points have the step that was tracked beside them, or null.
    /// </param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="AssayException">No run recorded it over steps; the message lists the series there are.</exception>
    /// <exception cref="StoreException">A journal cannot be read.</exception>
    public Table Series(string name, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(name);
        return RunCurves.Read(this, RunField.Parse(name), cancellationToken).ToTable();
    }

    /// <summary>The artifacts or data of one name, in the order of the runs; runs without it are passed over.</summary>
    /// <exception cref="AssayException">No run has it; the message lists the names there are in the newest runs.</exception>
    public IReadOnlyList<RunArtifact> Artifacts(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        RunArtifact[] found =
            [.. this.SelectMany(run => run.Artifacts.Where(a => a.Name == name).Select(a => new RunArtifact(run, a)))];
        if (found.Length > 0 || Count == 0) return found;
        string[] known = [.. this.TakeLast(MostRuns).SelectMany(run => run.Artifacts).Select(a => a.Name).Distinct(StringComparer.Ordinal)];
        throw new AssayException($"no run has an artifact or data '{name}'; there are {RecordedDictionary.KnownText(name, known)} "
            + "Correct the name.");
    }

    /// <summary>Saves <see cref="ToTable()"/>; the format follows the ending of the file.</summary>
    /// <exception cref="TableException">The ending is unknown.</exception>
    public void Save(string path) => ToTable().Save(path);

    /// <summary>Saves <see cref="ToTable()"/> as CSV.</summary>
    public void SaveCsv(string path) => ToTable().Save(path, TableFormat.Csv);

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

    /// <summary>The number of runs of each experiment, such as <c>iris:1: 30 runs (28 success, 2 failed)</c>.</summary>
    public override string ToString() => Count == 0 ? "no runs" : string.Join("; ", ExperimentInfo.Summarise(this));

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

    private Results View(Func<RunCatalog, int[], int[]> choose) => new(_catalog, catalog => choose(catalog, _rows.Value), _earlier);

    // A name that means several values of a run is refused at once.
    private Results Chosen(Func<RunCatalog, int[], int[]> choose)
    {
        Results chosen = View(choose);
        _ = chosen.Count;
        return chosen;
    }

    /// <summary>The field of a name that a program gives.</summary>
    /// <exception cref="AssayException">
    /// The name cannot be read, no run has it, or it is a fact of every run and also a value that was recorded.
    /// </exception>
    private RunField FieldOf(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        var field = RunField.Parse(name);
        KnownNames.Require(this, field);
        return field is BuiltInField && RecordedAs(name) is { } recorded
            ? throw new AssayException($"'{name}' is a fact of every run and also recorded as '{recorded}'; expected a name that says "
                + $"which. Write '{recorded}', or take the fact from Results.Fact.")
            : field;
    }

    // In C# a parameter of such a name is likelier meant than the fact.
    private string? RecordedAs(string name) => OnColumns((catalog, rows) => RowSlices.Of(catalog, rows).Select(s => s.Segment).Distinct()
        .SelectMany(segment => catalog.Segments[segment].Fields)
        .FirstOrDefault(f => f.Place != FieldPlace.Fixed && PathStep.AreAlike(f.Name, name)) is { } key
        ? $"{PlacedField.WordOf(key.Place)}.{key.Name}"
        : null);

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
        int[] found = Found(rows);
        if (found.Length == 0 && _earlier is not null) found = _earlier.OnColumns((_, others) => Found(others));
        return found.Length switch
        {
            1 => catalog.Record(found[0]),
            0 when prefix.Length > 0 && catalog.Annotations.Removed().FirstOrDefault(StartsSo) is { } removed =>
                throw new AssayException($"no run has an id that starts with '{id}': {removed.Explanation}"),
            0 => throw new AssayException($"no run has an id that starts with '{id}'; expected the first digits of one of {rows.Length} "
                + "ids. List them to see which there are."),
            _ => throw new AssayException($"several runs have an id that starts with '{id}': "
                + $"{ValueText.First(found.Select(r => Fingerprint.Hex(catalog.Id(r))), most: 5)}. Give more digits."),
        };

        int[] Found(int[] some) =>
            [.. some.Where(r => Fingerprint.Hex(catalog.Id(r)).StartsWith(prefix, StringComparison.Ordinal)).Take(6)];
        bool StartsSo(RemovedRun run) => run.Id.StartsWith(prefix, StringComparison.Ordinal);
    });
}
