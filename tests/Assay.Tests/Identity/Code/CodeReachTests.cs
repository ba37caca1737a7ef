namespace Assay.Tests;

/// <summary>The reached code of programs that need a source of their own.</summary>
public sealed class CodeReachTests
{
    private const string Usings = "using System; using System.Linq; using System.Collections.Generic; using System.Threading.Tasks;\n";

    [Fact]
    public void An_async_operation_counts_with_its_body_and_what_it_awaits()
    {
        const string Source = Usings + """
            public static class Program
            {
                public static Func<int, Task<int>> Operation()
                {
                    int captured = 1;
                    return async x => { await Task.Yield(); return await Load(x) + captured + 10; };
                }
                static async Task<int> Load(int x) { await Task.Delay(1); return x + 20; }
                static async Task<int> Other(int x) { await Task.Delay(1); return x + 30; }
            }
            """;
        Counts(Source, "captured + 10", "captured + 11");
        Counts(Source, "x + 20", "x + 21");
        DoesNotCount(Source, "x + 30", "x + 31");
        Assert.Equal(["captured"], CodeVariant.Of(Source).Captured);
    }

    [Fact]
    public void Type_arguments_count_with_their_constructors()
    {
        const string Source = Usings + """
            public class Made { public int X = 10; }
            public struct Listed { public int Y; public Listed(int y) { Y = y + 20; } }
            public class Elsewhere { public int Z = 30; }
            public static class Program
            {
                public static Func<int, int> Operation() => x => New<Made>().X + new List<Listed>().Count;
                static T New<T>() where T : new() => new();
                static int Other() => New<Elsewhere>().Z;
            }
            """;
        Counts(Source, "X = 10", "X = 11");
        Counts(Source, "y + 20", "y + 21");
        DoesNotCount(Source, "Z = 30", "Z = 31");
    }

    [Fact]
    public void The_override_of_the_object_that_a_method_group_is_bound_to_counts()
    {
        const string Source = Usings + """
            public abstract class Study { public int Run(int x) => Step(x); protected abstract int Step(int x); }
            public class Mine : Study { protected override int Step(int x) => x + 10; }
            public class Yours : Study { protected override int Step(int x) => x + 20; }
            public static class Program { public static Func<int, int> Operation() => Make().Run; static Study Make() => new Mine(); }
            """;
        Counts(Source, "x + 10", "x + 11");
        DoesNotCount(Source, "x + 20", "x + 21");
    }

    [Fact]
    public void The_override_of_the_object_that_a_lambda_calls_this_counts()
    {
        const string Source = Usings + """
            public abstract class Study
            {
                public Func<int, int> Make() { int n = 3; return x => Step(x) + n; }
                protected abstract int Step(int x);
            }
            public class Mine : Study { protected override int Step(int x) => x + 10; }
            public static class Program { public static Func<int, int> Operation() => new Mine().Make(); }
            """;
        Counts(Source, "x + 10", "x + 11");
        Assert.Equal(["n", "this"], CodeVariant.Of(Source).Captured);
    }

    [Fact]
    public void A_program_of_top_level_statements_is_as_stable_as_any_other()
    {
        const string Source = Usings + """
            int Helper(int x) => x + 10;
            int Other(int x) => x + 20;
            Func<int, int> unused = y => y;
            Program.Kept = (Func<int, int>)(x => Helper(x));
            public partial class Program
            {
                public static Delegate Kept;
                public static Delegate Operation()
                {
                    typeof(Program).Assembly.EntryPoint.Invoke(null, new object[] { Array.Empty<string>() });
                    return Kept;
                }
            }
            """;
        string[] options = ["/target:exe"];
        string Value(string from, string to) =>
            CodeVariant.Of(CodeVariant.Edit(Source, from, to), CodeIdentity.Reachable, options).Value;
        string plain = CodeVariant.Of(Source, CodeIdentity.Reachable, options).Value;

        Assert.NotEqual(plain, Value("x + 10", "x + 11"));
        Assert.Equal(plain, Value("x + 20", "x + 21"));
        Assert.Equal(plain, Value("int Helper", "int Early(int x) => x; Func<int, int> early = z => z + 1; int Helper"));
    }

