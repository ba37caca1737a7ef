namespace Assay.Cli.Tests.Queries;

[Trait("Category", "Quick")]
public sealed class ValuePathTests
{
    private static readonly object? Value = new Dictionary<string, object?>
    {
        ["a.b"] = 1L,
        ["layers"] = new object?[]
        {
            new Dictionary<string, object?> { ["size"] = 3L, ["in"] = new object?[] { 1L, 2L } },
            new Dictionary<string, object?> { ["size"] = 5L, ["in"] = new object?[] { 3L } },
        },
        ["LearningRate"] = 0.1,
        ["x\"y\\z"] = 2L,
        [""] = 3L,
        ["none"] = null,
    };

    [Theory]
    [InlineData("layers[].size", "3 5")]
    [InlineData("layers.[].size", "3 5")]
    [InlineData("layers[1].size", "5")]
    [InlineData("layers.1.size", "5")]
    [InlineData("layers[2].size", "")]
    [InlineData("layers[].in[]", "1 2 3")]
    [InlineData("[\"a.b\"]", "1")]
    [InlineData("['a.b']", "1")]
    [InlineData("a.b", "")]
    [InlineData("learning_rate", "0.1")]
    [InlineData("[\"x\\\"y\\\\z\"]", "2")]
    [InlineData("[\"\"]", "3")]
    [InlineData("none", "null")]
    [InlineData("none.x", "")]
    [InlineData("layers.size", "")]
    public void A_path_leads_to_values(string path, string values) =>
        Assert.Equal(values, string.Join(' ', ValuePath.Parse(path).Select(Value).Select(v => JsonText.Of(v))));

    [Fact]
    public void Every_leaf_is_found_again_by_its_path_as_it_is_written()
    {
        foreach ((ValuePath path, object? value) in PlainValue.Leaves(Value, ValuePath.Root))
            Assert.Contains(value, ValuePath.Parse(path.ToString()).Select(Value));
    }

    [Theory]
    [InlineData("")]
    [InlineData("a.")]
    [InlineData(".a")]
    [InlineData("a[")]
    [InlineData("a[\"b]")]
    [InlineData("a[99999999999]")]
    [InlineData("a]")]
    public void What_is_no_path_is_refused_with_its_place(string path) =>
        Assert.Contains(
            "cannot be read at character", Assert.ThrowsAny<AssayException>(() => ValuePath.Parse(path)).Message, StringComparison.Ordinal);
}
