using FsCheck;
using FsCheck.Fluent;

namespace Assay.Tests.Seeds;

[Trait("Category", "Quick")]
public class StableMathTests
{
    [Fact]
    public void Exp_and_log_are_within_two_units_in_the_last_place_of_the_library()
    {
        var random = new SeededRandom(1);
        for (int i = 0; i < 200_000; i++)
        {
            double x = random.NextDouble() * 1400 - 700;
            Assert.True(Ulps(StableMath.Exp(x), Math.Exp(x)) <= 2, $"exp {x:R}");
            double y = BitConverter.UInt64BitsToDouble(random.NextUInt64() & 0x7FEF_FFFF_FFFF_FFFF);
            Assert.True(Ulps(StableMath.Log(y), Math.Log(y)) <= 2, $"log {y:R}");
            double near = 0.5 + random.NextDouble();
            Assert.True(Ulps(StableMath.Log(near), Math.Log(near)) <= 2, $"log {near:R}");
        }
    }

    // The bits are compared, because run ids depend on them.
    [Theory]
    [InlineData(1.0, 0x4005BF0A8B145769)]
    [InlineData(-0.5, 0x3FE368B2FC6F960A)]
    [InlineData(0.0, 0x3FF0000000000000)]
    public void Exp_has_fixed_bits(double x, long bits) => Assert.Equal(bits, BitConverter.DoubleToInt64Bits(StableMath.Exp(x)));

    [Theory]
    [InlineData(2.0, 0x3FE62E42FEFA39EF)]
    [InlineData(10.0, 0x40026BB1BBB55516)]
    [InlineData(1.0, 0)]
    [InlineData(0.001, unchecked((long)0xC01BA18A998FFFA0))]
    public void Log_has_fixed_bits(double x, long bits) => Assert.Equal(bits, BitConverter.DoubleToInt64Bits(StableMath.Log(x)));

    [Fact]
    public void Edges_are_those_of_the_library()
    {
        double[] logEdges = [0, double.PositiveInfinity, -1, double.NaN, double.Epsilon, double.MaxValue];
        double[] expEdges = [double.NegativeInfinity, double.PositiveInfinity, double.NaN, 710, -746];
        Assert.All(logEdges, x => Assert.Equal(Math.Log(x), StableMath.Log(x), 1e-12));
        Assert.All(expEdges, x => Assert.Equal(Math.Exp(x), StableMath.Exp(x)));
        Assert.Equal(double.Epsilon, StableMath.Exp(-744.4));
    }

    // The expected quantiles are those of Python's statistics.NormalDist.
    [Theory]
    [InlineData(0.5, 0)]
    [InlineData(0.975, 1.9599639845400536)]
    [InlineData(0.025, -1.9599639845400538)]
    [InlineData(1e-10, -6.361340902404056)]
    [InlineData(0.9, 1.2815515655446008)]
    [InlineData(1e-300, -37.0470962993612)]
    public void Normal_quantiles_are_those_of_the_reference(double p, double expected) =>
        Assert.Equal(expected, NormalQuantile.At(p), 1e-14 * Math.Max(1, Math.Abs(expected)));

    [Fact]
    public void Normal_quantiles_are_symmetric_and_never_infinite()
    {
        Prop.ForAll<ulong>(bits => NormalQuantile.FromBits(bits) == -NormalQuantile.FromBits(~bits))
            .Check(Config.QuickThrowOnFailure.WithReplay(5, 3));
        Assert.True(double.IsFinite(NormalQuantile.FromBits(0)) && double.IsFinite(NormalQuantile.FromBits(ulong.MaxValue)));
    }

    private static long Ulps(double a, double b) => Math.Abs(BitConverter.DoubleToInt64Bits(a) - BitConverter.DoubleToInt64Bits(b));
}
