namespace Assay.Questions;

/// <summary>A value of several runs.</summary>
/// <param name="Part">
/// What it belongs to: <c>run</c>, <c>params</c>, <c>labels</c>, <c>metrics</c>, <c>series</c>, <c>tracked</c>, <c>metadata</c> or
/// <c>code</c>.
/// </param>
/// <param name="Name">Its name there.</param>
/// <param name="Values">By run id; runs without the value are missing.</param>
/// <param name="Differs">Whether it is not the same in all runs.</param>
internal sealed record ComparedRow(string Part, string Name, IReadOnlyDictionary<string, object?> Values, bool Differs)
{
    /// <summary>How much larger it is in the last of the runs than in the first; null unless both are numbers.</summary>
    public RecordedNumber? Change(string first, string last) =>
        RecordedNumber.Of(Values.GetValueOrDefault(first)) is { } before
            && RecordedNumber.Of(Values.GetValueOrDefault(last)) is { } after ? before.Until(after) : null;
}

/// <summary>Gathers the values of runs row by row.</summary>
internal sealed class SideBySide
{
    private readonly OrderedDictionary<(string Part, string Name), Dictionary<string, object?>> _rows = [];
    private string _run = "";

    /// <param name="runs">Different runs.</param>
    public static IReadOnlyList<ComparedRow> Of(IReadOnlyList<RunRecord> runs)
    {
        var table = new SideBySide();
        // Part by part over all runs, so that rows of one part stand together.
        foreach (Action<RunValues> part in (Action<RunValues>[])[table.Facts, table.Named, table.Recorded, table.Code])
        {
            foreach (RunRecord run in runs)
            {
                table._run = run.Id;
                part(new RunValues(run));
            }
        }

        return [.. table._rows.Select(r => new ComparedRow(r.Key.Part, r.Key.Name, r.Value, Differs(r.Value, runs.Count)))];
    }

    private static bool Differs(Dictionary<string, object?> values, int runs) =>
        values.Count < runs || values.Values.Select(v => JsonText.Of(v)).Distinct(StringComparer.Ordinal).Count() > 1;

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
        {
            foreach (IGrouping<string, object?> leaf in entry.Leaves().GroupBy(l => l.Path, l => l.Value, StringComparer.Ordinal))
                last[leaf.Key] = leaf.Count() == 1 ? leaf.First() : leaf.ToArray();
        }

        foreach ((string path, object? value) in last) Add("tracked", path, value);
    }

    private void Code(RunValues values)
    {
        RunRecord run = values.Run;
        foreach (string name in (string[])["commit", "branch", "dirty"])
        {
            if (run.Git.TryGetValue(name, out object? value)) Add("code", "git." + name, value);
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
