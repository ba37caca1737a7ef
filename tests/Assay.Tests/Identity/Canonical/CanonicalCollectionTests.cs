using System.Collections;
using System.Collections.Immutable;
using System.Collections.Specialized;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Assay.Tests;

/// <summary>Enumerable types with and without further state.</summary>
[Trait("Category", "Quick")]
public sealed class CanonicalCollectionTests
{
    public static TheoryData<string, object> MayHoldMore => new()
    {
        { "Schedule", new Schedule([1.0]) { Warmup = 1 } },
        { "NamedList", new NamedList("a") { 1 } },
        { "NamedMap", new NamedMap { Name = "a" } },
        { "NameValueCollection", new NameValueCollection { ["a"] = "1" } },
        { "Lookup", new[] { 1, 2 }.ToLookup(n => n % 2) },
        { "Grouping", new[] { 1, 2 }.GroupBy(n => n % 2).First() },
        { "OtherTuple", new OtherTuple() },
    };

    [Theory]
    [MemberData(nameof(MayHoldMore))]
    public void An_enumerable_that_may_have_further_state_is_an_error(string name, object value)
    {
        var fault = Assert.Throws<CanonicalFormException>(() => Form.Of(new Nested(value)));

        Assert.Equal("Inner", fault.Path);
        Assert.Contains(name, fault.Message, StringComparison.Ordinal);
        Assert.Contains("IFingerprintable", fault.Message, StringComparison.Ordinal);
    }

    public static TheoryData<string, object> OnlyItems => new()
    {
        { "collection expression", (IEnumerable<int>)[1, 2] },
        { "iterator", Iterator() },
        { "query", new[] { 0, 1, 2 }.Where(n => n > 0).Select(n => n) },
        { "sorted query", new[] { 2, 1 }.Order() },
        { "immutable", ImmutableArray.Create(1, 2) },
        { "segment", new ArraySegment<int>([0, 1, 2], 1, 2) },
        { "queue", new Queue<int>([1, 2]) },
        { "linked", new LinkedList<int>([1, 2]) },
        { "read-only", new List<int> { 1, 2 }.AsReadOnly() },
        { "keys", new Dictionary<int, int> { [1] = 0, [2] = 0 }.Keys },
        { "untyped", new ArrayList { 1, 2 } },
        { "JSON", JsonNode.Parse("[1,2]")! },
        { "JSON items", JsonSerializer.SerializeToElement(new[] { 1, 2 }).EnumerateArray() },
    };

    [Theory]
    [MemberData(nameof(OnlyItems))]
    public void A_collection_of_the_platform_is_its_items(string what, object value) => Assert.True(Form.Of(value) == "[1,2]", what);

    [Fact]
    public void An_uninitialized_collection_is_an_error_with_its_path()
    {
        Assert.Equal("Inner", Assert.Throws<CanonicalFormException>(() => Form.Of(new Nested(default(ImmutableArray<int>)))).Path);
        Assert.Equal("Inner", Assert.Throws<CanonicalFormException>(() => Form.Of(new Nested(default(ArraySegment<int>)))).Path);
        Assert.Equal("[]", Form.Of(ImmutableArray<int>.Empty));
    }

    [Fact]
    public void A_JSON_object_with_a_key_twice_is_an_error_with_its_path()
    {
        using JsonDocument json = JsonDocument.Parse("""{"a":{"b":1,"b":2}}""");
        var fault = Assert.Throws<CanonicalFormException>(() => Form.Of(new Nested(json.RootElement)));

        Assert.Equal("Inner.a", fault.Path);
        Assert.Contains("'b'", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_class_derived_from_Uri_is_an_error() =>
        Assert.Throws<CanonicalFormException>(() => Form.Of(new TaggedUri("http://a/", 1)));

    private static IEnumerable<int> Iterator()
    {
        yield return 1;
        yield return 2;
    }

    private sealed class Schedule(double[] steps) : IEnumerable<double>
    {
        public int Warmup { get; init; }

        public IEnumerator<double> GetEnumerator() => steps.AsEnumerable().GetEnumerator();

        IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
    }

    private sealed class NamedList(string name) : List<int>
    {
        public string Name { get; } = name;
    }

    private sealed class NamedMap : Dictionary<string, int>
    {
        public string Name { get; init; } = "";
    }

    private sealed class OtherTuple : ITuple
    {
        private readonly int _hidden = 1;

        public object? this[int index] => _hidden;

        public int Length => 1;
    }

    private sealed class TaggedUri(string text, int tag) : Uri(text)
    {
        public int Tag { get; } = tag;
    }
}
