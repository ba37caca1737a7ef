using System.Globalization;

namespace Assay.Tests;

/// <summary>The same source has the same fingerprint in every build.</summary>
public sealed class CodeRebuildTests
{
    private const string Source = """
        using System;
        public static class Program
        {
            public static Func<int> Operation() => () => ((IHidden)new Hidden()).Get() + new[] { 7, -8, 9 }[1] + (int)-2.5;
        }
        file interface IHidden { int Get(); }
        file class Hidden : IHidden { int IHidden.Get() => -5; }
        """;

    [Fact]
    public void Two_folders_give_the_same_value()
    {
        using TempFolder first = new();
        using TempFolder second = new();
        string deep = Directory.CreateDirectory(second.File("a", "b")).FullName;
        byte[] one = CSharpCompiler.Compile(Source, first.Path, "/deterministic", "/debug:embedded");
        byte[] two = CSharpCompiler.Compile(Source, deep, "/deterministic", "/debug:embedded");

        Assert.NotEqual(one, two);
        AssertSame(one, two);
    }

    [Fact]
    public void Two_builds_that_are_not_deterministic_give_the_same_value()
    {
        using TempFolder folder = new();
        byte[] one = CSharpCompiler.Compile(Source, folder.Path, "/deterministic-");
        byte[] two = CSharpCompiler.Compile(Source, folder.Path, "/deterministic-");

        Assert.NotEqual(one, two);
        AssertSame(one, two);
    }

    [Fact]
    public void The_name_and_version_of_the_assembly_do_not_change_the_value()
    {
        const string Version = "using System; [assembly: System.Reflection.AssemblyVersion(\"7.1.0.0\")]";
        using TempFolder folder = new();
        byte[] one = CSharpCompiler.Compile(Source, folder.Path);
        string versioned = CodeVariant.Edit(Source, "using System;", Version);
        byte[] two = CSharpCompiler.CompileTo(folder.File("Other.dll"), versioned);
        AssertSame(one, two);
    }

    [Theory]
    [InlineData("tr-TR")]
    [InlineData("ar-SA")]
    [InlineData("sv-SE")]
    public void Another_culture_gives_the_same_value(string culture)
    {
        string expected = CodeVariant.Of(LabProgram.Source).Value;
        CultureInfo before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo(culture);
            Assert.Equal(expected, CodeVariant.Of(LabProgram.Source).Value);
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public void Debug_and_release_builds_differ_because_their_code_does() =>
        Assert.NotEqual(
            CodeVariant.Of(Source, CodeIdentity.Reachable, "/optimize-").Value,
            CodeVariant.Of(Source, CodeIdentity.Reachable, "/optimize+").Value);

    // A failure means that every stored run has a new id. Read the design note before changing the value.
    [Fact]
    public void The_normal_form_is_that_of_stored_runs() =>
        Assert.Equal("575b232e7860523f57a126ea3c0a5ce1", CodeVariant.Of(Source, CodeIdentity.Reachable, "/optimize+").Value);

    private static void AssertSame(byte[] one, byte[] two) =>
        Assert.Equal(CodeFingerprinter.Of(CodeVariant.Load(one)).Value, CodeFingerprinter.Of(CodeVariant.Load(two)).Value);
}
