namespace Assay;

/// <summary>Readable names of types that do not depend on assembly, version or machine.</summary>
internal static class FullTypeName
{
    /// <summary>Namespace, enclosing types and name, with type arguments in angle brackets: <c>My.Outer.Pair&lt;System.Int32, My.Item&gt;</c>.</summary>
    public static string Of(Type type)
    {
        if (type.IsArray) return $"{Of(type.GetElementType()!)}[{new string(',', type.GetArrayRank() - 1)}]";
        if (type.IsGenericParameter) return type.Name;
        string name = type.Name.Split('`')[0];
        if (type.DeclaringType is { } outer) name = $"{Of(outer).Split('<')[0]}.{name}";
        else if (!string.IsNullOrEmpty(type.Namespace)) name = $"{type.Namespace}.{name}";
        Type[] arguments = type.GetGenericArguments();
        return arguments.Length == 0 ? name : $"{name}<{string.Join(", ", arguments.Select(Of))}>";
    }
}
