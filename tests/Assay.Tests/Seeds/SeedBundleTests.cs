using System.Globalization;
using System.Text.Json;

namespace Assay.Tests.Seeds;

[Trait("Category", "Quick")]
public class SeedBundleTests
{
    [Fact]
    public void Derived_seeds_are_those_of_the_design_note()
    {
        string[][] rows = [.. SeedVectors.Table("0002-seeds.md", "derived seeds")];
        Assert.Equal(10, rows.Length);
        Assert.All(rows, row =>
        {
            var bundle = new SeedBundle(long.Parse(row[0], CultureInfo.InvariantCulture), int.Parse(row[1], CultureInfo.InvariantCulture),
                JsonSerializer.Deserialize<string>(row[2]));
            Assert.Equal(row[4], bundle.Derive(JsonSerializer.Deserialize<string>(row[3])!).ToString("x16", CultureInfo.InvariantCulture));
        });
    }

    [Fact]
    public void Any_two_different_bundles_or_names_derive_different_seeds()
    {
        string?[] texts = [null, "", "a", "b", "ab", "ba", "aa", "a\0", "\0"];
        ulong[] derived =
        [
            .. from number in new long[] { -1, 0, 1, 256, long.MaxValue }
               from replicate in new[] { 0, 1, 256 }
               from point in texts
               from name in texts.OfType<string>()
               select new SeedBundle(number, replicate, point).Derive(name),
        ];
        Assert.Equal(5 * 3 * 9 * 8, derived.Distinct().Count());
    }

    [Fact]
    public void Text_moved_from_the_point_to_the_name_derives_another_seed()
    {
        Assert.NotEqual(new SeedBundle(1, 0, "ab").Derive("c"), new SeedBundle(1, 0, "a").Derive("bc"));
        Assert.NotEqual(new SeedBundle(1, 0, "").Derive("c"), new SeedBundle(1, 0).Derive("c"));
        string longName = new('x', 5000);
        Assert.NotEqual(new SeedBundle(1, 0).Derive(longName), new SeedBundle(1, 0).Derive(longName + "x"));
    }

    [Fact]
    public void A_name_starts_the_same_stream_each_time_and_other_names_start_other_streams()
    {
        var seeds = new SeedBundle(42, 1);
        Assert.Equal(seeds.Random().NextInt64(), seeds.Random("default").NextInt64());
        Assert.NotEqual(seeds.Random("a").NextInt64(), seeds.Random("b").NextInt64());
    }

    [Fact]
    public void A_plan_gives_each_replicate_its_bundle_and_mixes_the_point_only_with_MixPoint()
    {
        var plan = new SeedPlan(42, 3);
        Assert.Equal(new SeedBundle(42, 2), plan.Bundle(2, "abc"));
        Assert.Equal(new SeedBundle(42, 2, "abc"), (plan with { MixPoint = true }).Bundle(2, "abc"));
        Assert.Contains("replicates 0 to 2", Assert.Throws<ArgumentOutOfRangeException>(() => plan.Bundle(3)).Message);
        Assert.Contains("no fingerprint", Assert.Throws<AssayException>(() => (plan with { MixPoint = true }).Bundle(0)).Message);
    }

    [Fact]
    public void Invalid_seeds_are_refused_with_a_reason()
    {
        Assert.Contains("0 replicates", Assert.Throws<AssayException>(() => new SeedPlan(1, 0)).Message);
        Assert.Contains("-1 replicates", Assert.Throws<AssayException>(() => new SeedPlan(1, 1) with { Replicates = -1 }).Message);
        Assert.Contains("Replicate -1 does not exist", Assert.Throws<AssayException>(() => new SeedBundle(1, -1)).Message);
        Assert.Contains("not valid Unicode", Assert.Throws<AssayException>(() => new SeedBundle(1, 0).Derive("\ud800")).Message);
    }
}
