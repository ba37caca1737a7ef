using System.Reflection;
using System.Runtime.Loader;

namespace Assay.Tests;

/// <summary>Compiles a program, loads it into a context of its own, and returns its operation (<c>Program.Operation()</c>).</summary>
internal static class CodeVariant
{
    /// <summary>The delegate that the compiled source returns.</summary>
    public static Delegate Operation(string source, params string[] options)
    {
        using TempFolder folder = new();
        return Load(CSharpCompiler.Compile(source, folder.Path, ["/deterministic", .. options]));
    }

    /// <summary>The fingerprint of the compiled source's operation.</summary>
    public static CodeFingerprint Of(string source, CodeIdentity mode = CodeIdentity.Reachable, params string[] options) =>
        CodeFingerprinter.Of(Operation(source, options), mode);

    public static Delegate Load(byte[] image)
    {
        AssemblyLoadContext context = new("variant", isCollectible: true);
        return OperationOf(context.LoadFromStream(new MemoryStream(image)));
    }

    public static Delegate OperationOf(Assembly assembly) =>
        (Delegate)assembly.GetType("Program", throwOnError: true)!.GetMethod("Operation")!.Invoke(null, null)!;

    /// <summary>Replaces a text that must occur in the source exactly once.</summary>
    public static string Edit(string source, string from, string to)
    {
        Assert.Equal(2, source.Split(from).Length);
        return source.Replace(from, to, StringComparison.Ordinal);
    }
}
