namespace Assay.Tests.Spaces;

[Trait("Category", "Quick")]
public class HaltonTests
{
    private static readonly AxisSpace<Cube> Base = Space.Of(new Cube(0, 0, 0));

    [Fact]
    public void Members_run_through_the_radical_inverses_of_the_primes()
    {
        Cube[] points = [.. Base.Halton(8, Unit)];
        Assert.Equal([1 / 2.0, 1 / 4.0, 3 / 4.0, 1 / 8.0, 5 / 8.0, 3 / 8.0, 7 / 8.0, 1 / 16.0], points.Select(p => p.A));
        Close([1 / 3.0, 2 / 3.0, 1 / 9.0, 4 / 9.0, 7 / 9.0, 2 / 9.0, 5 / 9.0, 8 / 9.0], points.Select(p => p.B));
        Close([0.2, 0.4, 0.6, 0.8, 0.04, 0.24, 0.44, 0.64], points.Select(p => p.C));
    }

    [Fact]
    public void Bins_of_a_third_get_exactly_a_third()
    {
        int[] sizes = [.. Base.Halton(242, d => d.Uniform(p => p.A, 0, 1).Int(p => p.Size, 0, 2)).Select(p => p.Size)];
        Assert.Equal([1, 2, 0, 1, 2, 0, 1, 2], sizes[..8]);
        Assert.Equal([80, 81, 81], sizes.CountBy(size => size).OrderBy(pair => pair.Key).Select(pair => pair.Value));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(5)]
    public void More_samples_and_more_members_keep_what_was_there(long seed)
    {
        Cube[] few = [.. Base.Halton(20, d => d.Uniform(p => p.A, 0, 1).Uniform("b", 0, 1), seed)];
        Cube[] more = [.. Base.Halton(50, Unit, seed)];
        Assert.Equal(few, more.Take(20).Select(p => p with { C = 0 }));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(17)]
    public void Every_interval_of_the_base_is_visited_equally_often(long seed)
    {
        // 27 elements that start at a multiple of 27 put one into each of 27 equal intervals, scrambled or not.
        double[] block = [.. Base.Halton(53, Unit, seed).Skip(26).Select(p => p.B)];
        Assert.Equal(Enumerable.Range(0, 27), block.Select(x => (int)(x * 27 + 1e-9)).Order());
    }

    [Fact]
    public void A_seed_scrambles_reproducibly()
    {
        Assert.Equal(Base.Halton(9, Unit, 3), Base.Halton(9, Unit, 3));
        Assert.NotEqual(Base.Halton(9, Unit, 3), Base.Halton(9, Unit, 4));
        Assert.NotEqual(Base.Halton(9, Unit), Base.Halton(9, Unit, 4));
    }

    [Fact]
    public void Late_samples_and_many_members_stay_within_the_unit_interval()
    {
        Assert.All(new[] { 0L, 9 }, seed => Assert.All(Enumerable.Range(0, 300).Where(k => k % 37 == 0), position =>
        {
            var bits = new HaltonBits(position, seed, "m");
            Assert.NotEqual(bits.At(long.MaxValue - 1), bits.At(long.MaxValue - 2));
        }));
        var draws = new Draws<Cube>([]);
        for (int i = 0; i < 301; i++) draws = draws.Uniform(p => p.A, 0, 1);
        Assert.Contains("301 members", Assert.Throws<AssayException>(() => Base.Halton(1, _ => draws)).Message);
    }

    private static Draws<Cube> Unit(Draws<Cube> d) => d.Uniform(p => p.A, 0, 1).Uniform(p => p.B, 0, 1).Uniform(p => p.C, 0, 1);

    private static void Close(double[] expected, IEnumerable<double> actual) =>
        Assert.All(expected.Zip(actual), pair => Assert.Equal(pair.First, pair.Second, 2e-16));

    public sealed record Cube(double A, double B, double C, int Size = 0);
}
