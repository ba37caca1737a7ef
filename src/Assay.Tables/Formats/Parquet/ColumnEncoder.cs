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

    /// <summary>The row behind the last one that a row group has room for, which holds so many characters: sizes in it are numbers of 32 bits, and all of it is in memory.</summary>
    public virtual int GroupEnd(int from, int to, int mostText) => to;

    public abstract void Plain(ByteWriter page, int from, int to);

    /// <summary>Writes a dictionary to <paramref name="page"/> and numbers the values by it; false where a dictionary does not pay.</summary>
    public abstract bool TryDictionary(ByteWriter page, int from, int to, DictionaryCodes codes);

    /// <summary>Smallest and largest value as plain bytes; null where there is none or it could mislead.</summary>
    public abstract (byte[] Min, byte[] Max)? Range(int from, int to);

    protected bool TryNumber<T>(ReadOnlySpan<T> values, int from, int to, Action<T> write, DictionaryCodes codes) where T : notnull
    {
        var known = new Dictionary<T, int>();
        codes.Clear(to - from);
        T? last = default;
        int code = -1;
        for (int row = from; row < to; row++)
        {
            if (!IsValid(row)) continue;
            // Params and names come in runs, and a look at the last value is cheaper than one into the dictionary.
            bool isRepeated = code >= 0 && EqualityComparer<T>.Default.Equals(values[row], last!);
            if (!isRepeated && !known.TryGetValue(last = values[row], out code))
            {
                known.Add(last, code = known.Count);
                write(last);
                bool isUseless = known.Count > LargestDictionary || (codes.Count >= Trial && known.Count > codes.Count / 2);
                if (isUseless) return false;
            }

            codes.Add(code);
        }

        codes.Distinct = known.Count;
        return codes.Count > 0 && known.Count <= codes.Count / 2;
    }
}
