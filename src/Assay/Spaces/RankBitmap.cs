using System.Numerics;

namespace Assay;

/// <summary>
/// A set of positions: one bit per position, and for every block of 512 bits the number of set bits before it. The k-th position is found
/// by binary search over the blocks and a scan of eight words. Immutable and thread-safe.
/// </summary>
internal sealed class RankBitmap
{
    private const int WordsPerBlock = 8;
    private readonly ulong[] _words;
    private readonly long[] _before;

    private RankBitmap(long positions)
    {
        _words = new ulong[(positions + 63) / 64];
        _before = new long[(_words.Length + WordsPerBlock - 1) / WordsPerBlock];
    }

    public long Count { get; private set; }

    /// <summary>Creates a set by testing every position from 0 to <paramref name="positions"/> − 1 once, in order.</summary>
    public static RankBitmap Scan(long positions, Func<long, bool> contains)
    {
        var map = new RankBitmap(positions);
        for (int word = 0; word < map._words.Length; word++)
        {
            if (word % WordsPerBlock == 0) map._before[word / WordsPerBlock] = map.Count;
            long start = word * 64L, end = Math.Min(start + 64, positions);
            ulong bits = 0;
            for (long position = start; position < end; position++)
                if (contains(position)) bits |= 1UL << (int)(position - start);
            map._words[word] = bits;
            map.Count += BitOperations.PopCount(bits);
        }
        return map;
    }

    /// <summary>The position with <paramref name="rank"/> positions of the set before it, for a rank below <see cref="Count"/>.</summary>
    public long Select(long rank)
    {
        int block = Block(rank);
        long left = rank - _before[block];
        int word = block * WordsPerBlock;
        for (int inWord = BitOperations.PopCount(_words[word]); inWord <= left; inWord = BitOperations.PopCount(_words[word]))
        {
            left -= inWord;
            word++;
        }
        ulong bits = _words[word];
        for (; left > 0; left--) bits &= bits - 1;
        return word * 64L + BitOperations.TrailingZeroCount(bits);
    }

    // The last block with at most `rank` bits before it. Blocks without bits have the same number as their successor and are skipped.
    private int Block(long rank)
    {
        int low = 0, high = _before.Length - 1;
        while (low < high)
        {
            int middle = low + (high - low + 1) / 2;
            if (_before[middle] <= rank) low = middle;
            else high = middle - 1;
        }
        return low;
    }
}
