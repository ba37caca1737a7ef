namespace Assay.Tests;

[Trait("Category", "Quick")]
public sealed class CanonicalFaultTests
{
    [Fact]
    public void A_value_without_a_form_is_an_error_that_names_its_path()
    {
        var value = new Nested(new Dictionary<string, object?> { ["list"] = new object?[] { 1, () => 2 } });
        var fault = Assert.Throws<CanonicalFormException>(() => Form.Of(value));

        Assert.Equal("Inner.list[1]", fault.Path);
        Assert.StartsWith("at 'Inner.list[1]': a value of type System.Func<System.Int32> has no canonical form.", fault.Message);
        Assert.Contains("IFingerprintable", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_class_with_hidden_state_is_an_error_that_names_the_field()
    {
        var fault = Assert.Throws<CanonicalFormException>(() => Form.Of(new Nested(new Secretive(1))));

        Assert.Equal("Inner", fault.Path);
        Assert.Contains("_calls", fault.Message, StringComparison.Ordinal);
        Assert.Contains("record", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_cycle_is_an_error()
    {
        var node = new Node();
        node.Next = node;

        var fault = Assert.Throws<CanonicalFormException>(() => Form.Of(node));

        Assert.Contains("contains itself", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_local_time_is_an_error()
    {
        var local = new DateTime(2026, 1, 2, 0, 0, 0, DateTimeKind.Local);
        Assert.Contains("DateTimeOffset", Assert.Throws<CanonicalFormException>(() => Form.Of(local)).Message);
    }

    [Fact]
    public void A_missing_file_is_an_error_with_the_path_that_was_tried()
    {
        var fault = Assert.Throws<CanonicalFormException>(() => Form.Of(new Nested(new FileRef("no/such/file.csv"))));

        Assert.Equal("Inner", fault.Path);
        Assert.Contains(Path.GetFullPath("no/such/file.csv"), fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_writer_can_be_used_again_after_a_fault()
    {
        var writer = new CanonicalWriter(canonical: true, new FileHasher(TimeProvider.System));
        for (int i = 0; i < 200; i++) Assert.Throws<CanonicalFormException>(() => writer.Reset().Value(new[] { (object)(() => 1) }));

        writer.Reset().Value(new[] { 1 });

        Assert.Equal("[1]", writer.Json.ToString());
    }
}
