namespace Assay.Tables.Arrow;

/// <summary>Whole numbers of a unit as times. What .NET cannot express is null.</summary>
internal static class TimeArrays
{
    public static Column Timestamps(ArrowField field, long[] values, Validity? validity)
    {
        bool isDays = field.Type.UnitsPerSecond == 0;
        var times = new DateTimeOffset[values.Length];
        var valid = new ulong[Validity.WordCount(values.Length)];
        for (int i = 0; i < times.Length; i++)
        {
            if (validity is not null && !validity[i]) continue;
            long? ticks = isDays ? TimeUnits.DaysToTicks(values[i]) : TimeUnits.ToTicks(values[i], field.Type.UnitsPerSecond);
            if (TimeUnits.ToTimestamp(ticks) is not { } time) continue;
            times[i] = time;
            valid[i >> 6] |= 1UL << (i & 63);
        }

        return new TypedColumn<DateTimeOffset>(field.Name, ColumnType.Timestamp, times, Validity.From(valid, times.Length));
    }

    public static Column Durations(ArrowField field, long[] values, Validity? validity)
    {
        var spans = new TimeSpan[values.Length];
        var valid = new ulong[Validity.WordCount(values.Length)];
        for (int i = 0; i < spans.Length; i++)
        {
            if (validity is not null && !validity[i]) continue;
            if (TimeUnits.ToTicks(values[i], field.Type.UnitsPerSecond) is not { } ticks) continue;
            spans[i] = new TimeSpan(ticks);
            valid[i >> 6] |= 1UL << (i & 63);
        }

        return new TypedColumn<TimeSpan>(field.Name, ColumnType.Duration, spans, Validity.From(valid, spans.Length));
    }
}
