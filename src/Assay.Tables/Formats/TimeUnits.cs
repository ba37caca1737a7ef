namespace Assay.Tables;

/// <summary>
/// Times as whole numbers of a unit, as columnar files hold them: microseconds where that loses nothing, nanoseconds where the 100 ns of
/// .NET need them and 64 bits reach, otherwise the ticks of .NET, a unit that the formats lack: then they are plain whole numbers with a
/// note. For readers and writers of formats.
/// </summary>
public static class TimeUnits
{
    /// <summary>Microseconds of a second.</summary>
    public const long Micros = 1_000_000;

    /// <summary>Nanoseconds of a second.</summary>
    public const long Nanos = 1_000_000_000;

    /// <summary>Ticks of a second, of 100 ns each.</summary>
    public const long OfTicks = TimeSpan.TicksPerSecond;

    private const long TicksPerMicrosecond = TimeSpan.TicksPerMicrosecond, NanosecondsPerTick = TimeSpan.NanosecondsPerTick;

    /// <summary>Ticks of a column of durations, or of timestamps since the Unix epoch in UTC; 0 where null.</summary>
    public static long[] Ticks(Column column)
    {
        ArgumentNullException.ThrowIfNull(column);
        if (column.Type != ColumnType.Timestamp) return Array.ConvertAll(column.AsDurations().ToArray(), span => span.Ticks);
        long[] ticks = Array.ConvertAll(column.AsTimestamps().ToArray(), time => time.UtcTicks - DateTime.UnixEpoch.Ticks);
        Numbers.ClearNulls<long>(ticks, column.Validity);
        return ticks;
    }

    /// <summary>Converts ticks in place to the coarsest unit that loses nothing, and returns how many of it a second has.</summary>
    public static long Scale(long[] ticks)
    {
        ArgumentNullException.ThrowIfNull(ticks);
        bool isWholeMicroseconds = true, reachesNanoseconds = true;
        foreach (long value in ticks)
        {
            isWholeMicroseconds &= value % TicksPerMicrosecond == 0;
            reachesNanoseconds &= value is >= long.MinValue / NanosecondsPerTick and <= long.MaxValue / NanosecondsPerTick;
        }

        if (!isWholeMicroseconds && !reachesNanoseconds) return OfTicks;
        for (int i = 0; i < ticks.Length; i++)
            ticks[i] = isWholeMicroseconds ? ticks[i] / TicksPerMicrosecond : ticks[i] * NanosecondsPerTick;
        return isWholeMicroseconds ? Micros : Nanos;
    }

    /// <summary>What whole numbers are, as it is noted beside them where a format has no type for it.</summary>
    public static string NoteOf(ColumnType type, long unitsPerSecond)
    {
        string unit = unitsPerSecond switch { Micros => "us", Nanos => "ns", _ => "100ns" };
        return $"{(type == ColumnType.Duration ? "duration" : "timestamp")}[{unit}]";
    }

    /// <summary>Reads such a note; false where it says something else.</summary>
    public static bool TryNote(string? note, out ColumnType type, out long unitsPerSecond)
    {
        foreach (ColumnType known in (ReadOnlySpan<ColumnType>)[ColumnType.Duration, ColumnType.Timestamp])
            foreach (long units in (ReadOnlySpan<long>)[Micros, Nanos, OfTicks])
            {
                (type, unitsPerSecond) = (known, units);
                if (note == NoteOf(known, units)) return true;
            }

        (type, unitsPerSecond) = (default, 0);
        return false;
    }

    /// <summary>Ticks from a number of units per second; what .NET cannot express is null.</summary>
    public static long? ToTicks(long value, long unitsPerSecond)
    {
        if (unitsPerSecond > TimeSpan.TicksPerSecond) return FloorDivide(value, unitsPerSecond / TimeSpan.TicksPerSecond);
        Int128 ticks = (Int128)value * (TimeSpan.TicksPerSecond / unitsPerSecond);
        return ticks >= long.MinValue && ticks <= long.MaxValue ? (long)ticks : null;
    }

    /// <summary>Ticks of a number of days; what .NET cannot express is null.</summary>
    public static long? DaysToTicks(long days) => days is > -10_000_000 and < 10_000_000 ? days * TimeSpan.TicksPerDay : null;

    /// <summary>The time that many ticks from the Unix epoch, or null outside the years 1 to 9999.</summary>
    public static DateTimeOffset? ToTimestamp(long? ticks) =>
        ticks >= DateTime.MinValue.Ticks - DateTime.UnixEpoch.Ticks && ticks <= DateTime.MaxValue.Ticks - DateTime.UnixEpoch.Ticks
            ? new DateTimeOffset(DateTime.UnixEpoch.Ticks + ticks.Value, TimeSpan.Zero)
            : null;

    /// <summary>A column of timestamps or durations from whole numbers of a unit; what .NET cannot express is null.</summary>
    internal static Column Times(string name, ColumnType type, ReadOnlySpan<long> values, Validity? validity, long unitsPerSecond) =>
        type == ColumnType.Duration
            ? Times(name, type, values, validity, value =>
                ToTicks(value, unitsPerSecond) is { } ticks ? new TimeSpan(ticks) : (TimeSpan?)null)
            : Times(name, type, values, validity, value => ToTimestamp(ToTicks(value, unitsPerSecond)));

    /// <summary>A column of timestamps from days since the Unix epoch; what .NET cannot express is null.</summary>
    internal static Column Dates(string name, ReadOnlySpan<long> days, Validity? validity) =>
        Times(name, ColumnType.Timestamp, days, validity, value => ToTimestamp(DaysToTicks(value)));

    private static TypedColumn<T> Times<T>(
        string name, ColumnType type, ReadOnlySpan<long> values, Validity? validity, Func<long, T?> convert) where T : struct
    {
        var times = new T[values.Length];
        var valid = new ulong[Validity.WordCount(values.Length)];
        for (int i = 0; i < times.Length; i++)
        {
            if (validity is not null && !validity[i] || convert(values[i]) is not { } time) continue;
            times[i] = time;
            valid[i >> 6] |= 1UL << (i & 63);
        }

        return new TypedColumn<T>(name, type, times, Validity.From(valid, times.Length));
    }

    private static long FloorDivide(long value, long divisor) => value >= 0 ? value / divisor : -((-(value + 1)) / divisor) - 1;
}
