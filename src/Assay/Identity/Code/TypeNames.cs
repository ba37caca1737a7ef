namespace Assay;

/// <summary>Writes types by name: no assembly, no version, C# keywords for the primitives.</summary>
/// <param name="definition">Names a type that is no array, pointer, generic parameter or instantiation.</param>
internal sealed class TypeNames(Func<Type, string> definition)
{
    private static readonly Dictionary<Type, string> Keywords = new()
    {
        [typeof(void)] = "void", [typeof(bool)] = "bool", [typeof(char)] = "char", [typeof(string)] = "string",
        [typeof(object)] = "object", [typeof(sbyte)] = "sbyte", [typeof(byte)] = "byte", [typeof(short)] = "short",
        [typeof(ushort)] = "ushort", [typeof(int)] = "int", [typeof(uint)] = "uint", [typeof(long)] = "long",
        [typeof(ulong)] = "ulong", [typeof(float)] = "float", [typeof(double)] = "double", [typeof(decimal)] = "decimal",
        [typeof(nint)] = "nint", [typeof(nuint)] = "nuint",
    };

    /// <summary>The name of any type, generic parameters by position (<c>!0</c> of a type, <c>!!0</c> of a method).</summary>
    public string Write(Type type)
    {
        if (type.IsByRef) return Write(type.GetElementType()!) + "&";
        if (type.IsPointer) return Write(type.GetElementType()!) + "*";
        if (type.IsArray) return $"{Write(type.GetElementType()!)}[{ArrayRank(type)}]";
        if (type.IsGenericParameter) return (type.DeclaringMethod is null ? "!" : "!!") + Invariant.Number(type.GenericParameterPosition);
        if (type.IsFunctionPointer) return $"fn({List(type.GetFunctionPointerParameterTypes())}):{Write(type.GetFunctionPointerReturnType())}";
        if (Keywords.TryGetValue(type, out string? keyword)) return keyword;
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

    private static string ArrayRank(Type type) => type.IsSZArray ? "" : type.GetArrayRank() == 1 ? "*" : new string(',', type.GetArrayRank() - 1);
}
