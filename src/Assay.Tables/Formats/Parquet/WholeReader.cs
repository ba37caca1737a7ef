using System.Runtime.InteropServices;

namespace Assay.Tables.Parquet;

/// <summary>Booleans as 0 and 1, whole numbers, and the old 96-bit times as ticks since the Unix epoch.</summary>
internal sealed class WholeReader(PhysicalType type) : ValueReader<long>
{
    private const int JulianUnixEpoch = 2_440_588;

    // Days beyond this are more than ticks count.
    private const long LargestDay = long.MaxValue / TimeSpan.TicksPerDay - 1_000_000;

    public override long[] Read(ref ByteReader reader, PageEncoding encoding, int count)
    {
        bool isInteger = type is PhysicalType.Int32 or PhysicalType.Int64;
        if (encoding == PageEncoding.DeltaBinaryPacked && isInteger) return Narrow(DeltaDecoder.Decode(ref reader, count));
        if (encoding == PageEncoding.ByteStreamSplit && isInteger)
        {
            var values = new ByteReader(Unsplit(ref reader, count, type == PhysicalType.Int32 ? 4 : 8), reader.Offset);
            return Plain(ref values, count);
        }

        if (encoding != PageEncoding.Rle || type != PhysicalType.Boolean) return base.Read(ref reader, encoding, count);
        reader.Int32();
        var bits = new int[count];
        HybridDecoder.Decode(ref reader, width: 1, bits);
        return Array.ConvertAll(bits, bit => (long)bit);
    }

    public override long[] Plain(ref ByteReader reader, int count) => type switch
    {
        PhysicalType.Boolean => Bits(reader.Take((count + 7L) / 8), count),
        PhysicalType.Int32 => Widen(MemoryMarshal.Cast<byte, int>(reader.Take(count * 4L))),
        PhysicalType.Int64 => MemoryMarshal.Cast<byte, long>(reader.Take(count * 8L)).ToArray(),
        _ => Times(ref reader, reader.Count(count, 12)),
    };

    private long[] Narrow(long[] values) => type == PhysicalType.Int32 ? Array.ConvertAll(values, value => (long)(int)value) : values;

    private static long[] Bits(ReadOnlySpan<byte> packed, int count)
    {
        var values = new long[count];
        for (int i = 0; i < count; i++) values[i] = packed[i >> 3] >> (i & 7) & 1;
        return values;
    }

    private static long[] Widen(ReadOnlySpan<int> source)
    {
        var values = new long[source.Length];
        for (int i = 0; i < values.Length; i++) values[i] = source[i];
        return values;
    }

    private static long[] Times(ref ByteReader reader, int count)
    {
        var values = new long[count];
        for (int i = 0; i < count; i++)
        {
            long nanoseconds = reader.Int64(), day = reader.Int32() - (long)JulianUnixEpoch;
            if (Math.Abs(day) > LargestDay) throw reader.Fault($"a time is {day} days from 1970");
            values[i] = (day * TimeSpan.TicksPerDay) + (nanoseconds / TimeSpan.NanosecondsPerTick);
        }

        return values;
    }
}
