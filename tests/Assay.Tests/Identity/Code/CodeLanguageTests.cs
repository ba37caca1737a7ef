namespace Assay.Tests;

/// <summary>Features of the language for which the compiler generates types, members or names.</summary>
public sealed class CodeLanguageTests
{
    private const string Source = """
        using System;
        using System.Collections.Generic;
        using System.Linq;
        using System.Threading.Tasks;

        public static class Program
        {
            // elsewhere
            public static Func<int, int> Operation() => x => Work.All(x);
        }

        public static class Work
        {
            // before
            public static int All(int x) => 3.Tripled() + Span(x) + List().Sum() + Copy().A + Generic(x) + Nested(x)() + Late(x)
                + Group() + Stream().ToBlockingEnumerable().Sum() + Query() + Caught(x) + new Sized().Total() + Fixed();

            static int Span(int x) { ReadOnlySpan<int> s = [x, 101, 3]; return s[1]; }
            static IReadOnlyList<int> List() => [102, 2];
            static Pair Copy() => new Pair(103, 2) with { B = 104 };
            static int Generic<T>(T x) => new[] { x }.Select(y => y.GetHashCode() + 105).First();
            static Func<int> Nested(int x)
            {
                int a = x;
                return () =>
                {
                    int b = a;
                    return new Func<int>(() => { int c = a + b; return new Func<int>(() => c + 106)(); })();
                };
            }
            static int Late(dynamic x) => x.CompareTo(107);
            static int Group() => new[] { 1 }.Select(Grouped).First();
            static int Grouped(int x) => x + 108;
            static async IAsyncEnumerable<int> Stream() { await Task.Yield(); yield return 109; }
            static int Query() => (from a in new[] { 1 } from b in new[] { 110 } let c = a + b where c > 1 select a + b + c).First();
            static int Caught(int x) { try { return x; } catch (Exception e) when (e.Message.Length == 111) { return 1; } }
            static int Fixed() { var f = (int a, ref int b) => a + b + 112; int z = 1; return f(1, ref z); }
        }

        public static class Extensions { extension(int x) { public int Tripled() => x * 113; } }
        public record Pair(int A, int B);
        public class Sized(int size = 114) { public int Total() { lock (this) { return size + 115; } } }
        """;

    private const string Noise = """
        static int N1(int x) { ReadOnlySpan<int> s = [x, 1, 2, 3, 4]; return s[1]; }
            static object N2() => new { Noise = new Func<int, int>(a => a + 1) };
            static int N3<T>(T x) { int k = 1; return new[] { x }.Select(y => y.GetHashCode() + k).First(); }
            static int N4(dynamic x) => x.ToString().Length + x[1];
            static async IAsyncEnumerable<int> N5() { await Task.Yield(); yield return 1; int L(int z) => z; yield return L(2); }
            static int N6() => (from a in new[] { 1 } let c = a let d = c select d).First();
            static int N7() { var f = (ref int a) => a; int z = 1; return f(ref z) + new[] { 1 }.Select(N8).First(); }
            static int N8(int x) => x switch { 1 => 2, 2 => 4, 3 => 7, 4 => 9, 9 => 11 };

        """;

    private static readonly string Plain = CodeVariant.Of(Source).Value;

    [Fact]
    public void Generated_code_elsewhere_does_not_change_the_fingerprint()
    {
        Assert.Equal(Plain, CodeVariant.Of(CodeVariant.Edit(Source, "// elsewhere", Noise)).Value);
        Assert.Equal(Plain, CodeVariant.Of(CodeVariant.Edit(Source, "// before", Noise)).Value);
    }

    [Theory]
    [InlineData("a constant span", "101")]
    [InlineData("a collection expression", "102")]
    [InlineData("a record's constructor argument", "103")]
    [InlineData("a with expression", "104")]
    [InlineData("a lambda in a generic method", "105")]
    [InlineData("closures in closures", "106")]
    [InlineData("a dynamic call", "107")]
    [InlineData("a cached method group", "108")]
    [InlineData("an async iterator", "109")]
    [InlineData("a query", "110")]
    [InlineData("an exception filter", "111")]
    [InlineData("a delegate type generated for a lambda", "112")]
    [InlineData("an extension block", "113")]
    [InlineData("a default of a primary constructor", "114")]
    [InlineData("a locked block", "115")]
    public void An_edit_there_changes_the_fingerprint(string what, string number) =>
        Assert.True(Plain != CodeVariant.Of(CodeVariant.Edit(Source, number, "99")).Value, what);

    [Fact]
    public void Members_have_readable_names()
    {
        string[] names = [.. CodeVariant.Of(Source).Members.Keys.Where(name => name.Contains("Work.Nested", StringComparison.Ordinal))];
        Assert.Contains("Work.Nested(int)", names);
        Assert.Contains("Work.Nested.lambda()", names);
        Assert.Contains("Work.Nested.lambda.lambda()", names);
        Assert.Contains("Work.Nested.lambda.lambda.lambda()", names);
    }

    [Fact]
    public void The_members_of_two_fingerprints_differ_in_the_edited_member()
    {
        CodeFingerprint plain = CodeVariant.Of(Source);
        CodeFingerprint edited = CodeVariant.Of(CodeVariant.Edit(Source, "x + 108", "x + 99"));
        Assert.Equal(["Work.Grouped(int)"], plain.Members.Except(edited.Members).Select(member => member.Key));
    }
}
