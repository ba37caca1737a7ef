using System.Globalization;

namespace Assay.Tests.Seeds;

[Trait("Category", "Quick")]
public class SeededRandomTests
{
    [Fact]
    public void First_outputs_are_those_of_the_design_note() => Assert.All(SeedVectors.Table("0002-seeds.md", "first outputs"), row =>
    {
        var random = new SeededRandom(ulong.Parse(row[0], NumberStyles.HexNumber, CultureInfo.InvariantCulture));
        Assert.Equal(row[1], string.Join(' ', Times(5, () => random.NextUInt64().ToString("x16", CultureInfo.InvariantCulture))));
    });

    // The vectors are those of rand_xoshiro's tests and of the SplitMix64 page of Rosetta Code.
    [Fact]
    public void Generators_agree_with_vectors_published_elsewhere()
    {
        var random = new SeededRandom(1, 2, 3, 4);
        Assert.Equal([11520, 0, 1509978240, 1215971899390074240, 1216172134540287360], Times(5, random.NextUInt64));
        Assert.Equal([6457827717110365317, 3203168211198807973, 9817491932198370423, 4593380528125082431, 16408922859458223821],
            Enumerable.Range(0, 5).Select(i => SplitMix64.At(1234567, (ulong)i)));
    }

    [Fact]
    public void Methods_give_the_published_numbers()
    {
        Dictionary<string, string> rows = SeedVectors.Table("0002-seeds.md", "methods").ToDictionary(row => row[0], row => row[1]);
        Assert.Equal(10, rows.Count);
        Assert.Equal(Numbers(rows["NextDouble()"]), Times(3, New().NextDouble));
        Assert.Equal(Numbers(rows["NextSingle()"]).Select(x => (float)x), Times(3, New().NextSingle));
        Assert.Equal(rows["Next()"], Text(Times(3, New().Next)));
        Assert.Equal(rows["Next(10)"], Text(Times(10, () => 10, New().Next)));
        Assert.Equal(rows["NextInt64(10)"], Text(Times(10, () => 10L, New().NextInt64)));
        Assert.Equal(rows["NextInt64(6000000000000000000)"], Text(Times(6, () => 6_000_000_000_000_000_000, New().NextInt64)));
        SeededRandom ranged = New();
        Assert.Equal(rows["Next(-1500000000, 1500000000)"], Text(Times(12, () => ranged.Next(-1_500_000_000, 1_500_000_000))));
        byte[] bytes = new byte[11];
        New().NextBytes(bytes);
        Assert.Equal(rows["NextBytes(11)"], Convert.ToHexStringLower(bytes));
        int[] items = [.. Enumerable.Range(0, 10)];
        New().Shuffle(items);
        Assert.Equal(rows["Shuffle(0..9)"], Text(items));
        SeededRandom normal = New();
        Assert.All(Numbers(rows["NextNormal()"]), expected => Assert.Equal(expected, normal.NextNormal(), 1e-14));
    }

    [Fact]
    public void Every_method_works_through_the_base_type()
    {
        Random random = New(), same = New();
        Assert.Equal(same.NextDouble(), random.NextDouble());
        Assert.InRange(random.Next(3, 5), 3, 4);
        Assert.InRange(random.NextInt64(-3, -1), -3, -2);
        Assert.Equal(7, random.Next(7, 7));
        Assert.Equal(0, random.Next(0));
        Assert.Equal(0, random.NextInt64(0));
        Assert.InRange(random.NextInt64(long.MinValue, long.MaxValue), long.MinValue, long.MaxValue);
        Assert.InRange(random.Next(int.MinValue, int.MaxValue), int.MinValue, int.MaxValue);
        Assert.Throws<ArgumentOutOfRangeException>(() => random.Next(-1));
        Assert.Throws<ArgumentOutOfRangeException>(() => random.Next(2, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => random.NextInt64(2, 1));
    }

    [Fact]
    public void Numbers_below_a_bound_are_equally_frequent()
    {
        SeededRandom random = New();
        int[] counts = new int[7];
        for (int i = 0; i < 70_000; i++) counts[random.Next(7)]++;
        // Chi-squared with 6 degrees of freedom exceeds 22.46 once in a thousand seeds.
        Assert.InRange(counts.Sum(n => (n - 10_000.0) * (n - 10_000) / 10_000), 0, 22.46);
    }

    [Fact]
    public void Normal_numbers_have_their_mean_and_deviation()
    {
        SeededRandom random = New();
        double[] sample = [.. Times(100_000, () => random.NextNormal(5, 2))];
        Assert.Equal(5, sample.Average(), 0.03);
        Assert.Equal(4, sample.Average(x => (x - 5) * (x - 5)), 0.08);
    }

    [Fact]
    public void A_shuffle_keeps_all_items_and_reaches_every_order()
    {
        SeededRandom random = New();
        var orders = new Dictionary<string, int>();
        for (int i = 0; i < 6000; i++)
        {
            char[] items = ['a', 'b', 'c'];
            random.Shuffle(items);
            string order = new(items);
            orders[order] = orders.GetValueOrDefault(order) + 1;
        }
        Assert.Equal(6, orders.Count);
        Assert.All(orders.Values, n => Assert.InRange(n, 850, 1150));
    }

    [Fact]
    public void Items_and_texts_are_picked_by_the_documented_rule()
    {
        SeededRandom index = New();
        Assert.Equal([.. Times(5, () => 100 + index.Next(3))], New().GetItems([100, 101, 102], 5));
        Assert.Equal(New().GetString("0123456789abcdef", 12), New().GetHexString(12, lowercase: true));
        Assert.Throws<ArgumentException>(() => New().GetItems(Array.Empty<int>(), 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => New().GetItems([1], -1));
    }

    private static SeededRandom New() => new(42);

    private static T[] Times<T>(int n, Func<T> next) => [.. Enumerable.Range(0, n).Select(_ => next())];

    private static T[] Times<T>(int n, Func<T> bound, Func<T, T> next) => Times(n, () => next(bound()));

    private static string Text<T>(IEnumerable<T> values) where T : IFormattable =>
        string.Join(' ', values.Select(value => value.ToString(null, CultureInfo.InvariantCulture)));

    private static double[] Numbers(string text) => [.. text.Split(' ').Select(part => double.Parse(part, CultureInfo.InvariantCulture))];
}
