using System.Runtime.InteropServices;
using System.Text.Json;

namespace Assay;

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
