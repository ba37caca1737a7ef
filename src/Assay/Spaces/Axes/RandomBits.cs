namespace Assay;

/// <summary>
/// The bits of random samples: output <c>j</c> of the SplitMix64 generator whose initial state is derived from the seed and the path
/// of the member. They depend on nothing else, so additional samples and members do not change the existing ones.
/// </summary>
internal static class RandomBits
{
    public static SampleBits Of(long seed, string path)
    {
        ulong start = new SeedBundle(seed, 0).Derive("assay.random:" + path);
        return sample => SplitMix64.At(start, (ulong)sample);
    }
}
