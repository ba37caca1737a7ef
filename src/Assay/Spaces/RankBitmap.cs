using System.Numerics;

namespace Assay;

/// <summary>
/// A set of positions as one bit each, with the count of bits before every block of 512, so that the k-th position is
/// found by a binary search over blocks and a look at eight words. Filled once, then read by any number of threads.
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

    /// <summary>Number of positions in the set.</summary>
    public long Count { get; private set; }

    /// <summary>Asks about every position from 0 to <paramref name="positions"/> − 1, once each and in order.</summary>
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

    /// <summary>The position with exactly <paramref name="rank"/> members of the set before it, for a rank below <see cref="Count"/>.</summary>
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

    // The last block with no more than `rank` bits before it; blocks without bits repeat the number and are passed over.
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
