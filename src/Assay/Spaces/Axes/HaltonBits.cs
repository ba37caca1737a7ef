namespace Assay;

/// <summary>
/// The Halton sequence of one member as fractions of 2⁶⁴: the digits of the sample number in a prime base, mirrored at the radix point.
/// Computed with integers only. A fraction such as 1/3 is rounded up, so that it falls into the bin that starts there.
/// </summary>
internal sealed class HaltonBits
{
    private const ulong Resolution = 1UL << 53;
    private readonly uint _base;
    private readonly ulong _scale;
    private readonly int _digits;
    private readonly uint[]? _permutations;

    public HaltonBits(int position, long seed, string path)
    {
        _base = Prime(position);
        for (_scale = 1; _scale < Resolution; _scale *= _base) _digits++;
        if (seed != 0) _permutations = Permutations(new SeedBundle(seed, 0).Random("assay.halton:" + path));
    }

    /// <summary>Element <c>sample + 1</c> of the sequence; element 0 is zero in all members.</summary>
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
        var permutations = new uint[_digits * (int)_base];
        for (int place = 0; place < _digits; place++)
        {
            Span<uint> permutation = permutations.AsSpan(place * (int)_base, (int)_base);
            for (int digit = 0; digit < permutation.Length; digit++) permutation[digit] = (uint)digit;
            random.Shuffle(permutation);
        }
        return permutations;
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
