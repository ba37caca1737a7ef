using System.Reflection;

namespace Assay;

/// <summary>Reaches everything a person wrote in an assembly. What the compiler made is reached from there, under stable names.</summary>
internal static class AssemblyCode
{
    /// <summary>Reaches all types and methods, ordered by name, so that moving them around in the source changes nothing.</summary>
    public static void Reach(Assembly assembly, CodeWalk walk)
    {
        foreach (Type type in Types(assembly).Where(IsWritten).OrderBy(Name, StringComparer.Ordinal).ThenBy(type => type.MetadataToken))
        {
            walk.Touch(type);
            IEnumerable<MethodBase> methods = [.. type.GetMethods(CodeDefinition.Declared), .. type.GetConstructors(CodeDefinition.Declared)];
            foreach (MethodBase method in TypeParts.Ordered(methods.Where(method => !OperationParts.IsPart(method)))) walk.Reach(method);
        }
    }

    /// <summary>Embedded resources by content, as <c>resource:Name</c>.</summary>
    public static IEnumerable<KeyValuePair<string, string>> Resources(Assembly assembly)
    {
        if (assembly.IsDynamic) yield break;
        foreach (string name in assembly.GetManifestResourceNames())
        {
            using Stream? content = assembly.GetManifestResourceStream(name);
            if (content is null) continue;
            using MemoryStream copy = new();
            content.CopyTo(copy);
            yield return new($"resource:{name}", CodeHash.OfMember(copy.ToArray()));
        }
    }

    // A type that derives from something in a missing optional dependency cannot run here, so it cannot matter.
    private static IEnumerable<Type> Types(Assembly assembly)
    {
        try
        {
            return assembly.GetTypes();
        }
        catch (ReflectionTypeLoadException e)
        {
            return e.Types.OfType<Type>();
        }
    }

    private static bool IsWritten(Type type) =>
        GeneratedName.TryFileLocal(type.Name, out _)
        || (!GeneratedName.TryParse(type.Name, out _) && (type.DeclaringType is not { } outer || IsWritten(outer)));

    // The name of a file-local type holds a hash of its file's path.
    private static string Name(Type type) => type.DeclaringType is { } outer
        ? $"{Name(outer)}.{Written(type)}"
        : $"{type.Namespace}.{Written(type)}";

    private static string Written(Type type) => GeneratedName.TryFileLocal(type.Name, out string? written) ? written : type.Name;
}
