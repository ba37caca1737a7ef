using System.Buffers.Binary;
using System.Numerics;

namespace Assay;

/// <summary>
/// A <see cref="System.Random"/> with a fixed algorithm: xoshiro256** (Blackman and Vigna, 2018), whose initial state is the first four
/// outputs of SplitMix64. A seed gives the same numbers in every version and on every platform; test vectors are in
/// <c>docs/design/0002-seeds.md</c>. Not thread-safe: use one generator per thread. Not suitable for secrets.
/// </summary>
/// <remarks>
/// Integers below a bound are unbiased (Lemire's multiplication with rejection, 2019). Each call takes at least one output of the
/// generator, whatever the bound. <c>Shuffle</c>, <c>GetItems</c>, <c>GetString</c> and <c>GetHexString</c> are not virtual in
/// <see cref="System.Random"/>: a call through a variable of that type uses the algorithm of the runtime.
/// </remarks>
public sealed class SeededRandom : Random
{
    private ulong _s0, _s1, _s2, _s3;

    /// <summary>Creates the generator.</summary>
    /// <param name="seed">Any number. <see cref="SeedBundle.Random"/> derives one from a name.</param>
    public SeededRandom(ulong seed)
        : this(SplitMix64.At(seed, 0), SplitMix64.At(seed, 1), SplitMix64.At(seed, 2), SplitMix64.At(seed, 3)) { }

    internal SeededRandom(ulong s0, ulong s1, ulong s2, ulong s3) : base(0) => (_s0, _s1, _s2, _s3) = (s0, s1, s2, s3);

    /// <summary>Returns the next 64 bits of the generator.</summary>
    public ulong NextUInt64()
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

    /// <summary>Returns a number from 0 to <see cref="int.MaxValue"/> − 1, as <c>Next(int.MaxValue)</c>.</summary>
    public override int Next() => Next(int.MaxValue);

