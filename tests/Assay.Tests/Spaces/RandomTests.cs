using System.Globalization;
using Assay.Tests.Seeds;
using FsCheck;
using FsCheck.Fluent;

namespace Assay.Tests.Spaces;

[Trait("Category", "Quick")]
public class RandomTests
{
    private static readonly AxisSpace<Mix> Base = Space.Of(new Mix());

    [Fact]
    public void Bits_of_samples_are_those_of_the_design_note() => Assert.All(SeedVectors.Table("0003-spaces.md", "64 bits"), row =>
    {
        SampleBits bits = AxisBlock.Random(4, 7, []).Bits(0, row[0])!;
        Assert.Equal(row[1], string.Join(' ', Enumerable.Range(0, 4).Select(j => bits(j).ToString("x16", CultureInfo.InvariantCulture))));
        double[] unit = [.. Base.Random(4, 7, d => d.Uniform(p => p.Rate, 0, 1)).Select(p => p.Rate)];
        Assert.Equal([0.8450180323046899, 0.7880658809862436, 0.7628495271011465, 0.544280112437227], unit);
    });

    [Fact]
    public void More_samples_keep_the_earlier_ones_and_another_member_leaves_the_others_unchanged()
    {
        Prop.ForAll<long, byte, byte>((seed, few, more) =>
        {
            Mix[] small = [.. Base.Random(few + 1, seed, d => d.LogUniform(p => p.Rate, 1e-6, 1).Int(p => p.Size, -5, 5))];
            Mix[] large = [.. Base.Random(few + 1 + more, seed,
                d => d.Normal(p => p.Noise, 0, 1).Int(p => p.Size, -5, 5).LogUniform("rate", 1e-6, 1))];
            return small.Zip(large).All(pair => pair.First.Rate == pair.Second.Rate && pair.First.Size == pair.Second.Size);
        }).Check(FsCheck.Config.QuickThrowOnFailure.WithReplay(11, 5));
    }

    [Fact]
    public void Any_sample_stays_within_its_bounds()
    {
        Prop.ForAll<long, NormalFloat, NormalFloat>((seed, a, b) =>
        {
            (double low, double high) = a.Get < b.Get ? (a.Get, b.Get) : (b.Get, a.Get);
            if (double.IsInfinity(high - low)) return true;
            (double logLow, double logHigh) = (Math.Abs(low) + 1e-300, Math.Abs(low) + Math.Abs(high) + 1e-300);
            (long least, long most) = ((long)Math.Clamp(low, -1e15, 1e15), (long)Math.Clamp(high, -1e15, 1e15));
            AxisSpace<Mix> space = Base.Random(20, seed,
                d => d.Uniform(p => p.Rate, low, high).LogUniform(p => p.Noise, logLow, logHigh).Int(p => p.Big, least, most));
            return space.All(p => p.Rate >= low && p.Rate <= high
                && p.Noise >= logLow && p.Noise <= logHigh && p.Big >= least && p.Big <= most);
        }).Check(FsCheck.Config.QuickThrowOnFailure.WithReplay(13, 5));
    }

    [Fact]
    public void Integers_reach_both_ends_equally_often()
    {
        Assert.All(Counts(p => p.Size, d => d.Int(p => p.Size, 3, 6), 40_000), pair => Assert.InRange(pair.Value, 9_600, 10_400));
        Mix[] whole = [.. Base.Random(1000, 1, d => d.Int(p => p.Big, long.MinValue, long.MaxValue))];
        Assert.InRange(whole.Count(p => p.Big < 0), 430, 570);
        Assert.Equal(5, Base.Random(1, 1, d => d.Int(p => p.Size, 5, 5))[0].Size);
    }

    [Fact]
    public void Logarithmic_integers_give_the_ends_their_whole_weight()
    {
        Dictionary<int, int> counts = Counts(p => p.Size, d => d.LogInt(p => p.Size, 1, 8), 100_000);
        Assert.Equal(8, counts.Count);
        Assert.All(counts, pair =>
        {
            double expected = 100_000 * Math.Log((pair.Key + 0.5) / (pair.Key - 0.5)) / Math.Log(8.5 / 0.5);
            Assert.InRange(pair.Value, expected - 5 * Math.Sqrt(expected), expected + 5 * Math.Sqrt(expected));
        });
    }

    [Fact]
    public void Choices_follow_their_weights()
    {
        Dictionary<string, int> counts = Counts(
            p => p.Name, d => d.Choice(p => p.Name, ("never", 0), ("rare", 1), ("often", 3), ("no", 0)), 40_000);
        Assert.Equal(["often", "rare"], counts.Keys.Order());
        Assert.InRange(counts["rare"], 9_500, 10_500);
        Assert.All(Counts(p => p.Name, d => d.Choice("name", "a", "b"), 10_000).Values, n => Assert.InRange(n, 4_800, 5_200));
        Assert.Equal(2, Counts(p => p.Size, d => d.Choice("size", new[] { 1, 2 }), 100).Count);
        Assert.Equal(2, Counts(p => p.Size, d => d.Choice("size", (1, 0.5), (2, 0.5)), 100).Count);
    }

