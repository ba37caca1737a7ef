using System.Reflection;
using System.Runtime.CompilerServices;

namespace Assay;

/// <summary>The origin of an assembly's code.</summary>
/// <param name="IsUser">Whether the code is part of the fingerprint member by member.</param>
/// <param name="Package">The name of its package, which is part of the fingerprint with its version; null without a package.</param>
/// <param name="Version">The version of the package.</param>
internal sealed record CodeOrigin(bool IsUser, string? Package = null, string? Version = null)
{
    /// <summary>The assemblies of Assay by exact name, because `Assay.Tests`, or a user's own `Assay.Something`, is user code.</summary>
    public static readonly IReadOnlySet<string> Shipped = new HashSet<string>(StringComparer.OrdinalIgnoreCase)
    {
        "Assay", "Assay.Tables", "Assay.Avro", "Assay.Excel", "Assay.Store", "Assay.Code", "Assay.Questions", "Assay.Import",
        "Assay.Analysis", "Assay.Chat", "Assay.Workflows", "Assay.Slurm", "Assay.Postgres", "Assay.Dashboard", "Assay.Cli",
    };

    // The keys that sign the shared framework. In a self-contained or single-file program the location of a file does not identify it.
    private static readonly HashSet<string> FrameworkKeys = new(StringComparer.Ordinal)
    {
        "7cec85d7bea7798e", "b03f5f7f11d50a3a", "b77a5c561934e089", "cc7b13ffcd2ddd51", "adb9793829ddae60", "31bf3856ad364e35",
    };

    private static readonly CodeOrigin User = new(true);
    private static readonly CodeOrigin Ignored = new(false);
    private static readonly ConditionalWeakTable<Assembly, CodeOrigin> Known = [];

    public static CodeOrigin Of(Assembly assembly) => Known.GetValue(assembly, Find);

    private static CodeOrigin Find(Assembly assembly)
    {
        AssemblyName name = assembly.GetName();
        string simple = name.Name ?? "";
        if (Shipped.Contains(simple)) return Ignored;
        if (PackageVersions.OfProgram.TryGetValue(simple, out (string Name, string Version) package))
            return new CodeOrigin(false, package.Name, package.Version);

        if (FrameworkKeys.Contains(Convert.ToHexStringLower(name.GetPublicKeyToken() ?? []))) return Ignored;
        return IsInPackageFolder(assembly) ? new CodeOrigin(false, simple, name.Version?.ToString() ?? "0.0.0.0") : User;
    }

    // Hosts without a deps.json, such as notebooks, load packages from NuGet's folder: package/version/lib/framework/file.
    private static bool IsInPackageFolder(Assembly assembly)
    {
        if (assembly.IsDynamic || assembly.Location.Length == 0) return false;
        string? folder = Path.GetDirectoryName(assembly.Location);
        for (int level = 0; level < 4 && folder is not null; level++, folder = Path.GetDirectoryName(folder))
            if (File.Exists(Path.Combine(folder, ".nupkg.metadata"))) return true;

        return false;
    }
}
