using System.Buffers.Binary;

namespace Assay.Tables.Avro;

/// <summary>Turns values of a plain type into what they mean. What .NET cannot express stays the value it is.</summary>
internal static class AvroMeanings
{
    public static void Whole(AvroType type, long value, IAvroSink sink)
    {
        DateTimeOffset? time = type.Meaning switch
        {
            AvroMeaning.Date => TimeUnits.ToTimestamp(TimeUnits.DaysToTicks(value)),
            AvroMeaning.Timestamp => TimeUnits.ToTimestamp(TimeUnits.ToTicks(value, type.UnitsPerSecond)),
            _ => null,
        };
        if (time is { } known) sink.Time(known);
        else if (type.Meaning == AvroMeaning.Duration && TimeUnits.ToTicks(value, type.UnitsPerSecond) is { } ticks) sink.Span(new TimeSpan(ticks));
        else sink.Whole(value);
    }

    public static void Bytes(AvroType type, ReadOnlySpan<byte> bytes, IAvroSink sink)
    {
        switch (type.Meaning)
        {
            case AvroMeaning.Decimal when bytes.Length > 0 && BinaryText.Decimal(bytes, type.Scale) is { } digits: sink.Decimal(digits); break;
            case AvroMeaning.Uuid: sink.Text(new Guid(bytes, bigEndian: true).ToString()); break;
            case AvroMeaning.Period: Period(bytes, sink); break;
            default: sink.Text(BinaryText.Of(bytes)); break;
        }
    }

    /// <summary>Months, days and milliseconds. Months have no fixed length, so a period of months is text in the form of ISO 8601.</summary>
    private static void Period(ReadOnlySpan<byte> bytes, IAvroSink sink)
    {
        uint months = BinaryPrimitives.ReadUInt32LittleEndian(bytes), days = BinaryPrimitives.ReadUInt32LittleEndian(bytes[4..]);
        uint millis = BinaryPrimitives.ReadUInt32LittleEndian(bytes[8..]);
        const uint MostDays = 10_000_000;
        if (months == 0 && days <= MostDays) sink.Span(new TimeSpan(days * TimeSpan.TicksPerDay + millis * TimeSpan.TicksPerMillisecond));
        else sink.Text(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"P{months}M{days}DT{millis / 1000}.{millis % 1000:000}S"));
    }
}
