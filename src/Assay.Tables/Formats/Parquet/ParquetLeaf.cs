using System.Buffers.Binary;
using System.Numerics;
using Parquet.Meta;
using PhysicalType = Parquet.Meta.Type;

namespace Assay.Tables;

/// <summary>The meaning of the values of a physical type.</summary>
internal enum ParquetMeaning
{
    Plain,
    Unsigned,
    Decimal,
    Timestamp,
    Date,
    Duration,
    Text,
    Json,
    Uuid,
    Half,
}

/// <summary>A column as the schema of a Parquet file describes it.</summary>
internal sealed record ParquetLeaf(string Name, PhysicalType Physical, ParquetMeaning Meaning)
{
    private const long Millis = 1_000;

    /// <summary>Digits behind the point of a decimal.</summary>
    public int Scale { get; init; }

    /// <summary>The unit of times and durations.</summary>
    public long UnitsPerSecond { get; init; } = TimeUnits.OfTicks;

    /// <summary>Reads a column of the schema; the note is the one that Assay writes where the format lacks a type.</summary>
    public static ParquetLeaf Of(SchemaElement element, string? note)
    {
        PhysicalType physical = element.Type!.Value;
        var leaf =
            new ParquetLeaf(element.Name, physical, physical == PhysicalType.INT96 ? ParquetMeaning.Timestamp : ParquetMeaning.Plain);
        if (physical == PhysicalType.INT64 && TimeUnits.TryNote(note, out ColumnType time, out long units))
            return leaf.Time(time == ColumnType.Duration ? ParquetMeaning.Duration : ParquetMeaning.Timestamp, units);
        return (element.LogicalType is { } logical ? Logical(leaf, logical, element) : null) ?? Converted(leaf, element);
    }

    private static ParquetLeaf? Logical(ParquetLeaf leaf, LogicalType type, SchemaElement element) => type switch
    {
        { STRING: not null } or { ENUM: not null } => leaf with { Meaning = ParquetMeaning.Text },
        { DECIMAL: { } number } => leaf with { Meaning = ParquetMeaning.Decimal, Scale = number.Scale },
        { DATE: not null } => leaf with { Meaning = ParquetMeaning.Date },
        { TIME: { } time } => leaf.Time(ParquetMeaning.Duration, Unit(time.Unit)),
        { TIMESTAMP: { } time } => leaf.Time(ParquetMeaning.Timestamp, Unit(time.Unit)),
        { INTEGER: { } whole } => leaf with { Meaning = whole.IsSigned ? ParquetMeaning.Plain : ParquetMeaning.Unsigned },
        { JSON: not null } => leaf with { Meaning = ParquetMeaning.Json },
        { UUID: not null } when element.TypeLength == 16 => leaf with { Meaning = ParquetMeaning.Uuid },
        { FLOAT16: not null } when element.TypeLength == 2 => leaf with { Meaning = ParquetMeaning.Half },
        _ => null,
    };

    private static ParquetLeaf Converted(ParquetLeaf leaf, SchemaElement element) => element.ConvertedType switch
    {
        ConvertedType.UTF8 or ConvertedType.ENUM => leaf with { Meaning = ParquetMeaning.Text },
        ConvertedType.DECIMAL => leaf with { Meaning = ParquetMeaning.Decimal, Scale = element.Scale ?? 0 },
        ConvertedType.DATE => leaf with { Meaning = ParquetMeaning.Date },
        ConvertedType.TIME_MILLIS => leaf.Time(ParquetMeaning.Duration, Millis),
        ConvertedType.TIME_MICROS => leaf.Time(ParquetMeaning.Duration, TimeUnits.Micros),
        ConvertedType.TIMESTAMP_MILLIS => leaf.Time(ParquetMeaning.Timestamp, Millis),
        ConvertedType.TIMESTAMP_MICROS => leaf.Time(ParquetMeaning.Timestamp, TimeUnits.Micros),
        ConvertedType.UINT_8 or ConvertedType.UINT_16 or ConvertedType.UINT_32 or ConvertedType.UINT_64 =>
            leaf with { Meaning = ParquetMeaning.Unsigned },
        ConvertedType.JSON => leaf with { Meaning = ParquetMeaning.Json },
        _ => leaf,
    };

