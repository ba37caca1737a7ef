namespace Assay.Questions;

/// <summary>Runs side by side; the rows that differ and those that are the same in all runs are counted, listed or not.</summary>
internal sealed record CompareReport(
    string Store, IReadOnlyList<ComparedRun> Runs, int Differing, int Same, int Shown, IReadOnlyList<CompareLine> Rows) : Report
{
    private static readonly string[] Order = ["run", "params", "labels", "metrics", "series", "tracked", "code", "metadata"];

    /// <summary>The runs under their addresses, and some of the rows of the different ones among them.</summary>
    public static CompareReport Of(
        Store store, string[] addresses, RunRecord[] runs, IReadOnlyList<CompareLine> rows, bool all, int limit, int skip)
    {
        CompareLine[] shown =
            [.. rows.Where(r => all || r.Differs).OrderBy(r => Array.IndexOf(Order, r.Part)).Skip(skip).Take(limit)];
        return new CompareReport(
            store.Path, [.. runs.Select((r, i) => new ComparedRun(addresses[i], r.Id, r.Experiment, r.Version))],
            rows.Count(r => r.Differs), rows.Count(r => !r.Differs), shown.Length, shown);
    }
}

/// <summary>One of the runs, with the address it was called by.</summary>
internal sealed record ComparedRun(string Address, string RunId, string Experiment, string Version);

/// <summary>
/// A value of the runs, by run id; what a run does not have is missing. Of two runs with numbers also the change from the first to the
/// second.
/// </summary>
internal sealed record CompareLine(
    string Part, string Name, bool Differs, IReadOnlyDictionary<string, object?> Values, RecordedNumber? Change);

/// <summary>Gathers the values of runs row by row.</summary>
internal sealed class SideBySide
{
    private readonly OrderedDictionary<(string Part, string Name), Dictionary<string, object?>> _rows = [];
    private string _run = "";

    public static IReadOnlyList<CompareLine> Of(IReadOnlyList<RunRecord> runs)
    {
        var table = new SideBySide();
        // Part by part over all runs, so that rows of one part stand together.
        foreach (Action<RunValues> part in (Action<RunValues>[])[table.Facts, table.Named, table.Recorded, table.Code])
            foreach (RunRecord run in runs)
            {
                table._run = run.Id;
                part(new RunValues(run));
            }

        return
        [
            .. table._rows.Select(row => new CompareLine(
                row.Key.Part, row.Key.Name, Differs(row.Value, runs.Count), row.Value, Change(row.Value, runs))),
        ];
    }

    private static bool Differs(Dictionary<string, object?> values, int runs) =>
        values.Count < runs || values.Values.Select(v => JsonText.Of(v)).Distinct(StringComparer.Ordinal).Count() > 1;

    private static RecordedNumber? Change(Dictionary<string, object?> values, IReadOnlyList<RunRecord> runs)
    {
        if (runs is not [var first, var second]) return null;
        RecordedNumber? before = RecordedNumber.Of(values.GetValueOrDefault(first.Id));
        return RecordedNumber.Of(values.GetValueOrDefault(second.Id)) is { } after ? before?.Until(after) : null;
    }

    private void Facts(RunValues values)
    {
        RunRecord run = values.Run;
        Add("run", "experiment", run.Experiment);
        Add("run", "version", run.Version);
        Add("run", "status", RunStatusText.Text(run.Status));
        if (run.Error is { } error) Add("run", "error", $"{error.Type}: {error.Message}".TrimStart(':', ' '));
        if (run.Tags.Count > 0) Add("run", "tags", run.Tags.ToArray<object?>());
        if (run.Notes.Count > 0) Add("run", "notes", run.Notes.Select(n => n.Text).ToArray<object?>());
        if (run.Seed is { } seed)
        {
            Add("run", "seed", seed.Base);
            Add("run", "replicate", seed.Replicate);
        }

        Add("run", "started", run.StartedAt);
        if (run.Duration is { } duration) Add("run", "duration", duration);
    }

    private void Named(RunValues values)
    {
        Add("params", values.Run.Params);
        Add("labels", values.Run.Labels);
        Add("metadata", values.Run.Metadata);
    }

    // Of what is recorded over time the last value is compared.
    private void Recorded(RunValues values)
    {
        Add("metrics", values.Run.Metrics);
        foreach (string name in values.SeriesNames) Add("series", name, values.Series(name)![^1].Value);
        var last = new OrderedDictionary<string, object?>(StringComparer.Ordinal);
        foreach (TrackedEntry entry in values.Tracked)
            foreach (IGrouping<string, object?> leaf in entry.Leaves().GroupBy(l => l.Path, l => l.Value, StringComparer.Ordinal))
                last[leaf.Key] = leaf.Count() == 1 ? leaf.First() : leaf.ToArray();
        foreach ((string path, object? value) in last) Add("tracked", path, value);
    }

    private void Code(RunValues values)
    {
        RunRecord run = values.Run;
        if (run.Git.Count > 0)
        {
            Add("code", "git.head_branch", RunField.Parse("branch").Single(values));
            Add("code", "git.head", RunField.Parse("commit").Single(values));
            Add("code", "git.dirty", run.Git.GetValueOrDefault("dirty"));
            if (Words.Snapshot(run.Git) is { } snapshot) Add("code", "git.snapshot.commit", snapshot);
        }

        foreach ((string name, object? print) in run.Fingerprints.Where(f => f.Key != "params")) Add("code", "fingerprints." + name, print);
    }

    private void Add(string part, IReadOnlyDictionary<string, object?> values)
    {
        foreach ((string name, object? value) in JsonObjects.Flatten(values)) Add(part, name, value);
    }

    private void Add(string part, string name, object? value)
    {
        if (!_rows.TryGetValue((part, name), out Dictionary<string, object?>? row))
            _rows.Add((part, name), row = new Dictionary<string, object?>(StringComparer.Ordinal));
        row[_run] = value;
    }
}
