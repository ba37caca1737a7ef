namespace Assay.Tables.Parquet;

/// <summary>The values of one column in a physical type of Parquet. Rows are those of the table; nulls are not encoded.</summary>
internal abstract class ColumnEncoder(Validity? validity)
{
    /// <summary>What is found out of a few rows before a dictionary is given up as useless.</summary>
    private const int Trial = 4096;
    private const int LargestDictionary = 1 << 16;

    public abstract PhysicalType Type { get; }

    public Validity? Validity => validity;

    public bool IsValid(int row) => validity is null || validity[row];

    /// <summary>The row behind the last one that still fits a page.</summary>
    public virtual int PageEnd(int from, int to) => to;

    public abstract void Plain(ByteWriter page, int from, int to);

    /// <summary>The number of each value in a dictionary that is written to <paramref name="page"/>; null where a dictionary does not pay.</summary>
    public abstract int[]? Dictionary(ByteWriter page, int from, int to, out int count);

    /// <summary>Smallest and largest value as plain bytes; null where there is none or it could mislead.</summary>
    public abstract (byte[] Min, byte[] Max)? Range(int from, int to);

    protected int[]? Number<T>(ReadOnlySpan<T> values, int from, int to, Action<T> write, out int count) where T : notnull
    {
        var known = new Dictionary<T, int>();
        var codes = new int[to - from];
        int used = 0;
        count = 0;
        for (int row = from; row < to; row++)
        {
            if (!IsValid(row)) continue;
            if (!known.TryGetValue(values[row], out int code))
            {
                known.Add(values[row], code = known.Count);
                write(values[row]);
                bool isUseless = known.Count > LargestDictionary || (used >= Trial && known.Count > used / 2);
                if (isUseless) return null;
            }

            codes[used++] = code;
        }

        count = known.Count;
        bool saves = used > 0 && count <= used / 2;
        if (!saves) return null;
        Array.Resize(ref codes, used);
        return codes;
    }
}
