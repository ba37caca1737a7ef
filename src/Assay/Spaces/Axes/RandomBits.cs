namespace Assay;

/// <summary>
/// The bits of random samples: output <c>j</c> of the SplitMix64 generator whose start is derived from the seed and the member's
/// path. Nothing else goes in, so samples and members can be added without changing what was there.
/// </summary>
internal static class RandomBits
{
    public static SampleBits Of(long seed, string path)
    {
        ulong start = new SeedBundle(seed, 0).Derive("assay.random:" + path);
        return sample => SplitMix64.At(start, (ulong)sample);
    }
}
