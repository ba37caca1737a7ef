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

    [Fact]
    public void No_more_threads_draw_than_there_are_processors()
    {
        int drawing = 0, most = 0;
        var gate = new Lock();
        ThreadPool.GetMinThreads(out int threads, out int ports);
        // More threads than processors are at hand.
        ThreadPool.SetMinThreads(Environment.ProcessorCount + 8, ports);

        Interval.OfStatistic(Values, Statistic, method: IntervalMethod.Bootstrap);

        ThreadPool.SetMinThreads(threads, ports);
        Assert.InRange(most, 1, Environment.ProcessorCount);

        double Statistic(ReadOnlySpan<double> values)
        {
            lock (gate) most = Math.Max(most, ++drawing);
            for (int i = 0; i < 100 && Volatile.Read(ref drawing) <= Environment.ProcessorCount; i++) Thread.Yield();
            lock (gate) drawing--;
            return values[0];
        }
    }

    [Theory]
    [InlineData(-700)]
    [InlineData(700)]
    public void Bounds_of_any_statistic_scale_with_it(int exponent)
    {
        double[] values = [1, 2, 4, 4, 9];
        Interval usual = Interval.OfStatistic(values, v => v.ToArray().Average());
        Interval scaled = Interval.OfStatistic(values, v => Math.ScaleB(v.ToArray().Average(), exponent));

        Assert.Equal(Math.ScaleB(usual.LowerBound!.Value, exponent), scaled.LowerBound);
        Assert.Equal(Math.ScaleB(usual.UpperBound!.Value, exponent), scaled.UpperBound);
    }

    [Fact]
    public void A_statistic_that_needs_all_values_leaves_the_skewness_unknown() => Assert.Equal(
        "without one of the values the statistic is NaN or infinite, so that its skewness is unknown",
        Interval.OfStatistic([1, 2, 4, 4, 9], v => v.Length < 5 ? double.NaN : v.ToArray().Average()).Note);

    [Theory]
    [InlineData(IntervalMethod.T, 10)]
    [InlineData(IntervalMethod.Bootstrap, 60)]
    [InlineData(IntervalMethod.Bca, 60)]
    public void Intervals_of_95_percent_hold_the_mean_of_93_to_97_percent_of_the_data(IntervalMethod method, int count) =>
        Assert.InRange(Coverage(method, count), 0.93, 0.97);

    [Theory]
    [InlineData(5, 0.84)]
    [InlineData(10, 0.90)]
    [InlineData(20, 0.92)]
    public void Bootstraps_of_few_values_are_as_narrow_as_the_guide_says(int count, double expected) =>
        Assert.InRange(Coverage(IntervalMethod.Bootstrap, count), expected - 0.02, expected + 0.02);

    private static double Coverage(IntervalMethod method, int count)
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

        return held / (double)DataSets;
    }
}
