using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace Assay;

/// <summary>Whether an assembly's code is the user's, or else the package (null for none) that is part of the fingerprint.</summary>
internal sealed record CodeOrigin(bool IsUser, string? Package = null, string? Version = null)
{
    /// <summary>The assemblies of Assay by exact name, because `Assay.Tests`, or a user's own `Assay.Something`, is user code.</summary>
    public static readonly IReadOnlySet<string> Shipped = new HashSet<string>(StringComparer.OrdinalIgnoreCase)
    {
        "Assay", "Assay.Tables", "Assay.Avro", "Assay.Excel", "Assay.Store", "Assay.Code", "Assay.Questions", "Assay.Import",
        "Assay.Analysis", "Assay.Forest", "Assay.Chat", "Assay.Workflows", "Assay.Slurm", "Assay.Postgres", "Assay.Dashboard", "Assay.Cli",
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

/// <summary>The packages of the assemblies of the running program, read from its <c>*.deps.json</c>.</summary>
internal static class PackageVersions
{
    private static readonly string[] Sections = ["runtime", "runtimeTargets"];
    private static readonly Lazy<IReadOnlyDictionary<string, (string, string)>> Program = new(ReadProgram);

    /// <summary>The names and versions of packages by the simple names of their assemblies.</summary>
    public static IReadOnlyDictionary<string, (string Name, string Version)> OfProgram => Program.Value;

    /// <summary>Reads a deps.json. Libraries of other types than "package" (projects, file references) are left out.</summary>
    public static IReadOnlyDictionary<string, (string Name, string Version)> Read(string depsJson)
    {
        Dictionary<string, (string, string)> found = new(StringComparer.OrdinalIgnoreCase);
        using JsonDocument document = JsonDocument.Parse(depsJson);
        if (!document.RootElement.TryGetProperty("libraries", out JsonElement libraries)) return found;
        if (!document.RootElement.TryGetProperty("targets", out JsonElement targets)) return found;

        foreach (JsonProperty library in targets.EnumerateObject().SelectMany(target => target.Value.EnumerateObject()))
        {
            string[] parts = library.Name.Split('/', 2);
            if (parts.Length < 2 || !IsPackage(libraries, library.Name)) continue;
            foreach (string assembly in Assemblies(library.Value)) found.TryAdd(assembly, (parts[0], parts[1]));
        }

        return found;
    }

    private static bool IsPackage(JsonElement libraries, string library) =>
        libraries.TryGetProperty(library, out JsonElement entry)
        && entry.TryGetProperty("type", out JsonElement type)
        && type.GetString() == "package";

    private static IEnumerable<string> Assemblies(JsonElement library) =>
        from section in Sections
        where library.TryGetProperty(section, out _)
        from file in library.GetProperty(section).EnumerateObject()
        where file.Name.EndsWith(".dll", StringComparison.OrdinalIgnoreCase)
        select Path.GetFileNameWithoutExtension(file.Name);

    private static Dictionary<string, (string, string)> ReadProgram()
    {
        // The deps.json of the shared framework, which lists the framework as a package, is left out.
        string framework = Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", ".."));
        string files = AppContext.GetData("APP_CONTEXT_DEPS_FILES") as string ?? "";
        Dictionary<string, (string, string)> all = new(StringComparer.OrdinalIgnoreCase);
        foreach (string file in files.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            if (file.StartsWith(framework, StringComparison.Ordinal) || !File.Exists(file)) continue;
            foreach ((string assembly, (string, string) package) in Read(File.ReadAllText(file))) all.TryAdd(assembly, package);
        }

        return all;
    }
}
