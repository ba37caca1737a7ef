using System.Numerics;
using System.Runtime.CompilerServices;

namespace Assay.Analysis;

/// <summary>
/// The generator of one sample, see <see cref="Resampling.Samples"/>; of whole numbers and shifts alone, so equal on every machine.
/// </summary>
internal struct SampleRandom
{
    private ulong _s0, _s1, _s2, _s3;

    public SampleRandom(ulong seed, int sample)
    {
        ulong first = (ulong)sample * 4;
        (_s0, _s1, _s2, _s3) = (Mix(seed, first), Mix(seed, first + 1), Mix(seed, first + 2), Mix(seed, first + 3));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ulong Next()
    {
        ulong result = unchecked(BitOperations.RotateLeft(_s1 * 5, 7) * 9);
        ulong t = _s1 << 17;
        _s2 ^= _s0;
        _s3 ^= _s1;
        _s1 ^= _s2;
        _s0 ^= _s3;
        _s2 ^= t;
        _s3 = BitOperations.RotateLeft(_s3, 45);
        return result;
    }

    /// <summary>A number below a bound from 32 random bits, all with the same probability (Lemire 2019).</summary>
    /// <param name="bits">The bits.</param>
    /// <param name="bound">At least 1.</param>
    /// <param name="threshold">2³² modulo the bound.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Below(uint bits, uint bound, uint threshold)
    {
        ulong product = (ulong)bits * bound;
        while ((uint)product < threshold) product = (Next() >> 32) * bound;
        return (int)(product >> 32);
    }

    public static uint Threshold(int bound) => unchecked(0u - (uint)bound) % (uint)bound;

    private static ulong Mix(ulong seed, ulong index)
    {
        ulong z = unchecked(seed + ((index + 1) * 0x9E3779B97F4A7C15));
        z = unchecked((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9);
        z = unchecked((z ^ (z >> 27)) * 0x94D049BB133111EB);
        return z ^ (z >> 31);
    }
}
