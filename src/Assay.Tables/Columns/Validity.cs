using System.Numerics;

namespace Assay.Tables;

/// <summary>
/// A bitmap with one bit per value, set where the value is not null, least significant bit first: the layout of Arrow, so that files take
/// it as it is. Bits past the length are zero. A column without nulls has none.
/// </summary>
internal sealed class Validity
{
    private readonly ulong[] _words;

    private Validity(ulong[] words, int length, int nullCount)
    {
        _words = words;
        Length = length;
        NullCount = nullCount;
    }

    public int Length { get; }

    public int NullCount { get; }

    public ReadOnlySpan<ulong> Words => _words.AsSpan(0, WordCount(Length));

    public bool this[int index] => (_words[index >> 6] >> (index & 63) & 1) != 0;

    public static int WordCount(int length) => (int)(((long)length + 63) >> 6);

    /// <summary>Takes the words over; the bits past <paramref name="length"/> are cleared. Null when every value is valid.</summary>
    public static Validity? From(ulong[] words, int length)
    {
        if ((length & 63) != 0) words[length >> 6] &= (1UL << (length & 63)) - 1;
        long valid = 0;
        foreach (ulong word in words.AsSpan(0, WordCount(length))) valid += BitOperations.PopCount(word);
        return valid == length ? null : new Validity(words, length, length - (int)valid);
    }

    public static Validity? From(int length, Func<int, bool> isValid)
    {
        var words = new ulong[WordCount(length)];
        for (int i = 0; i < length; i++)
            if (isValid(i)) words[i >> 6] |= 1UL << (i & 63);
        return From(words, length);
    }

    /// <summary>The validity of columns below each other, each given with its length.</summary>
    public static Validity? Join(IEnumerable<(Validity? Part, int Length)> parts, int length)
    {
        var words = new ulong[WordCount(length)];
        int row = 0;
        foreach ((Validity? part, int count) in parts)
            for (int i = 0; i < count; i++, row++)
                if (part is null || part[i]) words[row >> 6] |= 1UL << (row & 63);
        return From(words, length);
    }

    /// <summary>The validity of the given rows; −1 is a null.</summary>
    public static Validity? Take(Validity? source, ReadOnlySpan<int> rows)
    {
        if (source is null && rows.IndexOf(-1) < 0) return null;
        var words = new ulong[WordCount(rows.Length)];
        for (int i = 0; i < rows.Length; i++)
            if (rows[i] >= 0 && (source is null || source[rows[i]])) words[i >> 6] |= 1UL << (i & 63);
        return From(words, rows.Length);
    }

    public static Validity? Slice(Validity? source, int start, int count) =>
        source is null || (start == 0 && count == source.Length) ? source : From(count, i => source[start + i]);
}