    [Fact]
    public void Quantized_values_are_what_a_person_would_write()
    {
        Dictionary<double, int> counts = Counts(p => p.Rate, d => d.Quantized(p => p.Rate, 0.1, 1, 0.1), 10_000);
        Assert.Equal([0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0], counts.Keys.Order());
        Assert.All(counts.Values, n => Assert.InRange(n, 850, 1150));
        Assert.Equal([8, 16, 24], Counts(p => p.Size, d => d.Quantized(p => p.Size, 8, 31, 8), 100).Keys.Order());
        Assert.Equal([0.5m, 0.75m], Counts(p => p.Exact, d => d.Quantized(p => p.Exact, 0.5, 0.75, 0.25), 100).Keys.Order());
        Assert.Equal([1e-20, 2e-20], Counts(p => p.Rate, d => d.Quantized(p => p.Rate, 1e-20, 2e-20, 1e-20), 100).Keys.Order());
    }

    [Fact]
    public void Any_kind_of_number_can_be_drawn()
    {
        Mix point = Base.Random(1, 3,
            d => d.Uniform(p => p.Single, 0, 1).Normal(p => p.Exact, 5, 1).Int(p => p.Small, 0, 255).Uniform(p => p.Maybe, 2, 3))[0];
        Assert.InRange(point.Single, 0, 1);
        Assert.InRange(point.Exact, -5m, 15m);
        Assert.InRange(point.Maybe!.Value, 2, 3);
    }

    [Fact]
    public void A_distribution_the_member_cannot_hold_is_a_fault()
    {
        Assert.Contains("Uniform(0, 1) draws real numbers, but the member is int; use Int", Fault(d => d.Uniform(p => p.Size, 0, 1)));
        Assert.Contains("Int(0, 256) draws 256, which is outside the range of byte", Fault(d => d.Int(p => p.Small, 0, 256)));
        Assert.Contains("(0, 1, 0.5) draws 0.5, which cannot be represented by int", Fault(d => d.Quantized(p => p.Size, 0, 1, 0.5)));
        Assert.Contains("exceeds the range of decimal", Fault(d => d.Uniform(p => p.Exact, 0, 1e40)));
        Assert.Contains("\"x\" is of type string, expected int", Fault(d => d.Choice("size", 1, "x")));
    }

    private static string Fault(Func<Draws<Mix>, Draws<Mix>> draws) => FaultTests.Only(Base.Random(1, 1, draws));

    [Theory]
    [MemberData(nameof(BadDraws))]
    public void Impossible_parameters_are_refused_at_once(Func<Draws<Mix>, Draws<Mix>> draws, string message) =>
        Assert.Contains(message, Assert.Throws<AssayException>(() => Base.Random(1, 1, draws)).Message);

    public static TheoryData<Func<Draws<Mix>, Draws<Mix>>, string> BadDraws => new()
    {
        { d => d.Uniform(p => p.Rate, 2, 1), "Uniform for Rate: low 2 is above high 1" },
        { d => d.Uniform("rate", double.NaN, 1), "Uniform for rate: low is NaN, expected a finite number" },
        { d => d.Uniform(p => p.Rate, -1e308, 1e308), "the distance from low to high is Infinity" },
        { d => d.LogUniform(p => p.Rate, 0, 1), "low is 0, expected a number above 0" },
        { d => d.LogUniform(p => p.Rate, 1, double.PositiveInfinity), "high is Infinity" },
        { d => d.Int(p => p.Size, 2, 1), "Int for Size: low 2 is above high 1" },
        { d => d.LogInt(p => p.Size, 0, 5), "low is 0, expected 1 or more" },
        { d => d.LogInt(p => p.Big, 1, long.MaxValue), "expected at most 4503599627370496" },
        { d => d.Normal(p => p.Rate, 0, -1), "std is -1, expected a standard deviation of 0 or more" },
        { d => d.Choice(p => p.Name, Array.Empty<string>()), "Choice for Name has no values" },
        { d => d.Choice(p => p.Name, ("a", -1)), "the weight of \"a\" is -1" },
        { d => d.Choice(p => p.Name, ("a", 0), ("b", 0)), "all 2 weights are 0" },
        { d => d.Choice(p => p.Name, ("a", double.MaxValue), ("b", double.MaxValue)), "the sum of the weights is Infinity" },
        { d => d.Quantized(p => p.Rate, 0, 1, 0), "step is 0, expected a number above 0" },
        { d => d.Quantized(p => p.Rate, 0, 1, 1e-300), "expected fewer than 2^52" },
    };

    [Fact]
    public void A_negative_number_of_samples_is_refused() =>
        Assert.Contains("-1 samples", Assert.Throws<AssayException>(() => Base.Random(-1, 1, d => d.Int(p => p.Size, 0, 1))).Message);

    private static Dictionary<TValue, int> Counts<TValue>(Func<Mix, TValue> member, Func<Draws<Mix>, Draws<Mix>> draws, int samples)
        where TValue : notnull => Base.Random(samples, 99, draws).CountBy(member).ToDictionary();

    public sealed record Mix(
        double Rate = 0, int Size = 0, double Noise = 0, long Big = 0, string Name = "", float Single = 0, decimal Exact = 0,
        byte Small = 0, double? Maybe = null);
}
