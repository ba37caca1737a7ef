using System.Globalization;

namespace Assay.Names;

/// <summary>Points in time and durations as people write them.</summary>
public static class TimeText
{
    internal const string Expected = "a time such as 2026-01-31, 2026-01-31T14:30 (UTC), or how long ago, such as 90m, 12h, 3d or 2w";

    private static readonly string[] Formats = [
        "yyyy-MM-dd", "yyyy-MM-ddTHH:mm", "yyyy-MM-dd HH:mm", "yyyy-MM-ddTHH:mm:ss", "yyyy-MM-dd HH:mm:ss", "yyyy-MM-ddTHH:mm:ss.FFFFFFF"];

    /// <summary>A time without an offset is UTC; a duration is that long before now.</summary>
    internal static bool TryParse(string text, DateTimeOffset now, out DateTimeOffset time)
    {
        text = text.Trim();
        if (text.EndsWith(" ago", StringComparison.OrdinalIgnoreCase)) text = text[..^4].TrimEnd();
        if (TryDuration(text, out TimeSpan back) && back <= now - DateTimeOffset.MinValue)
        {
            time = now - back;
            return true;
        }

        const DateTimeStyles Utc = DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal;
        return DateTimeOffset.TryParseExact(text, Formats, CultureInfo.InvariantCulture, Utc, out time)
            || (text.Contains('T') && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, Utc, out time));
    }

    /// <summary>Reads a time; without an offset it is UTC, and a duration is that long before now.</summary>
    /// <param name="option">The name of the option, for the message.</param>
    /// <param name="text">The text.</param>
    /// <param name="now">The time from which a duration counts back.</param>
    /// <exception cref="AssayException">The text is no time.</exception>
    public static DateTimeOffset Parse(string option, string text, DateTimeOffset now) => TryParse(text, now, out DateTimeOffset time)
        ? time
        : throw new AssayException($"{option} is '{text}'; expected {Expected}.");

    /// <summary>Reads a duration: <c>500ms</c>, <c>90s</c>, <c>15m</c>, <c>1.5h</c>, <c>3d</c>, <c>2w</c>.</summary>
    /// <param name="text">The text.</param>
    /// <param name="duration">The duration; zero where the text is none.</param>
    /// <returns>Whether the text is a duration.</returns>
    public static bool TryDuration(string text, out TimeSpan duration)
    {
        int digits = text.TakeWhile(c => char.IsAsciiDigit(c) || c == '.').Count();
        double? seconds = text[digits..].Trim().ToLowerInvariant() switch
        {
            "ms" => 0.001,
            "s" => 1,
            "m" or "min" => 60,
            "h" => 3600,
            "d" => 86_400,
            "w" => 7 * 86_400,
            _ => null,
        };
        duration = default;
        const NumberStyles Decimal = NumberStyles.AllowDecimalPoint;
        if (seconds is null || !double.TryParse(text[..digits], Decimal, CultureInfo.InvariantCulture, out double number)) return false;
        if (number * seconds > TimeSpan.MaxValue.TotalSeconds / 2) return false;
        duration = TimeSpan.FromSeconds(number * seconds.Value);
        return true;
    }
}
