using System.Globalization;

namespace Assay.Analysis.Tests;

public class ResamplingTests
{
    private static readonly double[] Values = [.. Enumerable.Range(0, 301).Select(i => ((i * 7919) % 997) / 997.0)];

    // Numbers of xoshiro256** from a program that shares no code with this one, see docs/design/0002-seeds.md: the first sample of a seed
    // begins as the generator of that seed.
    [Fact]
    public void The_first_sample_draws_what_the_seeded_generator_draws()
    {
        var random = new SampleRandom(42, 0);

        Assert.Equal(0x15780b2e0c2ec716u, random.Next());
        Assert.Equal(0x6104d9866d113a7eu, random.Next());
        Assert.Equal(0xae17533239e499a1u, random.Next());
    }

    [Fact]
    public void Every_number_of_threads_gives_the_same_bits()
    {
        double[] other = [.. Values.Select(v => v + 0.02)];
        Func<Resampling, object>[] draws =
        [
            r => Interval.OfMean(Values, method: IntervalMethod.Bootstrap, resampling: r),
            r => Interval.OfMean(Values, method: IntervalMethod.Bca, resampling: r),
            r => Interval.OfStatistic(Values, v => v[0] + v[^1], resampling: r),
            r => Comparison.Paired(Values, [.. other.Reverse()], ComparisonTest.Permutation, resampling: r).PValue!,
            r => Comparison.Unpaired(Values, other, ComparisonTest.Permutation, resampling: r).PValue!,
        ];

        Assert.All(draws, draw =>
        {
            object alone = draw(new Resampling { MaxThreads = 1, Samples = 5000 });
            Assert.All([2, 3, 16, -1], threads => Assert.Equal(alone, draw(new Resampling { MaxThreads = threads, Samples = 5000 })));
        });
    }

    [Fact]
    public void A_bootstrap_has_the_bits_that_another_program_finds() => Assert.All(Reference.Rows("bits"), row =>
    {
        var resampling = new Resampling { Seed = ulong.Parse(row["seed"], CultureInfo.InvariantCulture) };

        var interval = Interval.OfMean(Values, method: IntervalMethod.Bootstrap, resampling: resampling);

        Assert.Equal((row.Number("lower"), row.Number("upper")), (interval.LowerBound!.Value, interval.UpperBound!.Value));
    });

    [Fact]
    public void A_statistic_without_its_own_formula_is_treated_like_the_mean()
    {
        var samples = new Resampling { Samples = 20_000 };
        Interval mean = Interval.OfMean(Values, method: IntervalMethod.Bca, resampling: samples);
        Interval other = Interval.OfStatistic(Values, v => Moments.Of(v).Mean!.Value, resampling: samples);

        // Other indices from the same generators.
        Assert.Equal(mean.LowerBound!.Value, other.LowerBound!.Value, 1e-3);
        Assert.Equal(mean.UpperBound!.Value, other.UpperBound!.Value, 1e-3);
    }

    [Fact]
    public void Sampled_permutations_come_near_the_exact_ones()
    {
        double[] a = [.. Values.Take(30)], b = [.. Values.Skip(30).Take(30).Select(v => v + 0.1)];
        double exact = Comparison.Paired(a, b, ComparisonTest.Permutation).PValue!.Value;
        // A pair without a difference changes nothing, and makes one pair too many for the exact test.
        var sampled = Comparison.Paired([.. a, 1], [.. b, 1], ComparisonTest.Permutation, resampling: new Resampling { Samples = 200_000 });

        Assert.False(sampled.IsExact);
        Assert.Equal(exact, sampled.PValue!.Value, 5e-3);
        double welch = Comparison.Unpaired(a, b).PValue!.Value;
        Assert.Equal(welch, Comparison.Unpaired(a, b, ComparisonTest.Permutation).PValue!.Value, 2e-2);
    }

    [Theory]
    [InlineData(IntervalMethod.T, 10)]
    [InlineData(IntervalMethod.Bootstrap, 60)]
    [InlineData(IntervalMethod.Bca, 60)]
    public void Intervals_of_95_percent_hold_the_mean_of_93_to_97_percent_of_the_data(IntervalMethod method, int count)
    {
        const int DataSets = 2000;
        var samples = new Resampling { Samples = 1000, MaxThreads = 1 };
        int held = 0;
        Parallel.For(0, DataSets, set =>
        {
            var random = new SampleRandom(11, set);
            var values = new double[count];
            for (int i = 0; i < values.Length; i++)
                values[i] = NormalDistribution.Quantile(((random.Next() >> 12) + 0.5) / (1UL << 52)) + 3;
            var interval = Interval.OfMean(values, method: method, resampling: samples);
            if (interval.LowerBound <= 3 && 3 <= interval.UpperBound) Interlocked.Increment(ref held);
        });

        Assert.InRange(held / (double)DataSets, 0.93, 0.97);
    }
}
