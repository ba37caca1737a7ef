namespace Assay;

/// <summary>
/// SplitMix64 (Steele, Lea and Flood 2014; constants of Vigna's public-domain <c>splitmix64.c</c>) with access by position in constant
/// time.
/// </summary>
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
