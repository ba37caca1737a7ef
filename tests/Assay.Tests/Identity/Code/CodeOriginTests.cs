using System.Linq.Expressions;
using System.Runtime.CompilerServices;
using System.Runtime.Loader;

namespace Assay.Tests;

/// <summary>The code of users, packages, the framework and Assay, and operations without readable code.</summary>
[Trait("Category", "Quick")]
public sealed class CodeOriginTests
{
    [Fact]
    public void A_package_counts_with_its_version_in_deps_json()
    {
        CodeFingerprint fingerprint = CodeFingerprinter.Of(() => Assert.Fail("not called"));
        string version = PackageVersions.OfProgram["xunit.assert"].Version;
        Assert.Equal(version, fingerprint.Members["package:xunit.assert"]);
        Assert.DoesNotContain(fingerprint.Members.Keys, name => name.StartsWith("Xunit", StringComparison.Ordinal));
    }

    [Fact]
    public void Framework_and_Assay_do_not_count()
    {
        CodeFingerprint fingerprint = CodeFingerprinter.Of(() => Console.WriteLine(new AssayException("message")));
        Assert.Equal(["operation()"], fingerprint.Members.Keys.Where(name => !name.Contains("closure", StringComparison.Ordinal)));
    }

    [Fact]
    public void Every_project_of_Assay_is_known_as_shipped_code() => Assert.Empty(
        Directory.GetDirectories(Repository.File("src")).Select(folder => Path.GetFileName(folder)).Except(CodeOrigin.Shipped));

    [Fact]
    public void Test_projects_named_like_Assay_are_user_code() =>
        Assert.Contains("Assay.Testing.TempFolder.ctor()", CodeFingerprinter.Of(() => new TempFolder()).Members.Keys);

    [Fact]
    public void Only_libraries_of_type_package_are_packages()
    {
        const string Deps = """
            {
              "targets": { ".NETCoreApp,Version=v10.0": {
                "App/1.0.0": { "runtime": { "App.dll": {} } },
                "Some.Package/2.3.4-beta": { "runtime": { "lib/net8.0/Some.One.dll": {}, "lib/net8.0/Some.Two.dll": {} } },
                "Native.Package/5.0.0": { "runtimeTargets": { "runtimes/unix/lib/net8.0/Native.dll": {}, "runtimes/x/native/x.so": {} } },
                "Plain/1.0.0": { "runtime": { "Plain.dll": {} } } } },
              "libraries": {
                "App/1.0.0": { "type": "project" }, "Some.Package/2.3.4-beta": { "type": "package" },
                "Native.Package/5.0.0": { "type": "package" }, "Plain/1.0.0": { "type": "reference" } }
            }
            """;
        IReadOnlyDictionary<string, (string Name, string Version)> read = PackageVersions.Read(Deps);
        Assert.Equal(["Native", "Some.One", "Some.Two"], read.Keys.Order());
        Assert.Equal(("Some.Package", "2.3.4-beta"), read["Some.Two"]);
    }

    [Fact]
    public void An_operation_of_the_framework_is_identified_by_its_name()
    {
        CodeFingerprint write = CodeFingerprinter.Of((Action)Console.WriteLine);
        Assert.Empty(write.Members);
        Assert.NotEqual(write.Value, CodeFingerprinter.Of((Action)Console.Clear).Value);
    }

    [Fact]
    public void A_dynamic_method_counts_with_its_signature()
    {
        Delegate Compiled(int number) => Expression.Lambda<Func<int>>(Expression.Constant(number)).Compile();
        CodeFingerprint one = CodeFingerprinter.Of(Compiled(1));

        Assert.Equal(one.Value, CodeFingerprinter.Of(Compiled(2)).Value);
        Assert.Equal(["method without code"], one.Members.Keys);
        Assert.Empty(one.Captured);
        Assert.NotEqual(one.Value, CodeFingerprinter.Of(Expression.Lambda<Func<long>>(Expression.Constant(1L)).Compile()).Value);
    }

    [Fact]
    public void The_user_s_other_assemblies_count_member_by_member()
    {
        const string Library = """
            namespace Lib;
            public static class Tools { public static int Used(int x) => x + 10; public static int Unused(int x) => x + 20; }
            """;
        const string Program = """
            using System;
            public static class Program { public static Func<int, int> Operation() => x => Lib.Tools.Used(x); }
            """;
        string plain = WithLibrary(Library, Program).Value;
        Assert.NotEqual(plain, WithLibrary(CodeVariant.Edit(Library, "x + 10", "x + 11"), Program).Value);
        Assert.Equal(plain, WithLibrary(CodeVariant.Edit(Library, "x + 20", "x + 21"), Program).Value);
    }

    [Fact]
    public void A_missing_assembly_is_no_error_and_counts_as_missing()
    {
        const string Library = """
            namespace Lib;
            public struct Pair { public int X; }
            public interface IPart;
            public static class Tools { public static int Used(int x) => x; }
            """;
        const string Program = """
            using System;
            public static class Program
            {
                public static Func<int, int> Operation() => x => x > 1000 ? Late(x) : x;
                static int Late(int x) => Lib.Tools.Used(x) + Local() + new Derived().GetHashCode() + new Holder().GetHashCode();
                static int Parameter(Lib.Pair? pair) => 1;
                static int Local() { Lib.Pair pair = new(); pair.X = 3; return pair.X + pair.GetHashCode() + Parameter(null); }
            }
            public class Derived : Lib.IPart { }
            public class Holder { public virtual void Take(Lib.Pair pair) { } }
            """;
        CodeFingerprint missing = WithLibrary(Library, Program, load: false);
        Assert.Equal(missing.Value, WithLibrary(Library, Program, load: false).Value);
        Assert.NotEqual(missing.Value, WithLibrary(Library, Program).Value);
        Assert.Contains("Program.Late(int)", missing.Members.Keys);
        Assert.Equal(32, WithLibrary(Library, Program, load: false, CodeIdentity.Assembly).Value.Length);
    }

    [Fact]
    public void The_same_method_is_computed_once()
    {
        Action operation = () => Console.WriteLine();
        Assert.Same(CodeFingerprinter.Of(operation), CodeFingerprinter.Of(operation));
    }

    [Fact]
    public void A_fingerprinted_assembly_can_still_be_unloaded()
    {
        WeakReference context = FingerprintAndUnload();
        for (int i = 0; i < 20 && context.IsAlive; i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }

        Assert.False(context.IsAlive);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static WeakReference FingerprintAndUnload()
    {
        Delegate operation = CodeVariant.Operation(LabProgram.Source);
        CodeFingerprinter.Of(operation);
        AssemblyLoadContext context = AssemblyLoadContext.GetLoadContext(operation.Method.Module.Assembly)!;
        context.Unload();
        return new WeakReference(context);
    }

    private static CodeFingerprint WithLibrary(string library, string program, bool load = true, CodeIdentity mode = default)
    {
        using TempFolder folder = new();
        string path = folder.File("Library.dll");
        byte[] other = CSharpCompiler.CompileTo(path, library);
        byte[] image = CSharpCompiler.Compile(program, folder.Path, $"/r:{path}");
        AssemblyLoadContext context = new("with library", isCollectible: true);
        if (load) context.LoadFromStream(new MemoryStream(other));
        return CodeFingerprinter.Of(CodeVariant.OperationOf(context.LoadFromStream(new MemoryStream(image))), mode);
    }
}
