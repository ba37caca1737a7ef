using System.Runtime.InteropServices;

namespace Assay.Tables.Parquet;

/// <summary>
/// Values of 64 bits. Doubles count by their bits, so that a dictionary keeps −0 and every NaN; statistics leave a column out in which a NaN
/// could be pruned by a reader that orders it differently.
/// </summary>
internal sealed class FixedEncoder(long[] bits, Validity? validity, bool isDouble) : ColumnEncoder(validity)
{
    private const int PageRows = 1 << 17;

    public override PhysicalType Type => isDouble ? PhysicalType.Double : PhysicalType.Int64;

    public override int PageEnd(int from, int to) => Math.Min(to, from + PageRows);

    public override void Plain(ByteWriter page, int from, int to)
    {
        if (Validity is null)
        {
            page.Bytes(MemoryMarshal.AsBytes(bits.AsSpan(from, to - from)));
            return;
        }

        for (int row = from; row < to; row++)
            if (IsValid(row)) page.Int64(bits[row]);
    }

    public override int[]? Dictionary(ByteWriter page, int from, int to, out int count) => Number<long>(bits, from, to, page.Int64, out count);

    public override (byte[] Min, byte[] Max)? Range(int from, int to) => isDouble ? DoubleRange(from, to) : IntegerRange(from, to);

    private (byte[] Min, byte[] Max)? IntegerRange(int from, int to)
    {
        long min = long.MaxValue, max = long.MinValue;
        for (int row = from; row < to; row++)
        {
            if (!IsValid(row)) continue;
            min = Math.Min(min, bits[row]);
            max = Math.Max(max, bits[row]);
        }

        return min > max ? null : (BitConverter.GetBytes(min), BitConverter.GetBytes(max));
    }

    private (byte[] Min, byte[] Max)? DoubleRange(int from, int to)
    {
        double min = double.PositiveInfinity, max = double.NegativeInfinity;
        bool any = false;
        for (int row = from; row < to; row++)
        {
            if (!IsValid(row)) continue;
            double value = BitConverter.Int64BitsToDouble(bits[row]);
            if (double.IsNaN(value)) return null;
            any = true;
            if (value < min) min = value;
            if (value > max) max = value;
        }

        // The format asks for the zero that lies outside of the other.
        return any ? (BitConverter.GetBytes(min == 0 ? -0.0 : min), BitConverter.GetBytes(max == 0 ? 0.0 : max)) : null;
    }
}
