namespace Assay.Tests;

/// <summary>
/// Random values are built twice, the second time with sets and dictionaries in another order and integers of another width. The two
/// values are equal; a value with one changed leaf is different.
/// </summary>
[Trait("Category", "Quick")]
public sealed class CanonicalPropertyTests
{
    private const long Seed = 20261121;
    private const int Cases = 5_000;
    private const string Alphabet = "a1$\"\\é\ud83d\ude00\ud800,:{}[]";

    [Fact]
    public void Equal_values_share_a_form_and_a_changed_leaf_changes_it()
    {
        for (int i = 0; i < Cases; i++)
        {
            ulong seed = new SeedBundle(Seed, i).Derive("value");
            string form = Form.Of(Build(seed, shuffle: 0, changedLeaf: -1, out int leaves));
            Assert.True(form == Form.Of(Build(seed, shuffle: 1, changedLeaf: -1, out _)), $"case {i}: equal values differ: {form}");
            if (leaves == 0) continue;
            int leaf = (int)(seed % (ulong)leaves);
            string changed = Form.Of(Build(seed, shuffle: 0, changedLeaf: leaf, out _));
            Assert.True(form != changed, $"case {i}: leaf {leaf} changed and the form did not: {form}");
        }
    }

    [Fact]
    public void Random_values_collide_only_when_they_were_built_alike()
    {
        var seen = new Dictionary<string, string>(StringComparer.Ordinal);
        for (int i = 0; i < Cases * 4; i++)
        {
            object? value = Build(new SeedBundle(Seed, i).Derive("collide"), 0, -1, out _);
            string form = Form.Of(value), description = Describe(value);
            string known = seen.GetValueOrDefault(form, description);
            seen[form] = description;
            Assert.True(known == description, $"case {i}: {description} and {known} share {form}");
        }
    }

    private static object? Build(ulong seed, int shuffle, int changedLeaf, out int leaves)
    {
        var builder = new Builder(new SeededRandom(seed), shuffle, changedLeaf);
        object? value = builder.Value(3);
        leaves = builder.Leaves;
        return value;
    }

    // A description that does not use the canonical form: type and content, with sets and dictionaries in a fixed order.
    private static string Describe(object? value) => value switch
    {
        null => "null",
        string text => "s" + string.Join(',', text.Select(c => (int)c)),
        double real => "r" + BitConverter.DoubleToInt64Bits(real + 0.0),
        bool truth => "b" + truth,
        Adam adam => "Adam" + Describe(adam.Rate),
        Sgd sgd => "Sgd" + Describe(sgd.Rate),
        Nested nested => $"Nested({Describe(nested.Inner)},{nested.Depth})",
        HashSet<object> set => "set{" + Sorted(set.Select(Describe)) + "}",
        Dictionary<string, object?> map => "map{" + Sorted(map.Select(p => Describe(p.Key) + "=" + Describe(p.Value))) + "}",
        object?[] list => "list[" + string.Join(';', list.Select(Describe)) + "]",
        _ => "i" + Convert.ToInt64(value, System.Globalization.CultureInfo.InvariantCulture),
    };

    private static string Sorted(IEnumerable<string> parts) => string.Join(';', parts.Order(StringComparer.Ordinal));

    private sealed class Builder(SeededRandom random, int shuffle, int changedLeaf)
    {
        public int Leaves { get; private set; }

        public object? Value(int depth) => (depth == 0 ? random.Next(5) : random.Next(11)) switch
        {
            0 => Integer(),
            1 => Real(),
            2 => Text(),
            3 => Leaf(true, (object)"changed"),
            4 => Leaf(null, (object?)0),
            5 => Items(depth).ToArray(),
            6 => Items(depth).Where(v => v is not null).Distinct().ToHashSet()!,
            7 => Map(depth),
            8 => new Adam((double)Real()),
            9 => new Sgd((double)Real()),
            _ => new Nested(Value(depth - 1), random.Next(3)),
        };

        private object Integer()
        {
            int value = random.Next(-3, 100);
            object changed = value + 1000L;
            return Leaf(shuffle == 0 ? value : (object)(long)value, changed)!;
        }

        private object Real()
        {
            double value = random.Next(4) switch { 0 => random.Next(5), 1 => double.NaN, 2 => -0.0, _ => random.NextNormal() };
            return Leaf(value, (object)12345.678)!;
        }

        private object Text()
        {
            string value = string.Concat(Enumerable.Range(0, random.Next(4)).Select(_ => Alphabet[random.Next(Alphabet.Length)]));
            return Leaf(value, (object)(value + "!"))!;
        }

        private object?[] Items(int depth) => [.. Enumerable.Range(0, random.Next(4)).Select(_ => Value(depth - 1))];

        private Dictionary<string, object?> Map(int depth)
        {
            var pairs = new List<KeyValuePair<string, object?>>();
            for (int i = 0, count = random.Next(4); i < count; i++) pairs.Add(new($"${i}k"[(i % 2)..], Value(depth - 1)));
            if (shuffle == 1) pairs.Reverse();
            return new Dictionary<string, object?>(pairs);
        }

        private object? Leaf(object? value, object? changed) => Leaves++ == changedLeaf ? changed : value;
    }
}
