using System.Globalization;

namespace Assay.Messages;

/// <summary>Durations for people.</summary>
public static class DurationText
{
    /// <summary>A measured duration: milliseconds and seconds with two decimals.</summary>
    public static string Exact(TimeSpan duration) => duration.TotalSeconds < 1
        ? duration.TotalMilliseconds.ToString("0.## ms", CultureInfo.InvariantCulture)
        : duration.TotalMinutes < 1 ? duration.TotalSeconds.ToString("0.## s", CultureInfo.InvariantCulture) : Of(duration);

    /// <summary>An estimated duration: two units, rounded up to whole seconds.</summary>
    public static string Of(TimeSpan time) => time switch
    {
        { TotalDays: > 365 } => "more than a year",
        { TotalDays: >= 1 } => Invariant($"{(int)time.TotalDays} d {time.Hours} h"),
        { TotalHours: >= 1 } => Invariant($"{(int)time.TotalHours} h {time.Minutes} min"),
        { TotalMinutes: >= 1 } => Invariant($"{(int)time.TotalMinutes} min {time.Seconds} s"),
        _ => Invariant($"{Math.Ceiling(time.TotalSeconds)} s"),
    };

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
