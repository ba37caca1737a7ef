namespace Assay.Tables;

/// <summary>
/// Times as whole numbers of a unit, as columnar files hold them: microseconds where that loses nothing, nanoseconds where the 100 ns
/// of .NET need them and 64 bits reach, otherwise microseconds rounded down.
/// </summary>
internal static class TimeUnits
{
    private const long TicksPerMicrosecond = TimeSpan.TicksPerMicrosecond;
    private const long NanosecondsPerTick = 100;

    /// <summary>Ticks since the Unix epoch in UTC; 0 where null.</summary>
    public static long[] Ticks(Column column)
    {
        var ticks = new long[column.Count];
        if (column.Type == ColumnType.Timestamp)
        {
            ReadOnlySpan<DateTimeOffset> times = column.AsTimestamps();
            for (int i = 0; i < ticks.Length; i++)
                if (column.Validity is not { } validity || validity[i]) ticks[i] = times[i].UtcTicks - DateTime.UnixEpoch.Ticks;
        }
        else
        {
            ReadOnlySpan<TimeSpan> spans = column.AsDurations();
            for (int i = 0; i < ticks.Length; i++) ticks[i] = spans[i].Ticks;
        }

        return ticks;
    }

    /// <summary>Converts ticks in place and says whether the unit is nanoseconds.</summary>
    public static bool Scale(long[] ticks)
    {
        bool isWholeMicroseconds = true, reachesNanoseconds = true;
        foreach (long value in ticks)
        {
            isWholeMicroseconds &= value % TicksPerMicrosecond == 0;
            reachesNanoseconds &= value is >= long.MinValue / NanosecondsPerTick and <= long.MaxValue / NanosecondsPerTick;
        }

        bool isNanoseconds = !isWholeMicroseconds && reachesNanoseconds;
        for (int i = 0; i < ticks.Length; i++) ticks[i] = isNanoseconds ? ticks[i] * NanosecondsPerTick : FloorDivide(ticks[i], TicksPerMicrosecond);
        return isNanoseconds;
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

    private static long FloorDivide(long value, long divisor) => value >= 0 ? value / divisor : -((-(value + 1)) / divisor) - 1;
}
