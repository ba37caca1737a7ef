namespace Assay.Names;

/// <summary>The places values of a run come from.</summary>
internal static class FieldSources
{
    /// <summary>
    /// Null when there is no such value. A name with dots, as metrics may have, is found where the way through members leads nowhere.
    /// </summary>
    public static object?[]? Named(IReadOnlyDictionary<string, object?> values, ValuePath path)
    {
        if (values.Count == 0) return null;
        object?[] found = [.. path.Select(values)];
        if (found.Length > 0) return found;
        return path.Steps.Count > 1 && path.WholeName is { } name && ValuePath.TryKey(values, name, out object? value) ? [value] : null;
    }

    public static object?[]? LastOfSeries(RunValues run, ValuePath path) =>
        SeriesName(run, path) is { } name ? [run.Series(name)![^1].Value] : null;

    public static IEnumerable<FieldPoint>? SeriesOver(RunValues run, ValuePath path) =>
        SeriesName(run, path) is { } name ? run.Series(name)!.Select(p => new FieldPoint(p.Value, p.Step, p.Time, null, null)) : null;

    public static object?[]? LastTracked(RunValues run, ValuePath path) =>
        LatestTracked(run, path) is { Length: > 0 } points ? [.. points.Select(p => p.Value)] : null;

    /// <summary>What the last tracked value that has the path has there; several where it goes through a list.</summary>
    public static FieldPoint[] LatestTracked(RunValues run, ValuePath path)
    {
        for (int i = run.Tracked.Count - 1; i >= 0; i--)
        {
            FieldPoint[] found = [.. Points(run.Tracked[i], path)];
            if (found.Length > 0) return found;
        }

        return [];
    }

    public static IEnumerable<FieldPoint> TrackedOver(RunValues run, ValuePath path) =>
        run.Tracked.SelectMany(entry => Points(entry, path));

    private static IEnumerable<FieldPoint> Points(TrackedEntry entry, ValuePath path) =>
        path.Select(entry.Plain).Select(
            value => new FieldPoint(value, entry.Step, entry.Source.Time, entry.Source.Note, entry.Source.Place));

    private static string? SeriesName(RunValues run, ValuePath path) =>
        path.WholeName is { } name && run.Series(name) is not null ? name : null;
}
