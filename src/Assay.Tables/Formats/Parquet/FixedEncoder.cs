using System.Numerics;
using System.Runtime.InteropServices;

namespace Assay.Tables.Parquet;

/// <summary>
/// Values of 64 bits. Doubles count by their bits, so that a dictionary keeps −0 and every NaN; statistics leave a column out in which a NaN
/// could be pruned by a reader that orders it differently.
/// </summary>
internal sealed class FixedEncoder : ColumnEncoder
{
    private const int PageRows = 1 << 17;

    private readonly IValues<long>? _wholes;
    private readonly IValues<double>? _doubles;
    private readonly long[] _times = [];

    public FixedEncoder(Column column) : base(column.Validity)
    {
        _wholes = column as IValues<long>;
        _doubles = column as IValues<double>;
    }

    public FixedEncoder(long[] times, Validity? validity) : base(validity) => _times = times;

    public override PhysicalType Type => _doubles is null ? PhysicalType.Int64 : PhysicalType.Double;

    private ReadOnlySpan<long> Bits => _wholes is not null ? _wholes.Values : _doubles is not null ? MemoryMarshal.Cast<double, long>(_doubles.Values) : _times;

    public override int PageEnd(int from, int to) => Math.Min(to, from + PageRows);

    public override void Plain(ByteWriter page, int from, int to)
    {
        ReadOnlySpan<long> bits = Bits;
        if (Validity is null)
        {
            page.Bytes(MemoryMarshal.AsBytes(bits[from..to]));
            return;
        }

        for (int row = from; row < to; row++)
            if (IsValid(row)) page.Int64(bits[row]);
    }

    public override bool TryDictionary(ByteWriter page, int from, int to, DictionaryCodes codes) => TryNumber(Bits, from, to, page.Int64, codes);

    public override (byte[] Min, byte[] Max)? Range(int from, int to)
    {
        if (_doubles is not null) return DoubleRange(_doubles.Values, from, to);
        long min = long.MaxValue, max = long.MinValue;
        ReadOnlySpan<long> values = Bits;
        if (Validity is null) Extremes(values[from..to], ref min, ref max);
        else
            for (int row = from; row < to; row++)
                if (IsValid(row)) (min, max) = (Math.Min(min, values[row]), Math.Max(max, values[row]));
        return min > max ? null : (BitConverter.GetBytes(min), BitConverter.GetBytes(max));
    }

    private (byte[] Min, byte[] Max)? DoubleRange(ReadOnlySpan<double> values, int from, int to)
    {
        double min = double.PositiveInfinity, max = double.NegativeInfinity;
        bool any = false, hasNaN = false;
        if (Validity is null)
        {
            any = to > from;
            foreach (double value in values[from..to]) hasNaN |= double.IsNaN(value);
            if (!hasNaN) Extremes(values[from..to], ref min, ref max);
        }
        else
            for (int row = from; row < to; row++)
            {
                if (!IsValid(row)) continue;
                any = true;
                hasNaN |= double.IsNaN(values[row]);
                (min, max) = (Math.Min(min, values[row]), Math.Max(max, values[row]));
            }

        // The format asks for the zero that lies outside of the other.
        return any && !hasNaN ? (BitConverter.GetBytes(min == 0 ? -0.0 : min), BitConverter.GetBytes(max == 0 ? 0.0 : max)) : null;
    }

    private static void Extremes<T>(ReadOnlySpan<T> values, ref T min, ref T max) where T : INumber<T>
    {
        int width = Vector<T>.Count, at = 0;
        if (values.Length >= width)
        {
            Vector<T> least = new(min), most = new(max);
            for (; at <= values.Length - width; at += width)
            {
                var some = new Vector<T>(values[at..]);
                least = Vector.Min(least, some);
                most = Vector.Max(most, some);
            }

            for (int lane = 0; lane < width; lane++) (min, max) = (T.Min(min, least[lane]), T.Max(max, most[lane]));
        }

        foreach (T value in values[at..]) (min, max) = (T.Min(min, value), T.Max(max, value));
    }
}
