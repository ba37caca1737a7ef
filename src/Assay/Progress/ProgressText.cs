using System.Globalization;

namespace Assay;

/// <summary>The words and numbers of progress, the same for bar and lines.</summary>
internal static class ProgressText
{
    // Longer than anybody waits, and still a time span.
    private const double LongestTime = 1e10;

    /// <summary>For example <c>120/2000 (6%), 41.2/s, 45 s left, 2 failed, 100 skipped</c>.</summary>
    public static string Counts(RunCounters counters, TimeSpan elapsed)
    {
        long done = counters.Done, total = counters.Total;
        var parts = new List<string> { Invariant($"{done}/{total} ({(total == 0 ? 100 : (long)(100.0 * done / total))}%)") };
        if (counters.DoneNow > 0 && elapsed > TimeSpan.Zero)
        {
            double rate = counters.DoneNow / elapsed.TotalSeconds;
            parts.Add(rate >= 1 ? Invariant($"{rate:0.#}/s") : Invariant($"{rate * 60:0.##}/min"));
            if (done < total && !counters.Stopped) parts.Add(DurationText.Of(TimeSpan.FromSeconds(Math.Min((total - done) / rate, LongestTime))) + " left");
        }

        if (counters.Running > 0) parts.Add(Invariant($"{counters.Running} running"));
        if (counters.Failed > 0) parts.Add(Invariant($"{counters.Failed} failed"));
        if (counters.Cancelled > 0) parts.Add(Invariant($"{counters.Cancelled} cancelled"));
        if (counters.Skipped > 0) parts.Add(Invariant($"{counters.Skipped} skipped"));
        return string.Join(", ", parts);
    }

    /// <summary>The chosen metrics of the latest run, or its first two.</summary>
    public static string Metrics(RunCounters counters, IReadOnlyList<string> chosen)
    {
        if (counters.Latest is not { } latest) return "";
        IReadOnlyDictionary<string, object?> metrics = latest.MetricsSoFar;
        IEnumerable<string> names = chosen.Count > 0 ? chosen.Where(metrics.ContainsKey) : metrics.Keys.Take(2);
        return string.Join(", ", names.Select(n => Printable.Line($"{n} {Value(metrics[n])}")));
    }

    public static string Value(object? value) => value switch
    {
        double real => real.ToString("G5", CultureInfo.InvariantCulture),
        bool truth => truth ? "true" : "false",
        null => "–",
        _ => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "",
    };

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
