using System.Buffers.Binary;
using System.Numerics;
using PhysicalType = Parquet.Meta.Type;

namespace Assay.Tables;

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
