namespace Assay;

/// <summary>
/// The Halton sequence of one member as fractions of 2⁶⁴: the digits of the sample number in a prime base, mirrored at the
/// point. Exact integers throughout; a fraction such as 1/3 is rounded up, so that bins of a third get what is theirs.
/// </summary>
internal sealed class HaltonBits
{
    private const ulong Resolution = 1UL << 53;
    private readonly uint _base;
    private readonly ulong _scale;
    private readonly int _digits;
    private readonly uint[]? _permutations;

    /// <param name="position">The member's position in its block; chooses the prime.</param>
    /// <param name="seed">0 for the plain sequence.</param>
    /// <param name="path">The member's path, which chooses the permutations when there is a seed.</param>
    public HaltonBits(int position, long seed, string path)
    {
        _base = Prime(position);
        for (_scale = 1; _scale < Resolution; _scale *= _base) _digits++;
        if (seed != 0) _permutations = Permutations(new SeedBundle(seed, 0).Random("assay.halton:" + path));
    }

    /// <summary>Element <c>sample + 1</c> of the sequence; element 0 would be all zeros.</summary>
    public ulong At(long sample)
    {
        ulong number = (ulong)sample + 1, mirrored = 0;
        for (int place = 0; place < _digits; place++)
        {
            (number, ulong digit) = Math.DivRem(number, _base);
            mirrored = mirrored * _base + (_permutations is null ? digit : _permutations[place * (int)_base + (int)digit]);
        }
        UInt128 fraction = (((UInt128)mirrored << 64) + (_scale - 1)) / _scale;
        return fraction > ulong.MaxValue ? ulong.MaxValue : (ulong)fraction;
    }

    private uint[] Permutations(SeededRandom random)
    {
        var all = new uint[_digits * (int)_base];
        for (int place = 0; place < _digits; place++)
        {
            Span<uint> one = all.AsSpan(place * (int)_base, (int)_base);
            for (int digit = 0; digit < one.Length; digit++) one[digit] = (uint)digit;
            random.Shuffle(one);
        }
        return all;
    }

    private static uint Prime(int position)
    {
        uint candidate = 2;
        for (int found = 0; ; candidate++)
        {
            bool prime = true;
            for (uint divisor = 2; prime && divisor * divisor <= candidate; divisor++) prime = candidate % divisor != 0;
            if (prime && found++ == position) return candidate;
        }
    }
}
