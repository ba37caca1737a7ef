using System.Reflection;

namespace Assay;

/// <summary>Adds the declared code of an assembly to a walk. Generated code is reached from there, so that its names are stable.</summary>
internal static class AssemblyCode
{
    /// <summary>Adds all types and methods in the order of their names, which does not depend on their order in the source.</summary>
    public static void Reach(Assembly assembly, CodeWalk walk)
    {
        IEnumerable<Type> declared = Types(assembly).Where(IsDeclared);
        foreach (Type type in declared.OrderBy(Name, StringComparer.Ordinal).ThenBy(type => type.MetadataToken))
        {
            walk.Touch(type);
            foreach (MethodBase method in TypeMembers.Ordered(Methods(type))) walk.Reach(method);
        }
    }

    /// <summary>The hashes of the embedded resources by <c>resource:Name</c>.</summary>
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

    // A type whose base type is in a missing optional dependency cannot be used, so it is left out.
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

    private static IEnumerable<MethodBase> Methods(Type type)
    {
        MethodBase[] all = [.. type.GetMethods(CodeDefinition.Declared), .. type.GetConstructors(CodeDefinition.Declared)];
        return all.Where(method => !OperationParts.IsPart(method));
    }

    private static bool IsDeclared(Type type) =>
        GeneratedName.TryParseFileLocal(type.Name, out _)
        || (!GeneratedName.TryParse(type.Name, out _) && (type.DeclaringType is not { } outer || IsDeclared(outer)));

    // The metadata name of a file-local type contains a hash of the path of its file, so the declared name is used.
    private static string Name(Type type)
    {
        string owner = type.DeclaringType is { } outer ? Name(outer) : type.Namespace ?? "";
        return owner + "." + (GeneratedName.TryParseFileLocal(type.Name, out string? declared) ? declared : type.Name);
    }
}
