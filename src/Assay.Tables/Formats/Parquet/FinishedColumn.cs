using System.Globalization;
using System.Text;

namespace Assay.Tables.Parquet;

/// <summary>Turns the physical values of a column into what they mean.</summary>
internal static class FinishedColumn
{
    public static Column Whole(ParquetLeaf leaf, long[] values, Validity? validity) => leaf.Meaning switch
    {
        Meaning.Boolean => new TypedColumn<bool>(leaf.Name, ColumnType.Boolean, Array.ConvertAll(values, value => value != 0), validity),
        Meaning.Unsigned => Built(leaf, values, validity, value => leaf.Physical == PhysicalType.Int32 ? (uint)value : (ulong)value),
        Meaning.Decimal => Built(leaf, values, validity, value => Decimal(value, leaf.Scale)),
        Meaning.Date => Timestamps(leaf, values, validity, TimeUnits.DaysToTicks),
        Meaning.Timestamp => Timestamps(leaf, values, validity, value => TimeUnits.ToTicks(value, leaf.UnitsPerSecond)),
        Meaning.Duration => Durations(leaf, values, validity),
        _ => new TypedColumn<long>(leaf.Name, ColumnType.Int64, values, validity),
    };

    public static Column Numbers(ParquetLeaf leaf, double[] values, Validity? validity) => new TypedColumn<double>(leaf.Name, ColumnType.Double, values, validity);

    public static Column Texts(ParquetLeaf leaf, string?[] values, Validity? validity) => leaf.Meaning switch
    {
        Meaning.Decimal or Meaning.Half => Built(leaf, values, validity, text => leaf.Meaning == Meaning.Half
            ? double.Parse(text!, CultureInfo.InvariantCulture)
            : ScaledNumber.Value(text!)),
        Meaning.Json => ColumnFactory.JsonOrText(leaf.Name, values, validity),
        _ => new TypedColumn<string?>(leaf.Name, ColumnType.String, values, validity),
    };

    /// <summary>How the bytes of a value become text.</summary>
    public static Func<ReadOnlySpan<byte>, string> TextOf(ParquetLeaf leaf) => leaf.Meaning switch
    {
        Meaning.Decimal => bytes => BinaryText.Decimal(bytes, leaf.Scale) ?? BinaryText.Of(bytes),
        Meaning.Uuid when leaf.Length == 16 => bytes => new Guid(bytes, bigEndian: true).ToString(),
        Meaning.Half when leaf.Length == 2 => bytes => ((double)BitConverter.ToHalf(bytes)).ToString("R", CultureInfo.InvariantCulture),
        Meaning.Text or Meaning.Json => Encoding.UTF8.GetString,
        _ => BinaryText.Of,
    };

    private static object Decimal(long value, int scale)
    {
        if (scale is < 0 or > 28) return BinaryText.Decimal(value, scale);
        ulong size = (ulong)Int128.Abs(value);
        return new decimal((int)size, (int)(size >> 32), 0, value < 0, (byte)scale);
    }

    private static Column Built<T>(ParquetLeaf leaf, T[] values, Validity? validity, Func<T, object?> value)
    {
        var builder = new ColumnBuilder(leaf.Name);
        for (int i = 0; i < values.Length; i++) builder.AddObject(validity is null || validity[i] ? value(values[i]) : null);
        return builder.Build(leaf.Meaning == Meaning.Unsigned ? ColumnType.Int64 : ColumnType.Double);
    }

    private static TypedColumn<DateTimeOffset> Timestamps(ParquetLeaf leaf, long[] values, Validity? validity, Func<long, long?> ticks)
    {
        DateTimeOffset?[] times = new DateTimeOffset?[values.Length];
        for (int i = 0; i < values.Length; i++)
            if (validity is null || validity[i]) times[i] = TimeUnits.ToTimestamp(ticks(values[i]));
        return new TypedColumn<DateTimeOffset>(leaf.Name, ColumnType.Timestamp, Array.ConvertAll(times, time => time ?? default), Validity.From(times.Length, i => times[i] is not null));
    }

    private static TypedColumn<TimeSpan> Durations(ParquetLeaf leaf, long[] values, Validity? validity)
    {
        long?[] ticks = Array.ConvertAll(values, value => TimeUnits.ToTicks(value, leaf.UnitsPerSecond));
        Validity? all = Validity.From(ticks.Length, i => ticks[i] is not null && (validity is null || validity[i]));
        return new TypedColumn<TimeSpan>(leaf.Name, ColumnType.Duration, Array.ConvertAll(ticks, value => new TimeSpan(value ?? 0)), all);
    }
}
