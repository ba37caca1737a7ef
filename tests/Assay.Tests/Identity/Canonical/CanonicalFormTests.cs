using System.Collections.Frozen;
using System.Globalization;
using System.Numerics;
using System.Text.Json;

namespace Assay.Tests;

[Trait("Category", "Quick")]
public sealed class CanonicalFormTests
{
    private static readonly object?[] AllDifferent =
    [
        null, true, false, 0, 1, -1, 1.0, -1.0, 1.5, 1e300, 1e-5, 5e-324, double.MaxValue, 1m, 1.5m, 'a', '1',
        "1", "1.0", "true", "null", "", " ", "NaN", "a", "Infinity", 0.1, 0.1f, ulong.MaxValue, Int128.MaxValue, BigInteger.Pow(10, 40),
        double.NaN, double.PositiveInfinity, double.NegativeInfinity, new Complex(1, 2),
        new Guid("00000000-0000-0000-0000-000000000001"), "00000000-0000-0000-0000-000000000001",
        new Version(1, 2), "1.2", new Uri("http://a/"), "http://a/", TimeSpan.FromSeconds(1), "00:00:01",
        new DateOnly(2026, 1, 2), "2026-01-02", new TimeOnly(1, 2), new DateTimeOffset(2026, 1, 2, 0, 0, 0, TimeSpan.Zero),
        new DateTime(2026, 1, 2, 0, 0, 0, DateTimeKind.Utc), new DateTime(2026, 1, 2, 0, 0, 0, DateTimeKind.Unspecified),
        Colour.Red, Colour.Green, Fruit.Red, (Colour)42, "Red", 42,
        Array.Empty<int>(), new[] { 1 }, new[] { 1.0 }, new[] { "1" }, new[] { 1, 2 }, new[] { 2, 1 }, new[] { 12 },
        new[] { new[] { 1 }, new[] { 2 } }, new[] { new[] { 1, 2 } }, new int[1, 2], new int[2, 1], new int[2, 2],
        new HashSet<int>(), new HashSet<int> { 1 }, new HashSet<int> { 1, 2 }, (1, 2), (1, 2, 3), Tuple.Create(1), new byte[] { 1 }, "01",
        new Dictionary<string, int>(), new Dictionary<string, int> { ["1"] = 1 },
        new Dictionary<int, int> { [1] = 1 }, new Dictionary<int, int>(), new Dictionary<string, int[]> { ["$set"] = [1] },
        new Dictionary<string, string> { ["$real"] = "NaN" }, new Dictionary<string, string> { ["$$real"] = "NaN" },
        new Dictionary<string, string> { ["$type"] = "Assay.Tests.Adam" }, new Dictionary<string, double> { ["Rate"] = 1.0 },
        new Adam(1.0), new Sgd(1.0), new Adam(2.0), new Adam(double.NaN), new Nested(new Adam(1.0)), new Nested(new Sgd(1.0)),
        new Nested(null), new Nested(1), new Nested(1.0), new Nested("1"),
        new Ordered(1, 2), new Ordered(2, 1), new Reordered(1, 2), new Spot(1, 2), new Spot(2, 1),
        new { Rate = 1.0 }, new { Rate = 1 }, new { Other = 1.0 },
        new WithPrivate(1, 1), new WithPrivate(1, 2), new Handle("a"), new Handle("b"),
        "\ud800", "\udc00", "\ufffd", "é", "e\u0301", "\n", "\\n", "\"", "\0", "😀",
    ];

    [Fact]
    public void Different_values_never_share_a_form()
    {
        var seen = new Dictionary<string, object?>(StringComparer.Ordinal);
        foreach (object? value in AllDifferent)
        {
            string form = Form.Of(value);
            Assert.False(seen.TryGetValue(form, out object? other), $"{value} and {other} share {form}");
            seen.Add(form, value);
        }
    }

    [Fact]
    public void Different_values_never_share_a_form_inside_lists_records_and_dictionaries()
    {
        string[] forms =
        [
            .. AllDifferent.Select(v => Form.Of(new[] { v })),
            .. AllDifferent.Select(v => Form.Of(new Nested(v, 2))),
            .. AllDifferent.Select(v => Form.Of(new Dictionary<string, object?> { ["k"] = v })),
            .. AllDifferent.Select(v => Form.Of((v, 1))),
        ];

        Assert.Equal(forms.Length, forms.Distinct(StringComparer.Ordinal).Count());
    }

