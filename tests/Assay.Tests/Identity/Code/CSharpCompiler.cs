using System.Reflection;
using System.Runtime.Loader;

namespace Assay.Tests;

/// <summary>The C# compiler of the SDK, called inside the test process, where a compilation takes about thirty milliseconds.</summary>
internal static class CSharpCompiler
{
    private static readonly string Runtime = Path.GetDirectoryName(typeof(object).Assembly.Location)!;
    private static readonly Lazy<MethodInfo> Main = new(Load);

    private static readonly string[] References =
    [
        .. new[]
        {
            "System.Private.CoreLib", "System.Runtime", "System.Console", "System.Linq", "System.Linq.Expressions", "System.Collections",
            "System.Threading", "System.Private.Uri", "System.Text.RegularExpressions", "Microsoft.CSharp",
        }.Select(name => $"/r:{Path.Combine(Runtime, name + ".dll")}"),
        $"/r:{typeof(FactAttribute).Assembly.Location}",
    ];

    /// <summary>Compiles one file to a library called Variant.</summary>
    /// <param name="source">The text of the file.</param>
    /// <param name="folder">The folder of the file and the library.</param>
    /// <param name="options">Further compiler options.</param>
    public static byte[] Compile(string source, string folder, params string[] options) =>
        CompileTo(Path.Combine(folder, "Variant.dll"), source, options);

    /// <summary>Compiles one file to an assembly, in the folder of the assembly.</summary>
    public static byte[] CompileTo(string output, string source, params string[] options)
    {
        string folder = Path.GetDirectoryName(output)!;
        string file = Path.Combine(folder, "Program.cs");
        string errors = Path.Combine(folder, "errors.json");
        File.WriteAllText(file, source);
        string[] arguments =
        [
            "/noconfig", "/nologo", "/target:library", "/langversion:14", "/unsafe", $"/out:{output}", $"/errorlog:{errors}",
            .. References, .. options, file,
        ];
        int code = (int)Main.Value.Invoke(null, [arguments])!;
        Assert.True(code == 0, $"the variant does not compile:\n{File.ReadAllText(errors)}\n{source}");
        return File.ReadAllBytes(output);
    }

    private static MethodInfo Load()
    {
        string root = Path.GetFullPath(Path.Combine(Runtime, "..", "..", "..", "sdk"));
        string folder = Path.Combine(Directory.GetDirectories(root, "10.*").Order(StringComparer.Ordinal).Last(), "Roslyn", "bincore");
        AssemblyLoadContext context = new("C# compiler");
        context.Resolving += (loading, name) =>
            Path.Combine(folder, name.Name + ".dll") is var path && File.Exists(path) ? loading.LoadFromAssemblyPath(path) : null;
        return context.LoadFromAssemblyPath(Path.Combine(folder, "csc.dll")).EntryPoint!;
    }
}
