using System.Numerics;
using System.Runtime.InteropServices;

namespace Assay.Tables.Arrow;

/// <summary>Numbers of every width as those of a column.</summary>
internal static class NumberArrays
{
    /// <summary>Whole numbers, and whatever is stored as such; 0 where null.</summary>
    public static long[] Whole(ArrowField field, IReadOnlyList<ArrowArray> parts, int count, Validity? validity)
    {
        long[] values = (field.Type.Width, field.Type.IsSigned) switch
        {
            (8, true) => Copy<sbyte, long>(parts, count, value => value),
            (8, false) => Copy<byte, long>(parts, count, value => value),
            (16, true) => Copy<short, long>(parts, count, value => value),
            (16, false) => Copy<ushort, long>(parts, count, value => value),
            (32, true) => Copy<int, long>(parts, count, value => value),
            (32, false) => Copy<uint, long>(parts, count, value => value),
            _ => Copy<long, long>(parts, count, value => value),
        };
        ClearNulls(values, validity);
        return values;
    }

    /// <summary>Floating-point numbers; NaN where null.</summary>
    public static double[] Fractions(ArrowField field, IReadOnlyList<ArrowArray> parts, int count, Validity? validity)
    {
        double[] values = field.Type.Width switch
        {
            16 => Copy<Half, double>(parts, count, value => (double)value),
            32 => Copy<float, double>(parts, count, value => value),
            _ => Copy<double, double>(parts, count, value => value),
        };
        ClearNulls(values, validity);
        return values;
    }

    /// <summary>Numbers without sign, which are text where one of them is too large.</summary>
    public static Column Unsigned(ArrowField field, IReadOnlyList<ArrowArray> parts, int count, Validity? validity)
    {
        ulong[] values = Copy<ulong, ulong>(parts, count, value => value);
        ClearNulls(values, validity);
        return values.Any(value => value > long.MaxValue)
            ? Build(field.Name, count, validity, i => values[i], ColumnType.Int64)
            : new TypedColumn<long>(field.Name, ColumnType.Int64, Array.ConvertAll(values, value => (long)value), validity);
    }

    /// <summary>Decimals, as doubles where no digit is lost and as text elsewhere.</summary>
    public static Column Decimals(ArrowField field, IReadOnlyList<ArrowArray> parts, int count, Validity? validity)
    {
        int size = field.Type.Width / 8;
        var texts = new string[count];
        int at = 0;
        foreach (ArrowArray part in parts)
        {
            ReadOnlySpan<byte> bytes = part.Buffers[1].Span;
            for (int i = 0; i < part.Length; i++) texts[at++] = BinaryText.Decimal(new BigInteger(bytes.Slice(i * size, size)), field.Type.Scale);
        }

        return Build(field.Name, count, validity, i => BinaryText.Number(texts[i]), ColumnType.Double);
    }

    /// <summary>Puts what stands for a null where one is: files may hold anything there.</summary>
    public static void ClearNulls<T>(Span<T> values, Validity? validity)
    {
        if (validity is null) return;
        T absent = Numbers.Absent<T>();
        for (int i = 0; i < values.Length; i++)
            if (!validity[i]) values[i] = absent;
    }

    public static TTo[] Copy<TFrom, TTo>(IReadOnlyList<ArrowArray> parts, int count, Func<TFrom, TTo> convert) where TFrom : unmanaged where TTo : unmanaged
    {
        var values = new TTo[count];
        int at = 0;
        foreach (ArrowArray part in parts)
        {
            ReadOnlySpan<TFrom> source = part.Values<TFrom>();
            if (typeof(TFrom) == typeof(TTo)) source.CopyTo(MemoryMarshal.Cast<TTo, TFrom>(values.AsSpan(at)));
            else for (int i = 0; i < source.Length; i++) values[at + i] = convert(source[i]);
            at += source.Length;
        }

        return values;
    }

    private static Column Build(string name, int count, Validity? validity, Func<int, object?> value, ColumnType whenEmpty)
    {
        var builder = new ColumnBuilder(name);
        for (int i = 0; i < count; i++) builder.AddObject(validity is null || validity[i] ? value(i) : null);
        return builder.Build(whenEmpty);
    }
}
