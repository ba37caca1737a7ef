namespace Assay.Tables.Parquet;

/// <summary>Values of one bit.</summary>
internal sealed class BooleanEncoder(Column column) : ColumnEncoder(column.Validity)
{
    private readonly IValues<bool> _values = (IValues<bool>)column;

    public override PhysicalType Type => PhysicalType.Boolean;

    public override void Plain(ByteWriter page, int from, int to)
    {
        ReadOnlySpan<bool> values = _values.Values;
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

    public override bool TryDictionary(ByteWriter page, int from, int to, DictionaryCodes codes) => false;

    public override (byte[] Min, byte[] Max)? Range(int from, int to)
    {
        ReadOnlySpan<bool> values = _values.Values;
        bool hasFalse = false, hasTrue = false;
        for (int row = from; row < to && !(hasFalse && hasTrue); row++)
        {
            if (!IsValid(row)) continue;
            hasTrue |= values[row];
            hasFalse |= !values[row];
        }

        return hasFalse || hasTrue ? ([hasFalse ? (byte)0 : (byte)1], [hasTrue ? (byte)1 : (byte)0]) : null;
    }
}
