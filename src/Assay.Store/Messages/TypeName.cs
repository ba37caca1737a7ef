namespace Assay.Messages;

/// <summary>Type names as a C# programmer writes them, for messages.</summary>
public static class TypeName
{
    /// <summary><c>int</c>, <c>double?</c>, <c>List&lt;string&gt;</c>, <c>float[]</c>, <c>Train</c>.</summary>
    public static string Of(Type type)
    {
        if (TypeKeyword.Of(type) is { } keyword) return keyword;
        if (type.IsArray) return Of(type.GetElementType()!) + "[" + new string(',', type.GetArrayRank() - 1) + "]";
        if (Nullable.GetUnderlyingType(type) is { } underlying) return Of(underlying) + "?";
        if (!type.IsGenericType) return type.Name;
        int tick = type.Name.IndexOf('`', StringComparison.Ordinal);
        string name = tick < 0 ? type.Name : type.Name[..tick];
        return name + "<" + string.Join(", ", type.GetGenericArguments().Select(Of)) + ">";
    }
}
