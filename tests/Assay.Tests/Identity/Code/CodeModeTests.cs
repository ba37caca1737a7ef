namespace Assay.Tests;

public sealed class CodeModeTests
{
    [Fact]
    public void Reachable_is_the_default() =>
        Assert.Equal(CodeIdentity.Reachable, CodeFingerprinter.Of(CodeVariant.Operation(LabProgram.Source)).Mode);

    [Fact]
    public void None_has_no_value_and_no_members_but_names_captured_variables()
    {
        CodeFingerprint none = CodeVariant.Of(LabProgram.Source, CodeIdentity.None);
        Assert.Equal("", none.Value);
        Assert.Empty(none.Members);
        Assert.Equal(["offset"], none.Captured);
    }

    [Theory]
    [InlineData("x + 11", "x + 12", true)]
    [InlineData("x * 13", "x * 14", true)]
    [InlineData("{ 4, 2, 9 }", "{ 4, 2, 8 }", true)]
    [InlineData("Second(x) + 1", "Second(x) + 2", false)]
    [InlineData("Hidden * 2", "Hidden * 3", false)]
    [InlineData("offset * 2", "offset * 4", false)]
    public void Operation_stops_at_declared_members(string from, string to, bool counts) =>
        Assert.Equal(counts, Differs(CodeIdentity.Operation, from, to));

    [Fact]
    public void Operation_includes_an_async_body_and_its_lambdas()
    {
        const string Source = """
            using System; using System.Threading.Tasks;
            public static class Program
            {
                public static Func<int, Task<int>> Operation() =>
                    async x => { await Task.Yield(); Func<int> f = () => x + 10; return f() + Named(); };
                static int Named() => 20;
            }
            """;
        string plain = CodeVariant.Of(Source, CodeIdentity.Operation).Value;
        Assert.NotEqual(plain, CodeVariant.Of(CodeVariant.Edit(Source, "x + 10", "x + 11"), CodeIdentity.Operation).Value);
        Assert.Equal(plain, CodeVariant.Of(CodeVariant.Edit(Source, "=> 20", "=> 21"), CodeIdentity.Operation).Value);
    }

    [Theory]
    [InlineData("x + 11", "x + 12", true)]
    [InlineData("x * 6", "x * 60", true)]
    [InlineData("y + x", "y - x", true)]
    [InlineData("\"elsewhere\"", "\"nowhere\"", true)]
    [InlineData("NotVirtual() => 72", "NotVirtual() => 73", true)]
    [InlineData("offset * 2", "offset * 4", true)]
    [InlineData("// above the operation", "// more\n\n", false)]
    [InlineData("\"old\"", "\"older\"", false)]
    public void Assembly_counts_every_method_and_nothing_but_code(string from, string to, bool counts) =>
        Assert.Equal(counts, Differs(CodeIdentity.Assembly, from, to));

    [Fact]
    public void Assembly_does_not_depend_on_the_order_of_members()
    {
        const string One = "public static int One() => new Func<int>(() => 1)();\n";
        const string Two = "public static int Two() => new Func<int>(() => 2)();\n";
        const string Program = "public static class Program { public static Func<int> Operation() => () => 1; }\n";
        Assert.Equal(
            CodeVariant.Of("using System;\npublic static class A {" + One + Two + "}\n" + Program, CodeIdentity.Assembly).Value,
            CodeVariant.Of("using System;\n" + Program + "public static class A {" + Two + One + "}\n", CodeIdentity.Assembly).Value);
    }

    [Fact]
    public void Assembly_counts_embedded_resources()
    {
        using TempFolder folder = new();
        string Value(string content)
        {
            File.WriteAllText(folder.File("data.txt"), content);
            byte[] image = CSharpCompiler.Compile(LabProgram.Source, folder.Path, $"/resource:{folder.File("data.txt")},data");
            return CodeFingerprinter.Of(CodeVariant.Load(image), CodeIdentity.Assembly).Value;
        }

        Assert.NotEqual(Value("one"), Value("two"));
    }

    [Fact]
    public void A_mode_that_does_not_exist_is_refused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => CodeFingerprinter.Of(() => { }, (CodeIdentity)9));

    private static bool Differs(CodeIdentity mode, string from, string to) =>
        CodeVariant.Of(LabProgram.Source, mode).Value != CodeVariant.Of(CodeVariant.Edit(LabProgram.Source, from, to), mode).Value;
}
