using System.Globalization;

namespace Assay;

/// <summary>Writes the names of types without assemblies and versions, and with C# keywords for primitive types.</summary>
internal sealed class TypeNames(Func<Type, string> definition)
{
    /// <summary>The name of any type. Generic parameters are written by position: <c>!0</c> of a type, <c>!!0</c> of a method.</summary>
    public string Write(Type type)
    {
        if (type.IsByRef) return Write(type.GetElementType()!) + "&";
        if (type.IsPointer) return Write(type.GetElementType()!) + "*";
        if (type.IsArray) return $"{Write(type.GetElementType()!)}[{ArrayRank(type)}]";
        if (type.IsGenericParameter) return Parameter(type);
        if (type.IsFunctionPointer) return FunctionPointer(type);
        if (TypeKeyword.Of(type) is { } keyword) return keyword;
        return definition(CodeDefinition.Of(type)) + Arguments(type.GetGenericArguments());
    }

    public string List(IEnumerable<Type> types) => string.Join(", ", types.Select(Write));

    /// <summary>Generic arguments in angle brackets; empty without arguments.</summary>
    public string Arguments(Type[] arguments) => arguments.Length == 0 ? "" : $"<{List(arguments)}>";

    /// <summary>The namespace, the enclosing types and the name, as in the metadata.</summary>
    public static string Plain(Type type) => type.DeclaringType is { } outer
        ? $"{Plain(outer)}.{type.Name}"
        : type.Namespace is { Length: > 0 } space ? $"{space}.{type.Name}" : type.Name;

    private static string Parameter(Type type) =>
        (type.DeclaringMethod is null ? "!" : "!!") + Invariant.Number(type.GenericParameterPosition);

    private string FunctionPointer(Type type) =>
        $"fn({List(type.GetFunctionPointerParameterTypes())}):{Write(type.GetFunctionPointerReturnType())}";

    // A one-dimensional array with a lower bound is another type than a vector.
    private static string ArrayRank(Type type) => type.IsSZArray ? ""
        : type.GetArrayRank() == 1 ? "*" : new string(',', type.GetArrayRank() - 1);
}

/// <summary>Writes numbers in the invariant culture. Other cultures may have another minus sign.</summary>
internal static class Invariant
{
    public static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);
}
