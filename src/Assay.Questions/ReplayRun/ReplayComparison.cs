namespace Assay.Questions;

/// <summary>
/// Compares all numbers, texts and truths that two runs recorded: metrics, series, tracked values and rows, and beside them the content of
/// artifacts.
/// </summary>
internal static class ReplayComparison
{
    private const string ArtifactsPart = "artifacts";

    /// <param name="then">The recorded run.</param>
    /// <param name="now">Its replay.</param>
    /// <param name="options">The tolerance, and what is not compared.</param>
    /// <exception cref="AssayException">What is not to be compared does not exist.</exception>
    public static (IReadOnlyList<ReplayedValue> Values, IReadOnlyList<ReplayedArtifact> Artifacts) Of(
        RunRecord then, RunRecord now, ReplayOptions options)
    {
        OrderedDictionary<(string Part, string Name), List<RecordedPoint>> before = Gather(then), after = Gather(now);
        IReadOnlyList<ReplayedArtifact> artifacts = ReplayedArtifact.Of(then, now);
        RequireNames(options.Except, [.. before.Keys, .. after.Keys, .. artifacts.Select(a => (ArtifactsPart, a.Name))]);
        ReplayedValue[] values =
        [
            .. before.Keys.Union(after.Keys).Where(k => !options.Except.Any(e => Means(e, k)))
                .Select(k => ReplayedValue.Of(
                    k.Part, k.Name, before.GetValueOrDefault(k) ?? [], after.GetValueOrDefault(k) ?? [], options.Tolerance)),
        ];
        return (values, [.. artifacts.Where(a => !options.Except.Any(e => Means(e, (ArtifactsPart, a.Name))))]);
    }

    private static OrderedDictionary<(string Part, string Name), List<RecordedPoint>> Gather(RunRecord run)
    {
        var all = new OrderedDictionary<(string, string), List<RecordedPoint>>();
        void Add(string part, string name, long? step, object? value)
        {
            if (!all.TryGetValue((part, name), out List<RecordedPoint>? points)) all.Add((part, name), points = []);
            points.Add(new RecordedPoint(step, value));
        }

        Add("run", "status", null, RunStatusText.Text(run.Status));
        if (run.Error is { Type.Length: > 0 } error) Add("run", "error", null, error.Type);
        var values = new RunValues(run);
        foreach ((string name, object? value) in JsonObjects.Flatten(run.Metrics)) Add("metrics", name, null, value);
        foreach (string name in values.SeriesNames)
        {
            foreach (SeriesPoint point in values.Series(name)!) Add("series", name, point.Step, point.Value);
        }

        foreach (TrackedEntry entry in values.Tracked)
        {
            foreach ((string path, _, object? value) in entry.Leaves()) Add("tracked", path, entry.Step, value);
        }

        foreach ((int number, IReadOnlyDictionary<string, object?> row) in run.Rows.Index())
        {
            foreach ((string name, object? value) in JsonObjects.Flatten(row)) Add("rows", name, number, value);
        }

        return all;
    }

    private static void RequireNames(IReadOnlyList<string> names, IReadOnlyList<(string Part, string Name)> known)
    {
        if (names.FirstOrDefault(n => !known.Any(k => Means(n, k))) is { } unknown)
            throw new AssayException($"'{unknown}' is not to be compared, but neither the run nor its replay has it; "
                + $"they have {string.Join(", ", known.Select(k => $"{k.Part}.{k.Name}").Distinct(StringComparer.Ordinal))}. "
                    + "Correct the name.");
    }

    private static bool Means(string name, (string Part, string Name) value) => name == value.Name || name == $"{value.Part}.{value.Name}";
}
