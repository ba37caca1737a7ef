using System.Numerics;
using Apache.Arrow;
using Apache.Arrow.Types;

namespace Assay.Tables;

/// <summary>Copies the arrays of a field into a column.</summary>
internal static class ArrowDecoder
{
    public static Column Decode(ArrowParts parts)
    {
        switch (parts.Type)
        {
            case NullType: return ColumnFactory.Nulls(parts.Name, ColumnType.String, parts.Count);
            case BooleanType: return new TypedColumn<bool>(parts.Name, ColumnType.Boolean, Booleans(parts), parts.Validity);
            case UInt64Type: return Unsigned(parts);
            case Int64Type when TimeUnits.TryNote(parts.Note, out ColumnType time, out long units): return Times(parts, time, units);
            case IntegerType: return new TypedColumn<long>(parts.Name, ColumnType.Int64, Whole(parts, parts.Type.TypeId), parts.Validity);
            case FloatingPointType: return new TypedColumn<double>(parts.Name, ColumnType.Double, Fractions(parts), parts.Validity);
            case Date32Type: return TimeUnits.Dates(parts.Name, Whole(parts, parts.Type.TypeId), parts.Validity);
            case DateType: return Times(parts, ColumnType.Timestamp, unitsPerSecond: 1000);
            case TimestampType type: return Times(parts, ColumnType.Timestamp, UnitsPerSecond(type.Unit));
            case TimeBasedType type: return Times(parts, ColumnType.Duration, UnitsPerSecond(type.Unit));
            case Decimal32Type type: return Decimals(parts, type.Scale);
            case Decimal64Type type: return Decimals(parts, type.Scale);
            case Decimal128Type type: return Decimals(parts, type.Scale);
            case Decimal256Type type: return Decimals(parts, type.Scale);
            case DictionaryType: return ArrowDictionary.Decode(parts);
            case ListType or LargeListType or FixedSizeListType or MapType or StructType: return ArrowNested.Decode(parts);
            default: return ArrowTexts.Decode(parts);
        }
    }

    /// <summary>Whole numbers, and whatever is stored as such; 0 where null.</summary>
    public static long[] Whole(ArrowParts parts, ArrowTypeId type) => type switch
    {
        ArrowTypeId.Int8 => parts.Copy<sbyte, long>(value => value),
        ArrowTypeId.UInt8 => parts.Copy<byte, long>(value => value),
        ArrowTypeId.Int16 => parts.Copy<short, long>(value => value),
        ArrowTypeId.UInt16 => parts.Copy<ushort, long>(value => value),
        ArrowTypeId.Int32 or ArrowTypeId.Date32 or ArrowTypeId.Time32 => parts.Copy<int, long>(value => value),
        ArrowTypeId.UInt32 => parts.Copy<uint, long>(value => value),
        _ => parts.Copy<long, long>(value => value),
    };

    private static double[] Fractions(ArrowParts parts) => parts.Type switch
    {
        HalfFloatType => parts.Copy<Half, double>(value => (double)value),
        FloatType => parts.Copy<float, double>(value => value),
        _ => parts.Copy<double, double>(value => value),
    };

    private static bool[] Booleans(ArrowParts parts)
    {
        var values = new bool[parts.Count];
        int at = 0;
        foreach (ArrayData array in parts.Arrays)
        {
            ReadOnlySpan<byte> bits = array.Length == 0 ? [] : array.Buffers[1].Span;
            for (int i = 0; i < array.Length; i++) values[at++] = BitUtility.GetBit(bits, i);
        }

        Numbers.ClearNulls(values, parts.Validity);
        return values;
    }

    private static Column Times(ArrowParts parts, ColumnType type, long unitsPerSecond) =>
        TimeUnits.Times(parts.Name, type, Whole(parts, parts.Type.TypeId), parts.Validity, unitsPerSecond);

    private static long UnitsPerSecond(TimeUnit unit) => unit switch
    {
        TimeUnit.Second => 1,
        TimeUnit.Millisecond => 1000,
        TimeUnit.Microsecond => TimeUnits.Micros,
        _ => TimeUnits.Nanos,
    };

    /// <summary>Numbers without sign, which are text where one of them is too large.</summary>
    private static Column Unsigned(ArrowParts parts)
    {
        ulong[] values = parts.Copy<ulong, ulong>(value => value);
        return System.Array.Exists(values, value => value > long.MaxValue)
            ? ColumnFactory.Converted(parts.Name, values, parts.Validity, value => value, ColumnType.Int64)
            : new TypedColumn<long>(parts.Name, ColumnType.Int64, System.Array.ConvertAll(values, value => (long)value), parts.Validity);
    }

    /// <summary>Decimals, as doubles where no digit is lost and as text elsewhere.</summary>
    private static Column Decimals(ArrowParts parts, int scale)
    {
        int size = ((FixedWidthType)parts.Type).BitWidth / 8;
        var texts = new string[parts.Count];
        int at = 0;
        foreach (ArrayData array in parts.Arrays)
        {
            ReadOnlySpan<byte> bytes = array.Length == 0 ? [] : array.Buffers[1].Span;
            for (int i = 0; i < array.Length; i++) texts[at++] = BinaryText.Decimal(new BigInteger(bytes.Slice(i * size, size)), scale);
        }

        return ColumnFactory.Converted(parts.Name, texts, parts.Validity, BinaryText.Number, ColumnType.Double);
    }
}