    [Fact]
    public void Two_operations_that_reach_the_same_members_differ()
    {
        const string Source = Usings + """
            public static class Program
            {
                public static Func<int, int> Operation() => A;
                static int A(int x) => x > 0 ? B(x - 1) : 1;
                static int B(int x) => x > 0 ? A(x - 1) : 2;
            }
            """;
        CodeFingerprint a = CodeVariant.Of(Source);
        CodeFingerprint b = CodeVariant.Of(CodeVariant.Edit(Source, "=> A;", "=> B;"));
        Assert.Equal(a.Members, b.Members);
        Assert.NotEqual(a.Value, b.Value);
    }

    [Fact]
    public void Every_part_of_a_multicast_delegate_counts()
    {
        const string Source = Usings + """
            public static class Program
            {
                public static Action Operation() => (Action)(() => Console.WriteLine(1)) + (() => Console.WriteLine(2));
            }
            """;
        Counts(Source, "WriteLine(2)", "WriteLine(3)");
    }

    [Fact]
    public void Expression_trees_count_with_the_members_they_refer_to()
    {
        const string Source = Usings + """
            public class Row { public int Value => 10; public int Other => 20; }
            public static class Program
            {
                public static Func<int> Operation() => () => Read(row => row.Value);
                static int Read(System.Linq.Expressions.Expression<Func<Row, int>> pick) => 1;
            }
            """;
        Counts(Source, "Value => 10", "Value => 11");
        DoesNotCount(Source, "Other => 20", "Other => 21");
        Counts(Source, "row.Value", "row.Other");
    }

    [Fact]
    public void Indirect_calls_and_imports_are_read()
    {
        const string Source = Usings + """
            public static unsafe class Program
            {
                public static Func<int> Operation() => () => Call(&Twice, new List<Guid>[1]) + native();
                static int Call(delegate*<int, List<Guid>[], int> function, List<Guid>[] list) => function(2, list);
                static int Twice(int x, List<Guid>[] list) => x * 10;
                [System.Runtime.InteropServices.DllImport("libfirst")] static extern int native();
            }
            """;
        Counts(Source, "x * 10", "x * 11");
        Counts(Source, "libfirst", "libsecond");
        Counts(Source.Replace("List<Guid>", "List<DateTime>", StringComparison.Ordinal), "libfirst", "libsecond");
    }

    [Fact]
    public void Reordering_members_does_not_change_the_fingerprint()
    {
        const string First = """
            public class Part : IComparable<Part>, IDisposable
            {
                public int CompareTo(Part other) => new[] { 1 }.Select(x => x + 1).Sum();
                public void Dispose() { Action a = () => { }; a(); }
                public override string ToString() => "part" + new Func<int>(() => 2)();
            }
            """;
        const string Second = """
            public class Part : IDisposable, IComparable<Part>
            {
                public override string ToString() => "part" + new Func<int>(() => 2)();
                public void Dispose() { Action a = () => { }; a(); }
                public int CompareTo(Part other) => new[] { 1 }.Select(x => x + 1).Sum();
            }
            """;
        const string Program = "public static class Program { public static Func<object> Operation() => () => new Part(); }\n";
        Assert.Equal(CodeVariant.Of(Usings + First + Program).Value, CodeVariant.Of(Usings + Program + Second).Value);
        Assert.NotEqual(
            CodeVariant.Of(Usings + First + Program).Value,
            CodeVariant.Of(Usings + Program + CodeVariant.Edit(Second, "x + 1", "x + 2")).Value);
    }

    [Fact]
    public void Moving_the_operation_to_another_method_or_class_does_not_change_the_fingerprint()
    {
        const string Here = Usings + """
            public static class Program { public static Func<int, int> Operation() { int k = 1; return x => x + k + Math.Abs(x); } }
            """;
        const string There = Usings + """
            public static class Program { public static Func<int, int> Operation() => Setup.Make(); }
            public static class Setup
            {
                static int Before() => 1;
                public static Func<int, int> Make() { int k = Before(); return x => x + k + Math.Abs(x); }
            }
            """;
        Assert.Equal(CodeVariant.Of(Here).Value, CodeVariant.Of(There).Value);
    }

    private static void Counts(string source, string from, string to) =>
        Assert.NotEqual(CodeVariant.Of(source).Value, CodeVariant.Of(CodeVariant.Edit(source, from, to)).Value);

    private static void DoesNotCount(string source, string from, string to) =>
        Assert.Equal(CodeVariant.Of(source).Value, CodeVariant.Of(CodeVariant.Edit(source, from, to)).Value);
}
