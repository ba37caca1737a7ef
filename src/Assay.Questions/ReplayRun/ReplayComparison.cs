using System.Security.Cryptography;

namespace Assay.Questions;

/// <summary>
/// Compares all numbers, texts and truths that two runs recorded: metrics, series, tracked values and rows, and beside them the content of
/// artifacts.
/// </summary>
internal static class ReplayComparison
{
    private const string ArtifactsPart = "artifacts";

    /// <exception cref="AssayException">What is not to be compared does not exist.</exception>
    public static (IReadOnlyList<ReplayedValue> Values, IReadOnlyList<ReplayedArtifact> Artifacts) Of(
        RunRecord then, RunRecord now, ReplayOptions options)
    {
        OrderedDictionary<(string Part, string Name), List<RecordedPoint>> before = Gather(then), after = Gather(now);
        IReadOnlyList<ReplayedArtifact> artifacts = ReplayedArtifact.Of(then, now);
        RequireNames(options.Except, [.. before.Keys, .. after.Keys, .. artifacts.Select(a => (ArtifactsPart, a.Name))]);
        bool IsWanted((string Part, string Name) value) => !options.Except.Any(name => Means(name, value));
        IEnumerable<ReplayedValue> values = before.Keys.Union(after.Keys).Where(IsWanted).Select(k =>
            ReplayedValue.Of(k.Part, k.Name, before.GetValueOrDefault(k) ?? [], after.GetValueOrDefault(k) ?? [], options.Tolerance));
        return ([.. values], [.. artifacts.Where(a => IsWanted((ArtifactsPart, a.Name)))]);
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
            foreach (SeriesPoint point in values.Series(name)!) Add("series", name, point.Step, point.Value);
        foreach (TrackedEntry entry in values.Tracked)
            foreach ((string path, _, object? value) in entry.Leaves()) Add("tracked", path, entry.Step, value);
        foreach ((int number, IReadOnlyDictionary<string, object?> row) in run.Rows.Index())
            foreach ((string name, object? value) in JsonObjects.Flatten(row)) Add("rows", name, number, value);
        return all;
    }

    private static void RequireNames(IReadOnlyList<string> names, IReadOnlyList<(string Part, string Name)> known)
    {
        if (names.FirstOrDefault(n => !known.Any(k => Means(n, k))) is { } unknown)
            throw new AssayException($"'{unknown}' is not to be compared, but neither the run nor its replay has it; they have "
                + $"{string.Join(", ", known.Select(k => $"{k.Part}.{k.Name}").Distinct(StringComparer.Ordinal))}. Correct the name.");
    }

    private static bool Means(string name, (string Part, string Name) value) => name == value.Name || name == $"{value.Part}.{value.Name}";
}

/// <summary>A value, with its step where it has one.</summary>
internal sealed record RecordedPoint(long? Step, object? Value);

/// <summary>
/// A value of a run and of its replay. Of a value that is recorded over time all points are compared (<c>Values</c> of the side that has
/// more, of which missing ones differ too), and the record has the first pair that differs, or else the last pair.
/// </summary>
internal sealed record ReplayedValue(
    string Part, string Name, bool Agrees, object? Then, object? Now, double? Difference, long? Step, int Values, int Differing)
{
    public static ReplayedValue Of(
        string part, string name, IReadOnlyList<RecordedPoint> then, IReadOnlyList<RecordedPoint> now, double tolerance)
    {
        int count = Math.Max(then.Count, now.Count), differing = 0, shown = count - 1;
        for (int i = 0; i < count; i++)
        {
            bool same = i < then.Count && i < now.Count && then[i].Step == now[i].Step && Agree(then[i].Value, now[i].Value, tolerance);
            if (!same && differing++ == 0) shown = i;
        }

        RecordedPoint? old = then.ElementAtOrDefault(shown), made = now.ElementAtOrDefault(shown);
        double? change = ValueOrder.TryNumber(old?.Value, out double a) && ValueOrder.TryNumber(made?.Value, out double b)
            && double.IsFinite(b - a) ? b - a : null;
        return new ReplayedValue(part, name, differing == 0, old?.Value, made?.Value, change, (old ?? made)?.Step, count, differing);
    }

    /// <summary>Numbers agree within the tolerance, relative to the larger; NaN is NaN, and an infinity only itself.</summary>
    public static bool Agree(object? then, object? now, double tolerance)
    {
        if (ValueOrder.AreEqual(then, now)) return true;
        if (ValueOrder.TryNumber(then, out double a) && ValueOrder.TryNumber(now, out double b))
            return double.IsFinite(a) && double.IsFinite(b) && tolerance > 0
                && Math.Abs(a - b) <= tolerance * Math.Max(Math.Abs(a), Math.Abs(b));
        return JsonText.Of(then) == JsonText.Of(now);
    }
}

/// <summary>
/// An artifact or data of a run and of its replay, by the SHA-256 of the content, of a folder that of its list of files; null where one has
/// none of the name. Artifacts do not count for the agreement: a file may contain times, paths or random numbers although the runs agree.
/// </summary>
internal sealed record ReplayedArtifact(string Name, bool Agrees, string? Then, string? Now, long? ThenBytes, long? NowBytes)
{
    /// <summary>All of both runs, by name, those of the recorded one first.</summary>
    public static IReadOnlyList<ReplayedArtifact> Of(RunRecord then, RunRecord now)
    {
        Dictionary<string, ArtifactInfo> before = ByName(then), after = ByName(now);
        return [.. before.Keys.Union(after.Keys).Select(name =>
        {
            ArtifactInfo? old = before.GetValueOrDefault(name), made = after.GetValueOrDefault(name);
            string? oldAddress = Address(then, old), newAddress = Address(now, made);
            return new ReplayedArtifact(
                name, oldAddress is not null && oldAddress == newAddress, oldAddress, newAddress, old?.Size, made?.Size);
        })];
    }

    private static Dictionary<string, ArtifactInfo> ByName(RunRecord run) =>
        run.Artifacts.ToDictionary(a => a.Name, StringComparer.Ordinal);

    // Short data stand in the journal itself.
    private static string? Address(RunRecord run, ArtifactInfo? artifact)
    {
        if (artifact is null || artifact.Sha256.Length > 0) return artifact?.Sha256;
        using Stream content = run.OpenArtifact(artifact.Name);
        return Convert.ToHexStringLower(SHA256.HashData(content));
    }
}
