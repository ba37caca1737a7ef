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

    public static void Write(Utf8Output output, DateTimeOffset value)
    {
        // Always seven digits of a fraction: a format that leaves zeros out takes five times as long, and every run has its time.
        Span<byte> room = output.Room(Longest);
        value.DateTime.TryFormat(room, out int written, "O", CultureInfo.InvariantCulture);
        int length = room[..written].LastIndexOfAnyExcept((byte)'0') + 1;
        if (room[length - 1] == '.') length--;
        room = room[length..];
        int zone = 1;
        if (value.Offset == TimeSpan.Zero) room[0] = (byte)'Z';
        else value.TryFormat(room, out zone, "zzz", CultureInfo.InvariantCulture);
        output.Advance(length + zone);
    }

    public static void Write(Utf8Output output, TimeSpan value)
    {
        value.TryFormat(output.Room(Longest), out int written, "c", CultureInfo.InvariantCulture);
        output.Advance(written);
    }
}