    private static long Unit(TimeUnit unit) => unit.MILLIS is not null
        ? Millis
        : unit.MICROS is not null ? TimeUnits.Micros : TimeUnits.Nanos;

    private ParquetLeaf Time(ParquetMeaning meaning, long unitsPerSecond) =>
        this with { Meaning = meaning, UnitsPerSecond = unitsPerSecond };
}

/// <summary>Turns the physical values of a Parquet column into what they mean.</summary>
internal static class ParquetValues
{
    private const int JulianUnixEpoch = 2_440_588;

    // More days than this have more ticks than 64 bits count.
    private const long LargestDay = (long.MaxValue / TimeSpan.TicksPerDay) - 1;

    public static Column Whole(ParquetLeaf leaf, long[] values, Validity? validity) => leaf.Meaning switch
    {
        ParquetMeaning.Unsigned =>
            Built(leaf, values, validity, ColumnType.Int64, value => leaf.Physical == PhysicalType.INT32 ? (uint)value : (ulong)value),
        ParquetMeaning.Decimal =>
            Built(leaf, values, validity, ColumnType.Double, value => BinaryText.Number(BinaryText.Decimal(value, leaf.Scale))),
        ParquetMeaning.Date => TimeUnits.Timestamps(leaf.Name, values, validity, TimeUnits.DaysToTicks),
        ParquetMeaning.Timestamp =>
            TimeUnits.Timestamps(leaf.Name, values, validity, value => TimeUnits.ToTicks(value, leaf.UnitsPerSecond)),
        ParquetMeaning.Duration => TimeUnits.Durations(leaf.Name, values, validity, value => TimeUnits.ToTicks(value, leaf.UnitsPerSecond)),
        _ => new TypedColumn<long>(leaf.Name, ColumnType.Int64, values, validity),
    };

    public static Column Text(ParquetLeaf leaf, string?[] texts, Validity? validity) => leaf.Meaning switch
    {
        ParquetMeaning.Decimal => Built(leaf, texts, validity, ColumnType.Double, text => BinaryText.Number(text!)),
        ParquetMeaning.Json => ColumnFactory.JsonOrText(leaf.Name, texts, validity),
        _ => new TypedColumn<string?>(leaf.Name, ColumnType.String, texts, validity),
    };

    /// <summary>How the bytes of a value become text.</summary>
    public static Func<ReadOnlyMemory<byte>, string> TextOf(ParquetLeaf leaf) => leaf.Meaning switch
    {
        ParquetMeaning.Decimal => bytes => BinaryText.Decimal(bytes.Span, leaf.Scale) ?? BinaryText.Of(bytes.Span),
        ParquetMeaning.Uuid => bytes => new Guid(bytes.Span, bigEndian: true).ToString(),
        ParquetMeaning.Text or ParquetMeaning.Json => bytes => Encoding.UTF8.GetString(bytes.Span),
        _ => bytes => BinaryText.Of(bytes.Span),
    };

    /// <summary>A time of 96 bits, which are nanoseconds of a day and a Julian day, as ticks since the Unix epoch.</summary>
    public static long Ticks(BigInteger time)
    {
        Span<byte> bytes = stackalloc byte[12];
        bytes.Fill(time.Sign < 0 ? byte.MaxValue : byte.MinValue);
        time.TryWriteBytes(bytes, out _);
        long day = BinaryPrimitives.ReadInt32LittleEndian(bytes[8..]) - (long)JulianUnixEpoch;
        if (Math.Abs(day) > LargestDay) throw new InvalidDataException($"a time is {day} days from 1970");
        return (day * TimeSpan.TicksPerDay) + (BinaryPrimitives.ReadInt64LittleEndian(bytes) / TimeSpan.NanosecondsPerTick);
    }

    private static Column Built<T>(ParquetLeaf leaf, T[] values, Validity? validity, ColumnType whenEmpty, Func<T, object?> value)
    {
        var builder = new ColumnBuilder(leaf.Name);
        for (int i = 0; i < values.Length; i++) builder.AddObject(validity is null || validity[i] ? value(values[i]) : null);
        return builder.Build(whenEmpty);
    }
}
