using System.Text;
using System.Text.Json;

namespace Assay.Journals;

/// <summary>RFC 3339 times, cut to tenths of a microsecond. A leap second is read as the second that follows it.</summary>
public static class JournalTime
{
    /// <returns>Ticks of UTC.</returns>
    /// <exception cref="JsonException">The value is not a time.</exception>
    internal static long Parse(ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.String) throw new JsonException("expected text in 'created_at'");
        // Any character may be escaped, as \u002B for the sign of a zone.
        return TryParse(JsonMembers.Text(ref reader), out long ticks)
            ? ticks : throw new JsonException("expected an RFC 3339 time in 'created_at'");
    }

    /// <summary>Reads a time; never throws.</summary>
    /// <param name="json">A text; anything else is no time.</param>
    /// <param name="time">The time in UTC.</param>
    /// <returns>Whether it is a time.</returns>
    public static bool TryParse(JsonElement json, out DateTimeOffset time)
    {
        long ticks = 0;
        bool isTime = json.ValueKind == JsonValueKind.String && TryParse(Encoding.UTF8.GetBytes(JsonObjects.Text(json)), out ticks);
        time = isTime ? new DateTimeOffset(ticks, TimeSpan.Zero) : default;
        return isTime;
    }

    /// <summary>The time of a line, in UTC; null where it has none that can be read.</summary>
    internal static DateTimeOffset? Of(JsonElement line) =>
        TryParse(JsonObjects.Member(line, "created_at"), out DateTimeOffset at) ? at : null;

    private static bool TryParse(ReadOnlySpan<byte> t, out long ticks)
    {
        const int Seconds = 19;
        ticks = 0;
        if (t.Length <= Seconds || t[4] != '-' || t[7] != '-' || t[13] != ':' || t[16] != ':') return false;
        if (t[10] is not ((byte)'T' or (byte)'t' or (byte)' ')) return false;
        if (!Digits(t[..4], out int year) || !Digits(t[5..7], out int month) || !Digits(t[8..10], out int day)) return false;
        if (!Digits(t[11..13], out int hour) || !Digits(t[14..16], out int minute) || !Digits(t[17..19], out int second)) return false;
        if (year < 1 || month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth(year, month)) return false;
        if (hour > 23 || minute > 59 || second > 60) return false;
        ReadOnlySpan<byte> rest = t[Seconds..];
        if (!TryFraction(ref rest, out long fraction) || !TryZone(rest, out long zone)) return false;
        ticks = new DateTime(year, month, day, hour, minute, 0).Ticks + (second * TimeSpan.TicksPerSecond) + fraction - zone;
        return ticks >= DateTime.MinValue.Ticks && ticks <= DateTime.MaxValue.Ticks;
    }

    private static bool TryFraction(ref ReadOnlySpan<byte> rest, out long ticks)
    {
        ticks = 0;
        if (rest[0] != '.') return true;
        int end = rest[1..].IndexOfAnyExceptInRange((byte)'0', (byte)'9') + 1;
        if (end <= 1) return false;
        long unit = TimeSpan.TicksPerSecond;
        foreach (byte digit in rest[1..end]) ticks += (unit /= 10) * (digit - '0');
        rest = rest[end..];
        return true;
    }

    private static bool TryZone(ReadOnlySpan<byte> zone, out long ticks)
    {
        ticks = 0;
        if (zone.Length == 1) return zone[0] is (byte)'Z' or (byte)'z';
        if (zone.Length != 6 || zone[0] is not ((byte)'+' or (byte)'-') || zone[3] != ':') return false;
        if (!Digits(zone[1..3], out int hours) || !Digits(zone[4..], out int minutes) || hours > 23 || minutes > 59) return false;
        ticks = (zone[0] == '-' ? -1 : 1) * ((hours * TimeSpan.TicksPerHour) + (minutes * TimeSpan.TicksPerMinute));
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
