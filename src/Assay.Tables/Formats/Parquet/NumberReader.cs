using System.Runtime.InteropServices;

namespace Assay.Tables.Parquet;

/// <summary>Floating-point numbers of 32 or 64 bits.</summary>
internal sealed class NumberReader(bool isFloat) : ValueReader<double>
{
    public override double[] Read(ref ByteReader reader, PageEncoding encoding, int count)
    {
        if (encoding != PageEncoding.ByteStreamSplit) return base.Read(ref reader, encoding, count);
        var values = new ByteReader(Unsplit(ref reader, count, isFloat ? 4 : 8), reader.Offset);
        return Plain(ref values, count);
    }

    public override double[] Plain(ref ByteReader reader, int count)
    {
        if (!isFloat) return MemoryMarshal.Cast<byte, double>(reader.Take(count * 8L)).ToArray();
        ReadOnlySpan<float> source = MemoryMarshal.Cast<byte, float>(reader.Take(count * 4L));
        var values = new double[count];
        for (int i = 0; i < count; i++) values[i] = source[i];
        return values;
    }
}
