using System.Collections;
using System.Globalization;

namespace Assay.Messages;

/// <summary>Values as short text, the same in every culture: for messages and for the description of a space.</summary>
public static class ValueText
{
    private const int Longest = 80;

    /// <summary>The value as text: null as <c>null</c>, text in quotes, sequences in brackets; cut after 80 characters.</summary>
    public static string Of(object? value)
    {
        string text = value switch
        {
            null => "null",
            string s => $"\"{s}\"",
            bool b => b ? "true" : "false",
            Enum e => EnumText.Of(e),
            IFormattable f => f.ToString(null, CultureInfo.InvariantCulture),
            IEnumerable items => "[" + string.Join(", ", items.Cast<object?>().Take(10).Select(Of)) + "]",
            _ => Invariant(value),
        };
        return text.Length <= Longest ? text : text[..(Longest - 1)] + "…";
    }

    /// <summary>The first few of many texts, with a count of the rest.</summary>
    public static string Few(IReadOnlyCollection<string> texts, int most = 8) => texts.Count <= most
        ? string.Join(", ", texts)
        : string.Join(", ", texts.Take(most)) + $" and {texts.Count - most} more";

    /// <summary>The first few of many texts, and a mark when there are more.</summary>
    internal static string First(IEnumerable<string> texts, int most, string separator = ", ")
    {
        string[] first = [.. texts.Take(most + 1)];
        return first.Length <= most ? string.Join(separator, first) : string.Join(separator, first[..most]) + separator + "…";
    }

    // A record's ToString formats its numbers in the current culture.
    private static string Invariant(object value)
    {
        CultureInfo before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
            return value.ToString() ?? "";
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }
}

/// <summary>Enum values as text: the name, names separated by commas for combined flags, or the number of a value without a name.</summary>
public static class EnumText
{
    /// <summary>The same in every culture; the framework writes a nameless value with the minus sign of the machine's.</summary>
    public static string Of(Enum value)
    {
        string text = value.ToString();
        if (char.IsLetter(text[0]) || text[0] == '_') return text;
        object number = Convert.ChangeType(value, Enum.GetUnderlyingType(value.GetType()), CultureInfo.InvariantCulture);
        return Convert.ToString(number, CultureInfo.InvariantCulture)!;
    }
}

/// <summary>Statuses as they stand in journals, tables and filters.</summary>
public static class RunStatusText
{
    /// <summary>The status in lower case, as UTF-8.</summary>
    public static ReadOnlySpan<byte> Of(RunStatus status) => status switch
    {
        RunStatus.Success => "success"u8,
        RunStatus.Failed => "failed"u8,
        RunStatus.Cancelled => "cancelled"u8,
        RunStatus.Running => "running"u8,
        _ => "interrupted"u8,
    };

    /// <summary>The status in lower case.</summary>
    public static string Text(RunStatus status) => System.Text.Encoding.UTF8.GetString(Of(status));
}

/// <summary>Means for people.</summary>
public static class MeanText
{
    private const int MostDecimals = 8, MostDigits = 15;

    /// <summary>
    /// A mean with its standard deviation, both with as many decimals as show three digits of the deviation: <c>0.9533 ± 0.0211</c>; the
    /// mean alone, with five digits, where there is no deviation.
    /// </summary>
    public static string Of(double mean, double? deviation)
    {
        if (deviation is not { } spread) return Digits(mean, 5);
        return Format(mean, spread) is { } format
            ? $"{mean.ToString(format, CultureInfo.InvariantCulture)} ± {spread.ToString(format, CultureInfo.InvariantCulture)}"
            : $"{Digits(mean, 5)} ± {Digits(spread, 3)}";
    }

    /// <summary>A value with as many decimals as show three digits of its spread; with five digits where there is no spread.</summary>
    public static string Value(double value, double? spread) => spread is { } given && Format(value, given) is { } format
        ? value.ToString(format, CultureInfo.InvariantCulture)
        : Digits(value, 5);

    /// <summary>
    /// The bounds of an interval with as many decimals as show three digits of its half width: <c>[0.9312, 0.9754]</c>; empty without
    /// bounds.
    /// </summary>
    public static string Bounds(double? lower, double? upper)
    {
        if (lower is not { } low || upper is not { } high) return "";
        double half = (high - low) / 2;
        return $"[{Value(low, half)}, {Value(high, half)}]";
    }

    // Null where so many decimals would be unreadable.
    private static string? Format(double value, double spread)
    {
        int decimals = spread > 0 && double.IsFinite(spread) ? 2 - (int)Math.Floor(Math.Log10(spread)) : -1;
        return decimals is >= 0 and <= MostDecimals && Math.Abs(value) < Math.Pow(10, MostDigits - decimals)
            ? string.Create(CultureInfo.InvariantCulture, $"F{decimals}")
            : null;
    }

    private static string Digits(double value, int digits) =>
        value.ToString("G" + digits.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
}

/// <summary>Durations for people.</summary>
public static class DurationText
{
    /// <summary>A measured duration: milliseconds and seconds with two decimals.</summary>
    public static string Exact(TimeSpan duration) => duration.TotalSeconds < 1
        // A rounded -0 loses its sign by the sum.
        ? (Math.Round(duration.TotalMilliseconds, 2) + 0.0).ToString("0.## ms", CultureInfo.InvariantCulture)
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

/// <summary>Words that agree with a count, for messages.</summary>
public static class Plural
{
    /// <summary>The count with its noun: <c>1 run</c>, <c>3 runs</c>; digits of the invariant culture, without separators.</summary>
    /// <param name="count">The count.</param>
    /// <param name="singular">The noun for a count of 1.</param>
    /// <param name="plural">The noun for every other count; <paramref name="singular"/> with an "s" when null.</param>
    public static string Of(long count, string singular, string? plural = null) =>
        count.ToString(CultureInfo.InvariantCulture) + " " + Form(count, singular, plural ?? singular + "s");

    /// <summary>The word without its count, as in <c>Form(count, "is", "are")</c>.</summary>
    public static string Form(long count, string singular, string plural) => count == 1 ? singular : plural;
}
