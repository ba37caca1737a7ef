namespace Assay.Tables.Parquet;

/// <summary>Values of one bit.</summary>
internal sealed class BooleanEncoder(bool[] values, Validity? validity) : ColumnEncoder(validity)
{
    public override PhysicalType Type => PhysicalType.Boolean;

    public override void Plain(ByteWriter page, int from, int to)
    {
        int bits = 0, pending = 0;
        for (int row = from; row < to; row++)
        {
            if (!IsValid(row)) continue;
            if (values[row]) pending |= 1 << bits;
            if (++bits < 8) continue;
            page.Byte((byte)pending);
            bits = pending = 0;
        }

        if (bits > 0) page.Byte((byte)pending);
    }

    public override int[]? Dictionary(ByteWriter page, int from, int to, out int count)
    {
        count = 0;
        return null;
    }

    public override (byte[] Min, byte[] Max)? Range(int from, int to)
    {
        bool[] present = Enumerable.Range(from, to - from).Where(IsValid).Select(row => values[row]).Distinct().ToArray();
        return present.Length == 0 ? null : ([present.Contains(false) ? (byte)0 : (byte)1], [present.Contains(true) ? (byte)1 : (byte)0]);
    }
}
