namespace Assay.Tables;

/// <summary>
/// The one text form of every value: invariant culture, the shortest digits that read back as the same double, ISO 8601 times with their
/// offset, durations as <c>[-][d.]hh:mm:ss[.fffffff]</c>.
/// </summary>
internal static class ValueText
{
    public static string Of(double value) => value switch
    {
        double.PositiveInfinity => "Infinity",
        double.NegativeInfinity => "-Infinity",
        _ => double.IsNaN(value) ? "NaN" : value.ToString("R", CultureInfo.InvariantCulture),
    };

    /// <summary>The text of a boxed value of a column.</summary>
    public static string Of(object value) => value switch
    {
        bool flag => flag ? "true" : "false",
        long number => number.ToString(CultureInfo.InvariantCulture),
        double number => Of(number),
        DateTimeOffset { Offset.Ticks: 0 } time => time.ToString("yyyy-MM-ddTHH:mm:ss.FFFFFFF'Z'", CultureInfo.InvariantCulture),
        DateTimeOffset time => time.ToString("yyyy-MM-ddTHH:mm:ss.FFFFFFFzzz", CultureInfo.InvariantCulture),
        TimeSpan span => span.ToString("c", CultureInfo.InvariantCulture),
        JsonElement json => JsonText.Compact(json),
        _ => value.ToString() ?? "",
    };

    /// <summary>The text of a value other than null.</summary>
    public static string Of(Column column, int row) =>
        column.Type is ColumnType.String or ColumnType.Json ? column.AsStrings()[row]! : Of(column[row]!);
}

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
