namespace Assay;

/// <summary>Writes types by name: no assembly, no version, C# keywords for the primitives.</summary>
/// <param name="definition">Names a type that is no array, pointer, generic parameter or instantiation.</param>
internal sealed class TypeNames(Func<Type, string> definition)
{
    /// <summary>The name of any type, generic parameters by position (<c>!0</c> of a type, <c>!!0</c> of a method).</summary>
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

    /// <summary>Types with commas between them.</summary>
    public string List(IEnumerable<Type> types) => string.Join(", ", types.Select(Write));

    /// <summary>Generic arguments in angle brackets, or nothing.</summary>
    public string Arguments(Type[] arguments) => arguments.Length == 0 ? "" : $"<{List(arguments)}>";

    /// <summary>Namespace, enclosing types and name as metadata has them.</summary>
    public static string Plain(Type type) => type.DeclaringType is { } outer
        ? $"{Plain(outer)}.{type.Name}"
        : type.Namespace is { Length: > 0 } space ? $"{space}.{type.Name}" : type.Name;

    private static string Parameter(Type type) =>
        (type.DeclaringMethod is null ? "!" : "!!") + Invariant.Number(type.GenericParameterPosition);

    private string FunctionPointer(Type type) =>
        $"fn({List(type.GetFunctionPointerParameterTypes())}):{Write(type.GetFunctionPointerReturnType())}";

    // One dimension that is no vector is a type of its own.
    private static string ArrayRank(Type type) => type.IsSZArray ? ""
        : type.GetArrayRank() == 1 ? "*" : new string(',', type.GetArrayRank() - 1);
}
