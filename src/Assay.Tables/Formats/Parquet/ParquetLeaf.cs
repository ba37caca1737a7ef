using System.Buffers.Binary;
using System.Numerics;
using Parquet.Meta;
using PhysicalType = Parquet.Meta.Type;

namespace Assay.Tables;

/// <summary>The meaning of the values of a physical type.</summary>
internal enum ParquetMeaning { Plain, Unsigned, Decimal, Timestamp, Date, Duration, Text, Json, Uuid, Half }

/// <summary>A column as the schema of a Parquet file describes it.</summary>
internal sealed record ParquetLeaf(string Name, PhysicalType Physical, ParquetMeaning Meaning)
{
    private const long Millis = 1_000, JulianUnixEpoch = 2_440_588;

    // More days than this have more ticks than 64 bits count.
    private const long LargestDay = (long.MaxValue / TimeSpan.TicksPerDay) - 1;

    /// <summary>Digits behind the point of a decimal.</summary>
    public int Scale { get; init; }

    /// <summary>The unit of times and durations.</summary>
    public long UnitsPerSecond { get; init; } = TimeUnits.OfTicks;

    /// <summary>Reads a column of the schema; the note is the one that Assay writes where the format lacks a type.</summary>
    public static ParquetLeaf Of(SchemaElement element, string? note)
    {
        PhysicalType physical = element.Type!.Value;
        ParquetMeaning meaning = physical == PhysicalType.INT96 ? ParquetMeaning.Timestamp : ParquetMeaning.Plain;
        var leaf = new ParquetLeaf(element.Name, physical, meaning);
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

    private static long Unit(TimeUnit unit) => unit switch
    {
        { MILLIS: not null } => Millis,
        { MICROS: not null } => TimeUnits.Micros,
        _ => TimeUnits.Nanos,
    };

    private ParquetLeaf Time(ParquetMeaning meaning, long unitsPerSecond) =>
        this with { Meaning = meaning, UnitsPerSecond = unitsPerSecond };

    /// <summary>Whole numbers, or what they mean.</summary>
    public Column Whole(long[] values, Validity? validity) => Meaning switch
    {
        ParquetMeaning.Unsigned => ColumnFactory.Converted(
            Name, values, validity, value => Physical == PhysicalType.INT32 ? (uint)value : (ulong)value, ColumnType.Int64),
        ParquetMeaning.Decimal => ColumnFactory.Converted(
            Name, values, validity, value => BinaryText.Number(BinaryText.Decimal(value, Scale)), ColumnType.Double),
        ParquetMeaning.Date => TimeUnits.Dates(Name, values, validity),
        ParquetMeaning.Timestamp => TimeUnits.Times(Name, ColumnType.Timestamp, values, validity, UnitsPerSecond),
        ParquetMeaning.Duration => TimeUnits.Times(Name, ColumnType.Duration, values, validity, UnitsPerSecond),
        _ => new TypedColumn<long>(Name, ColumnType.Int64, values, validity),
    };

    /// <summary>Texts, or what they mean.</summary>
    public Column Texts(string?[] texts, Validity? validity) => Meaning switch
    {
        ParquetMeaning.Decimal =>
            ColumnFactory.Converted(Name, texts, validity, text => BinaryText.Number(text!), ColumnType.Double),
        ParquetMeaning.Json => ColumnFactory.JsonOrText(Name, texts, validity),
        _ => new TypedColumn<string?>(Name, ColumnType.String, texts, validity),
    };

    /// <summary>The text of the bytes of a value.</summary>
    public string Text(ReadOnlyMemory<byte> bytes) => Meaning switch
    {
        ParquetMeaning.Decimal => BinaryText.Decimal(bytes.Span, Scale) ?? BinaryText.Of(bytes.Span),
        ParquetMeaning.Uuid => new Guid(bytes.Span, bigEndian: true).ToString(),
        ParquetMeaning.Text or ParquetMeaning.Json => System.Text.Encoding.UTF8.GetString(bytes.Span),
        _ => BinaryText.Of(bytes.Span),
    };

    /// <summary>A time of 96 bits, which are nanoseconds of a day and a Julian day, as ticks since the Unix epoch.</summary>
    public static long Ticks(BigInteger time)
    {
        Span<byte> bytes = stackalloc byte[12];
        bytes.Fill(time.Sign < 0 ? byte.MaxValue : byte.MinValue);
        time.TryWriteBytes(bytes, out _);
        long day = BinaryPrimitives.ReadInt32LittleEndian(bytes[8..]) - JulianUnixEpoch;
        if (Math.Abs(day) > LargestDay) throw new InvalidDataException($"a time is {day} days from 1970");
        return (day * TimeSpan.TicksPerDay) + (BinaryPrimitives.ReadInt64LittleEndian(bytes) / TimeSpan.NanosecondsPerTick);
    }
}
