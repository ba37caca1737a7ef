using System.Reflection;

namespace Assay;

/// <summary>Goes from an instantiated generic to its definition, which is what has code.</summary>
internal static class CodeDefinition
{
    /// <summary>All members a type declares itself.</summary>
    public const BindingFlags Declared =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static | BindingFlags.Instance | BindingFlags.DeclaredOnly;

    public static Type Of(Type type) => type.IsGenericType ? type.GetGenericTypeDefinition() : type;

    /// <summary>The method as written; an array's own accessors have no definition and come back as they are.</summary>
    public static MethodBase Of(MethodBase method) =>
        method.DeclaringType is { IsArray: true } ? method : method.Module.ResolveMethod(method.MetadataToken)!;

    public static FieldInfo Of(FieldInfo field) => field.Module.ResolveField(field.MetadataToken)!;
}
