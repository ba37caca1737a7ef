namespace Assay.Analysis;

/// <summary>
/// How bootstraps and permutations draw. The same seed and number of samples give the same bits with every number of threads; see
/// <see cref="Samples"/>. Immutable.
/// </summary>
public sealed record Resampling
{
    /// <summary>Bootstraps of 2,000 samples, permutations of 10,000; seed 0; all processors.</summary>
    public static Resampling Default { get; } = new();

    /// <summary>
    /// The number of samples. Sample i is drawn by a generator of its own, xoshiro256** (Blackman and Vigna 2018) with outputs 4i to
    /// 4i + 3 of SplitMix64 from the seed as its state. Default: null, which is 2,000 for a bootstrap and 10,000 for a permutation.
    /// </summary>
    public int? Samples
    {
        get;
        init => field = value is null or > 0 ? value
            : throw new ArgumentOutOfRangeException(nameof(value), value, "Resampling needs at least one sample.");
    }

    /// <summary>The seed. Default: 0.</summary>
    public ulong Seed { get; init; }

    /// <summary>How many threads draw at once; −1 for as many as there are processors. Default: −1.</summary>
    public int MaxThreads { get; init; } = -1;

    /// <summary>Fills one number for each sample. Small work stays on the calling thread.</summary>
    /// <param name="samples">How many.</param>
    /// <param name="size">How many values a sample takes.</param>
    /// <param name="fill">Computes the numbers of the samples from one number up to another.</param>
    internal double[] Draw(int samples, int size, Action<int, int, double[]> fill)
    {
        const int Small = 200_000, Part = 64;
        var drawn = new double[samples];
        if (MaxThreads == 1 || (long)samples * size < Small)
        {
            fill(0, samples, drawn);
            return drawn;
        }

        Parallel.For(
            0, (samples + Part - 1) / Part,
            new ParallelOptions { MaxDegreeOfParallelism = MaxThreads < 0 ? Environment.ProcessorCount : MaxThreads },
            part => fill(part * Part, Math.Min(samples, (part + 1) * Part), drawn));
        return drawn;
    }
}
