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
