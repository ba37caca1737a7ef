namespace Assay.Tests;

/// <summary>The members of records and structs in the canonical form.</summary>
[Trait("Category", "Quick")]
public sealed class RecordShapeTests
{
    [Fact]
    public void An_overridden_property_is_written_once_with_the_value_of_the_most_derived_type() => Assert.Equal(
        """{"$type":"Assay.Tests.RecordShapeTests.Derived","Other":3,"Rate":2}""", Form.Of(new Derived { Other = 3 }));

    [Fact]
    public void A_private_field_that_is_not_readonly_is_an_error_that_names_it()
    {
        foreach (object value in new object[] { new Remembering("abc"), new Counter(1), new Captured(1) })
        {
            var fault = Assert.Throws<CanonicalFormException>(() => Form.Of(new Nested(value)));
            Assert.Equal("Inner", fault.Path);
            Assert.Matches("'(_length|_calls|start)'", fault.Message);
            Assert.Contains("readonly", fault.Message, StringComparison.Ordinal);
            Assert.Contains("IFingerprintable", fault.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_property_that_caches_its_value_does_not_change_the_form()
    {
        var value = new Lazy("abc");
        string before = Form.Of(value);
        Assert.Equal(3, value.Length);
        Assert.Equal(before, Form.Of(value));
    }

    [Fact]
    public void A_file_local_type_has_the_name_of_its_file_and_not_of_its_folder()
    {
        Assert.Equal("""{"$type":"Assay.Tests.Local@RecordShapeTests","A":1}""", Form.Of(new Local(1)));
        Assert.Equal("""{"$type":"Assay.Tests.Local@RecordShapeTests.Inner","B":1}""", Form.Of(new Local.Inner(1)));
        Assert.Equal("Assay.Tests.LocalPair@RecordShapeTests<System.Int32, Assay.Tests.Local@RecordShapeTests>",
            FullTypeName.Of(typeof(LocalPair<int, Local>)));
    }

    private sealed record Remembering(string Text)
    {
        private int? _length;

        public int Length => _length ??= Text.Length;
    }

    private sealed record Lazy(string Text)
    {
        public int Length => field == 0 ? field = Text.Length : field;
    }

    private struct Counter(int calls)
    {
        private int _calls = calls;

        public int Next() => _calls++;
    }

    private struct Captured(int start)
    {
        public int Next() => start++;
    }

    private record Base
    {
        public virtual int Rate { get; init; } = 1;
    }

    private sealed record Derived : Base
    {
        public override int Rate { get; init; } = 2;

        public int Other { get; init; }
    }
}

file sealed record Local(int A)
{
    public sealed record Inner(int B);
}

file sealed record LocalPair<TOne, TOther>(TOne One, TOther Other);
