using System.Reflection;

namespace Assay;

/// <summary>Resolves generic instantiations to their definitions, which have the code.</summary>
internal static class CodeDefinition
{
    /// <summary>All members that a type itself declares.</summary>
    public const BindingFlags Declared =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static | BindingFlags.Instance | BindingFlags.DeclaredOnly;

    public static Type Of(Type type) => type.IsGenericType ? type.GetGenericTypeDefinition() : type;

    /// <summary>The definition of the method. The accessors of arrays have no definition and are returned unchanged.</summary>
    public static MethodBase Of(MethodBase method) =>
        method.DeclaringType is { IsArray: true } ? method : method.Module.ResolveMethod(method.MetadataToken)!;

    public static FieldInfo Of(FieldInfo field) => field.Module.ResolveField(field.MetadataToken)!;
}

/// <summary>The key of a type, method or field definition. Reflection may return several objects for the same definition.</summary>
internal readonly record struct CodeKey(Module Module, int Token)
{
    public static CodeKey Of(MemberInfo member) => new(member.Module, member.MetadataToken);
}
