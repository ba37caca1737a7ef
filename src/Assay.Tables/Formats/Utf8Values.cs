using System.Globalization;

namespace Assay.Tables;

/// <summary>Values in the text form of <see cref="ValueText"/>, without strings in between.</summary>
internal static class Utf8Values
{
    /// <summary>No number, time or duration is longer than this many bytes.</summary>
    public const int Longest = 64;

    public static void Write(Utf8Output output, bool value) => output.Write(value ? "true"u8 : "false"u8);

    public static void Write(Utf8Output output, long value)
    {
        value.TryFormat(output.Room(Longest), out int written, default, CultureInfo.InvariantCulture);
        output.Advance(written);
    }

    /// <summary>A whole double keeps a <c>.0</c>, so that a reader sees what type the column is.</summary>
    public static void Write(Utf8Output output, double value)
    {
        if (!double.IsFinite(value))
        {
            output.Write(ValueText.Of(value));
            return;
        }

        Span<byte> room = output.Room(Longest);
        value.TryFormat(room, out int written, default, CultureInfo.InvariantCulture);
        if (room[..written].IndexOfAny((byte)'.', (byte)'E') < 0)
        {
            ".0"u8.CopyTo(room[written..]);
            written += 2;
        }

        output.Advance(written);
    }

    /// <summary>By hand: the formats of the framework take five times as long, which shows where every run has its time.</summary>
    public static void Write(Utf8Output output, DateTimeOffset value)
    {
        Span<byte> room = output.Room(Longest);
        DateTime time = value.DateTime;
        Digits(room, 0, 4, time.Year);
        Digits(room, 5, 2, time.Month);
        Digits(room, 8, 2, time.Day);
        Digits(room, 11, 2, time.Hour);
        Digits(room, 14, 2, time.Minute);
        Digits(room, 17, 2, time.Second);
        (room[4], room[7], room[10], room[13], room[16]) = ((byte)'-', (byte)'-', (byte)'T', (byte)':', (byte)':');
        int length = 19;
        if ((int)(time.Ticks % TimeSpan.TicksPerSecond) is > 0 and var fraction)
        {
            room[length] = (byte)'.';
            Digits(room, length + 1, 7, fraction);
            length = room[..(length + 8)].LastIndexOfAnyExcept((byte)'0') + 1;
        }

        output.Advance(length + WriteOffset(room[length..], (int)value.Offset.TotalMinutes));
    }

    public static void Write(Utf8Output output, TimeSpan value)
    {
        value.TryFormat(output.Room(Longest), out int written, "c", CultureInfo.InvariantCulture);
        output.Advance(written);
    }

    private static int WriteOffset(Span<byte> room, int minutes)
    {
        if (minutes == 0)
        {
            room[0] = (byte)'Z';
            return 1;
        }

        room[0] = minutes < 0 ? (byte)'-' : (byte)'+';
        Digits(room, 1, 2, Math.Abs(minutes) / 60);
        room[3] = (byte)':';
        Digits(room, 4, 2, Math.Abs(minutes) % 60);
        return 6;
    }

    private static void Digits(Span<byte> room, int at, int count, int value)
    {
        for (int i = at + count - 1; i >= at; i--, value /= 10) room[i] = (byte)('0' + value % 10);
    }
}