    /// <summary>Returns a number from 0 to <paramref name="maxValue"/> − 1 (0 for a bound of 0), using 32 bits of an output.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The bound is negative.</exception>
    public override int Next(int maxValue)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(maxValue);
        return (int)Below32((uint)maxValue);
    }

    /// <summary>Returns a number from the minimum to <paramref name="maxValue"/> − 1; the minimum if both are equal.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The minimum exceeds the maximum.</exception>
    public override int Next(int minValue, int maxValue)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(minValue, maxValue);
        return (int)(minValue + Below32((uint)((long)maxValue - minValue)));
    }

    /// <summary>Returns a number from 0 to <see cref="long.MaxValue"/> − 1, as <c>NextInt64(long.MaxValue)</c>.</summary>
    public override long NextInt64() => NextInt64(long.MaxValue);

    /// <summary>Returns a number from 0 to <paramref name="maxValue"/> − 1 (0 for a bound of 0), using 64 bits of an output.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The bound is negative.</exception>
    public override long NextInt64(long maxValue)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(maxValue);
        return (long)Below64((ulong)maxValue);
    }

    /// <summary>Returns a number from the minimum to <paramref name="maxValue"/> − 1; the minimum if both are equal.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The minimum exceeds the maximum.</exception>
    public override long NextInt64(long minValue, long maxValue)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(minValue, maxValue);
        return unchecked(minValue + (long)Below64((ulong)maxValue - (ulong)minValue));
    }

    /// <summary>Returns a number in [0, 1): the upper 53 bits of an output, times 2⁻⁵³.</summary>
    public override double NextDouble() => (NextUInt64() >> 11) * (1.0 / (1UL << 53));

    /// <summary>Returns a number in [0, 1): the upper 24 bits of an output, times 2⁻²⁴.</summary>
    public override float NextSingle() => (NextUInt64() >> 40) * (1.0f / (1u << 24));

    /// <summary>Returns a normally distributed number: the inverse distribution function (Wichura's AS 241) of one output.</summary>
    /// <param name="mean">The mean. Default: 0.</param>
    /// <param name="std">The standard deviation. Default: 1.</param>
    public double NextNormal(double mean = 0, double std = 1) => mean + std * NormalQuantile.FromBits(NextUInt64());

    /// <summary>Fills the array with random bytes: eight per output, the lowest first.</summary>
    public override void NextBytes(byte[] buffer)
    {
        ArgumentNullException.ThrowIfNull(buffer);
        NextBytes(buffer.AsSpan());
    }

    /// <summary>Fills the span with random bytes: eight per output, the lowest first.</summary>
    public override void NextBytes(Span<byte> buffer)
    {
        for (; buffer.Length >= 8; buffer = buffer[8..]) BinaryPrimitives.WriteUInt64LittleEndian(buffer, NextUInt64());
        if (buffer.IsEmpty) return;
        for ((ulong bits, int i) = (NextUInt64(), 0); i < buffer.Length; i++, bits >>= 8) buffer[i] = (byte)bits;
    }

    /// <summary>Shuffles in place. Every order has the same probability.</summary>
    public new void Shuffle<T>(T[] values)
    {
        ArgumentNullException.ThrowIfNull(values);
        Shuffle(values.AsSpan());
    }

    /// <summary>
    /// Shuffles in place. Every order has the same probability. For <c>i</c> from the last index down to 1, the items at <c>i</c> and
    /// <c>Next(i + 1)</c> are swapped (Fisher–Yates shuffle in Durstenfeld's form).
    /// </summary>
    public new void Shuffle<T>(Span<T> values)
    {
        for (int i = values.Length - 1; i > 0; i--)
        {
            int j = Next(i + 1);
            (values[i], values[j]) = (values[j], values[i]);
        }
    }

    /// <summary>Chooses items with replacement. All have the same probability.</summary>
    /// <exception cref="ArgumentException">There are no choices.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The length is negative.</exception>
    public new T[] GetItems<T>(T[] choices, int length)
    {
        ArgumentNullException.ThrowIfNull(choices);
        return GetItems((ReadOnlySpan<T>)choices, length);
    }

    /// <inheritdoc cref="GetItems{T}(T[], int)"/>
    public new T[] GetItems<T>(ReadOnlySpan<T> choices, int length)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        var items = new T[length];
        GetItems(choices, items.AsSpan());
        return items;
    }

    /// <summary>Fills the destination with items chosen with replacement: each is <c>choices[Next(choices.Length)]</c>.</summary>
    /// <exception cref="ArgumentException">There are no choices.</exception>
    public new void GetItems<T>(ReadOnlySpan<T> choices, Span<T> destination)
    {
        if (choices.IsEmpty) throw new ArgumentException("There are no choices; give at least one.", nameof(choices));
        for (int i = 0; i < destination.Length; i++) destination[i] = choices[Next(choices.Length)];
    }

    /// <summary>Returns a string of characters chosen as by <see cref="GetItems{T}(ReadOnlySpan{T}, int)"/>.</summary>
    public new string GetString(ReadOnlySpan<char> choices, int length) => new(GetItems(choices, length));

    /// <summary>Returns a string of hexadecimal digits, each <c>Next(16)</c>.</summary>
    /// <param name="stringLength">The number of digits.</param>
    /// <param name="lowercase">Whether the digits are a–f instead of A–F. Default: false.</param>
    public new string GetHexString(int stringLength, bool lowercase = false) => GetString(Digits(lowercase), stringLength);

    /// <summary>Fills the destination with hexadecimal digits, each <c>Next(16)</c>.</summary>
    public new void GetHexString(Span<char> destination, bool lowercase = false) => GetItems(Digits(lowercase), destination);

    private static string Digits(bool lowercase) => lowercase ? "0123456789abcdef" : "0123456789ABCDEF";

    /// <inheritdoc/>
    protected override double Sample() => NextDouble();

    private uint Below32(uint bound)
    {
        ulong product = (NextUInt64() >> 32) * bound;
        if ((uint)product >= bound) return (uint)(product >> 32);
        uint threshold = unchecked(0u - bound) % bound;
        while ((uint)product < threshold) product = (NextUInt64() >> 32) * bound;
        return (uint)(product >> 32);
    }

    private ulong Below64(ulong bound)
    {
        ulong high = Math.BigMul(NextUInt64(), bound, out ulong low);
        if (low >= bound) return high;
        ulong threshold = unchecked(0ul - bound) % bound;
        while (low < threshold) high = Math.BigMul(NextUInt64(), bound, out low);
        return high;
    }
}

/// <summary>SplitMix64 (Steele, Lea and Flood 2014; constants of Vigna's <c>splitmix64.c</c>) with access by position.</summary>
internal static class SplitMix64
{
    private const ulong Gamma = 0x9E3779B97F4A7C15;

    /// <summary>Returns output <paramref name="index"/>, from 0, of the generator with the initial state <paramref name="seed"/>.</summary>
    public static ulong At(ulong seed, ulong index)
    {
        ulong z = unchecked(seed + (index + 1) * Gamma);
        z = unchecked((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9);
        z = unchecked((z ^ (z >> 27)) * 0x94D049BB133111EB);
        return z ^ (z >> 31);
    }
}