    public static TheoryData<string, object?, object?> EqualPairs => new()
    {
        { "integers of any width", 1, 1L },
        { "integers of any width, small", (byte)1, 1UL },
        { "decimals with trailing zeros", 1.5m, 1.500m },
        { "minus zero", 0.0, -0.0 },
        { "NaN of another sign", double.NaN, -double.NaN },
        { "a float and the double it is", 0.5f, 0.5 },
        { "lists and arrays", new List<int> { 1, 2 }, new[] { 1, 2 } },
        { "lazy sequences", Enumerable.Range(1, 2), new[] { 1, 2 } },
        { "sets in another order", new HashSet<string> { "a", "b", "c" }, new HashSet<string> { "c", "b", "a" } },
        { "sets of another kind", new SortedSet<int> { 3, 1, 2 }, new[] { 1, 2, 3 }.ToFrozenSet() },
        { "sets of mixed types", new HashSet<object> { 1, "1", 1.0 }, new HashSet<object> { 1.0, 1, "1" } },
        { "dictionaries in another order", new Dictionary<string, int> { ["a"] = 1, ["b"] = 2 },
            new SortedDictionary<string, int> { ["b"] = 2, ["a"] = 1 } },
        { "dictionaries with other keys in another order", new Dictionary<int, int> { [1] = 1, [2] = 2 },
            new Dictionary<int, int> { [2] = 2, [1] = 1 } },
        { "the same instant in two zones", new DateTimeOffset(2026, 1, 2, 3, 0, 0, TimeSpan.Zero),
            new DateTimeOffset(2026, 1, 2, 5, 0, 0, TimeSpan.FromHours(2)) },
        { "two names of one enum value", Colour.Red, Colour.Crimson },
        { "records, computed properties left out", new WithComputed(3), new WithComputed(1) with { A = 3 } },
        { "values that define their own identity", new Handle("a"), new Handle("a") },
        { "a nullable and its value", (int?)1, 1 },
        { "JSON and the value it holds", JsonSerializer.SerializeToElement(new { a = 1, b = new object?[] { 1.5, "x", null, true } }),
            new Dictionary<string, object?> { ["b"] = new object?[] { 1.5, "x", null, true }, ["a"] = 1 } },
    };

    [Theory]
    [MemberData(nameof(EqualPairs))]
    public void Equal_values_share_a_form(string what, object? one, object? other) => Assert.True(Form.Of(one) == Form.Of(other), what);

    [Theory]
    [InlineData("tr-TR")]
    [InlineData("de-DE")]
    [InlineData("fa-IR")]
    [InlineData("ar-SA")]
    public void The_culture_of_the_machine_does_not_matter(string culture)
    {
        string[] expected = [.. AllDifferent.Select(Form.Of)];
        CultureInfo before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(culture);
            Assert.Equal(expected, AllDifferent.Select(Form.Of));
        }
        finally
        {
            CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = before;
        }
    }

    [Fact]
    public void Members_are_sorted_by_code_units()
    {
        Assert.Equal("""{"$type":"Assay.Tests.Ordered","Apple":2,"Zebra":1}""", Form.Of(new Ordered(1, 2)));
        Assert.Equal("{\"B\":1,\"a\":1,\"é\":1,\"\ud83d\ude00\":1,\"\ufb33\":1}", Form.Of(new Dictionary<string, int>
        {
            ["\ufb33"] = 1,
            ["a"] = 1,
            ["\ud83d\ude00"] = 1,
            ["é"] = 1,
            ["B"] = 1,
        }));
    }

    [Fact]
    public void Every_real_number_reads_back_as_itself()
    {
        var random = new SeededRandom(20261121);
        for (int i = 0; i < 200_000; i++)
        {
            double value = BitConverter.UInt64BitsToDouble(random.NextUInt64());
            if (!double.IsFinite(value)) continue;
            string text = Form.Of(value);
            Assert.Equal(value, double.Parse(text, CultureInfo.InvariantCulture));
            Assert.True(text.AsSpan().IndexOfAny('.', 'e') > 0, text);
        }
    }

    [Fact]
    public void Every_form_is_json()
    {
        foreach (object? value in AllDifferent)
        {
            using JsonDocument canonical = JsonDocument.Parse(Form.Of(value));
            using JsonDocument plain = JsonDocument.Parse(Form.Plain(value));
        }
    }

    [Fact]
    public void The_plain_form_keeps_the_order_of_declaration_and_has_no_tags() => Assert.Equal(
        """{"Inner":{"Zebra":1,"Apple":2},"Depth":1}""", Form.Plain(new Nested(new Ordered(1, 2))));

    [Theory]
    [InlineData(1.0, "1.0")]
    [InlineData(100.0, "100.0")]
    [InlineData(-0.5, "-0.5")]
    [InlineData(1e16, "10000000000000000.0")]
    [InlineData(123456789012345680000.0, "123456789012345680000.0")]
    [InlineData(1e21, "1e+21")]
    [InlineData(1.5e300, "1.5e+300")]
    [InlineData(0.1, "0.1")]
    [InlineData(1e-5, "0.00001")]
    [InlineData(0.00000123, "0.00000123")]
    [InlineData(1e-7, "1e-7")]
    [InlineData(5e-324, "5e-324")]
    [InlineData(double.MaxValue, "1.7976931348623157e+308")]
    [InlineData(-1.2345e-9, "-1.2345e-9")]
    public void Real_numbers_keep_a_point_or_an_exponent(double value, string expected) => Assert.Equal(expected, Form.Of(value));
}
