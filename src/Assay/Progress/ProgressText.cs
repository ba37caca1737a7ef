using System.Globalization;

namespace Assay;

/// <summary>The text of progress, for bars and lines.</summary>
internal static class ProgressText
{
    // In seconds: within the range of TimeSpan.
    private const double MaxRemaining = 1e10;

    /// <summary>The text, as in <c>120/2000 (6%), 41.2/s, 45 s left, 2 failed, 100 skipped | loss 0.25</c>.</summary>
    public static string Of(RunCounters counters, TimeSpan elapsed, IReadOnlyList<string> metrics)
    {
        string values = Metrics(counters, metrics);
        return Counts(counters, elapsed) + (values.Length > 0 ? " | " + values : "");
    }

    private static string Counts(RunCounters counters, TimeSpan elapsed)
    {
        long done = counters.Done, total = counters.Total, percent = total == 0 ? 100 : (long)(100.0 * done / total);
        var parts = new List<string> { Invariant($"{done}/{total} ({percent}%)") };
        if (counters.DoneNow > 0 && elapsed > TimeSpan.Zero)
        {
            double rate = counters.DoneNow / elapsed.TotalSeconds, remaining = Math.Min((total - done) / rate, MaxRemaining);
            parts.Add(rate >= 1 ? Invariant($"{rate:0.#}/s") : Invariant($"{rate * 60:0.##}/min"));
            if (done < total && !counters.Stopped) parts.Add(DurationText.Of(TimeSpan.FromSeconds(remaining)) + " left");
        }

        if (counters.Running > 0) parts.Add(Invariant($"{counters.Running} running"));
        if (counters.Failed > 0) parts.Add(Invariant($"{counters.Failed} failed"));
        if (counters.Cancelled > 0) parts.Add(Invariant($"{counters.Cancelled} cancelled"));
        if (counters.Skipped > 0) parts.Add(Invariant($"{counters.Skipped} skipped"));
        return string.Join(", ", parts);
    }

    private static string Metrics(RunCounters counters, IReadOnlyList<string> chosen)
    {
        if (counters.Latest is not { } latest) return "";
        IReadOnlyDictionary<string, object?> metrics = latest.MetricsSoFar;
        IEnumerable<string> names = chosen.Count > 0 ? chosen.Where(metrics.ContainsKey) : metrics.Keys.Take(2);
        return string.Join(", ", names.Select(name => Printable.Line($"{name} {Value(metrics[name])}")));
    }

    private static string Value(object? value) => value switch
    {
        double real => real.ToString("G5", CultureInfo.InvariantCulture),
        bool truth => truth ? "true" : "false",
        null => "–",
        _ => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "",
    };

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
