using System.Text.Json;

namespace Assay;

/// <summary>Times in journals: our own fixed form is read digit by digit, any other RFC 3339 form by the framework.</summary>
internal static class JournalTime
{
    /// <returns>Ticks of UTC.</returns>
    /// <exception cref="JsonException">The value is not a time.</exception>
    public static long Parse(ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.String) throw new JsonException("expected text in 'created_at'");
        ReadOnlySpan<byte> text = reader.ValueSpan;
        if (text.Length == 33 && text[27..].SequenceEqual("+00:00"u8) && TryOwnForm(text, out long ticks)) return ticks;
        if (reader.TryGetDateTimeOffset(out DateTimeOffset time)) return time.UtcTicks;
        // Nine fractional digits, as other writers use, are two more than the framework takes.
        string trimmed = System.Text.RegularExpressions.Regex.Replace(reader.GetString()!, @"(\.\d{7})\d+", "$1");
        return DateTimeOffset.TryParse(trimmed, System.Globalization.CultureInfo.InvariantCulture, out time)
            ? time.UtcTicks
            : throw new JsonException("expected an RFC 3339 time in 'created_at'");
    }

    private static bool TryOwnForm(ReadOnlySpan<byte> t, out long ticks)
    {
        ticks = 0;
        if (!Digits(t[..4], out int year) || !Digits(t[5..7], out int month) || !Digits(t[8..10], out int day) || !Digits(t[11..13], out int hour) ||
            !Digits(t[14..16], out int minute) || !Digits(t[17..19], out int second) || !Digits(t[20..27], out int fraction)) return false;
        if (year is < 1 or > 9999 || month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth(year, month) || hour > 23 || minute > 59 || second > 59) return false;
        ticks = new DateTime(year, month, day, hour, minute, second, DateTimeKind.Utc).Ticks + fraction;
        return true;
    }

    private static bool Digits(ReadOnlySpan<byte> text, out int value)
    {
        value = 0;
        foreach (byte c in text)
        {
            if (c is < (byte)'0' or > (byte)'9') return false;
            value = (value * 10) + (c - '0');
        }

        return true;
    }
}
