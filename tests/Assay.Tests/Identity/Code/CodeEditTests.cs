namespace Assay.Tests;

/// <summary>Edits that must change the fingerprint, and edits that must not, each compiled with and without optimisation.</summary>
public sealed class CodeEditTests
{
    private static readonly string[] Plain = Fingerprints(LabProgram.Source);

    [Theory]
    [InlineData("the operation itself", "int total = offset +", "int total = offset -")]
    [InlineData("a local function in it", "x + 11", "x + 12")]
    [InlineData("a lambda in it", "x * 13", "x * 14")]
    [InlineData("an array initialiser in it", "{ 4, 2, 9 }", "{ 4, 2, 8 }")]
    [InlineData("a helper", "Second(x) + 1", "Second(x) + 2")]
    [InlineData("a helper of a helper", "x * 5", "x * 7")]
    [InlineData("a constant", "Weight = 41", "Weight = 42")]
    [InlineData("a static initialiser", "1, 2, 3, 5, 8, 13 };", "1, 2, 3, 5, 8, 14 };")]
    [InlineData("a lambda in a static initialiser", "x + 31", "x + 32")]
    [InlineData("an async body", "x + 51", "x + 52")]
    [InlineData("an iterator body", "yield return 61", "yield return 62")]
    [InlineData("an override", "radius * 71", "radius * 70")]
    [InlineData("a virtual method of a base class", "Corners() => 4", "Corners() => 5")]
    [InlineData("a static field of a generic class", "\"label\"", "\"labels\"")]
    [InlineData("a type argument", "Box<int>.Make(7)", "Box<long>.Make(7)")]
    [InlineData("a comparer", "* 81", "* -81")]
    [InlineData("a default interface method", "Greet() => 82", "Greet() => 83")]
    [InlineData("a static interface implementation", "text + \"83\"", "text + \"84\"")]
    [InlineData("an event accessor", "Count += 84", "Count += 85")]
    [InlineData("a property accessor", "_start * 92", "_start * 93")]
    [InlineData("a field initialiser", "_start = 91", "_start = 90")]
    [InlineData("a constructor", "_start += extra", "_start -= extra")]
    [InlineData("a lambda given to Lazy", "() => 93", "() => 92")]
    [InlineData("a method group", "x + 17", "x + 18")]
    [InlineData("an interpolated string", "value {x} of", "value {x} for")]
    [InlineData("a string literal", "\"none\"", "\"None\"")]
    [InlineData("a u8 literal", "\"bytes\"u8", "\"bites\"u8")]
    [InlineData("an arm of a switch expression", "2 => 20", "2 => 30")]
    [InlineData("the value of a switch's arm", "3 => 5, 4 => 8", "3 => 5, 4 => 9")]
    [InlineData("the caught exception", "catch (DivideByZeroException)", "catch (OverflowException)")]
    [InlineData("what finally does", "Console.Out.Flush()", "Console.Error.Flush()")]
    [InlineData("an anonymous type", "B = \"b\" }", "C = \"b\" }")]
    [InlineData("a value of an enum", "Good, Great }", "Good = 5, Great }")]
    [InlineData("a name in an enum", "Bad, Good, Great", "Worse, Good, Great")]
    [InlineData("a field of a struct", "public int Y = y;", "public long Y = y;")]
    [InlineData("a file-local class", "Value => 94", "Value => 95")]
    [InlineData("how a parameter record computes a property", "Hidden * 2", "Hidden * 3")]
    [InlineData("a setter of a nested parameter record", "value + 21", "value + 22")]
    public void An_edit_in_reached_code_changes_the_fingerprint(string what, string from, string to)
    {
        string[] edited = Fingerprints(CodeVariant.Edit(LabProgram.Source, from, to));
        Assert.True(Plain[0] != edited[0], $"{what}: debug build");
        Assert.True(Plain[1] != edited[1], $"{what}: optimised build");
    }

    [Theory]
    [InlineData("a comment", "// above the operation", "// above the operation\n\n\n// and more")]
    [InlineData("a method that is not called", "x * 6", "x * 60")]
    [InlineData("a lambda in a method that is not called", "y + x", "y - x")]
    [InlineData("a new method before all others", "// above the operation", "static int New(int x) => x;")]
    [InlineData("a new lambda in a new method before", "// above the operation", "static Func<int, int> New(int k) => x => x + k;")]
    [InlineData("a new local function before", "// above the operation", "static int New(int k) { int L(int x) => x + k; return L(1); }")]
    [InlineData("a new async method before", "// above the operation", "static async Task New() => await Task.Yield();")]
    [InlineData("a new iterator before", "// above the operation", "static IEnumerable<int> New() { yield return 1; }")]
    [InlineData("a new lambda before it in the same method", "Func<int> neighbour", "Func<int, int> n = x => x; Func<int> neighbour")]
    [InlineData("a new capturing lambda before it", "Func<int> neighbour", "Func<int> n = () => offset + 1; Func<int> neighbour")]
    [InlineData("a new scope with a closure before it", "Func<int> neighbour", "{ int z = 1; Func<int> n = () => z; } Func<int> neighbour")]
    [InlineData("the lambda beside it", "offset * 2", "offset * 4")]
    [InlineData("the value of a captured variable", "offset = 3", "offset = 4")]
    [InlineData("a new class", "public static class Constants", "public class New { public int F = 1; } public static class Constants")]
    [InlineData("a class that is not used", "\"elsewhere\"", "\"nowhere\"")]
    [InlineData("a subclass that is not used", "Area() => 73", "Area() => 74")]
    [InlineData("a plain method of a class that is used", "NotVirtual() => 72", "NotVirtual() => 73")]
    [InlineData("an attribute", "\"old\"", "\"older\"")]
    [InlineData("a new lambda in a class whose lambdas are used", "private static int MethodGroup",
        "static Func<int> New => () => 5; private static int MethodGroup")]
    [InlineData("a new anonymous type", "// above the operation", "static object New() => new { Z = 1 };")]
    [InlineData("a new array initialiser", "// above the operation", "static int[] New() => new[] { 7, 7, 7, 7, 7 };")]
    [InlineData("a new string literal", "// above the operation", "static string New() => \"aaa\";")]
    [InlineData("a new dynamic call", "// above the operation", "static int New(dynamic d) => d.Go();")]
    [InlineData("a new method group", "// above the operation", "static Func<int, int> New() => Unrelated;")]
    [InlineData("a new file-local class", "file static class Hidden", "file static class Another { } file static class Hidden")]
    [InlineData("a module initialiser", "// above the operation",
        "[System.Runtime.CompilerServices.ModuleInitializer] internal static void Init() { }")]
    public void An_edit_elsewhere_does_not_change_the_fingerprint(string what, string from, string to)
    {
        string[] edited = Fingerprints(CodeVariant.Edit(LabProgram.Source, from, to));
        Assert.True(Plain[0] == edited[0], $"{what}: debug build");
        Assert.True(Plain[1] == edited[1], $"{what}: optimised build");
    }

    private static string[] Fingerprints(string source) =>
    [
        CodeVariant.Of(source, CodeIdentity.Reachable, "/optimize-", "/debug:embedded").Value,
        CodeVariant.Of(source, CodeIdentity.Reachable, "/optimize+").Value,
    ];
}
