using System.Text.RegularExpressions;

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

/// <summary>Readable names of types that do not depend on assembly, version or machine.</summary>
public static partial class FullTypeName
{
    /// <summary>Namespace, enclosing types and name, with type arguments: <c>My.Outer.Pair&lt;System.Int32, My.Item&gt;</c>.</summary>
    public static string Of(Type type)
    {
        if (type.IsArray) return $"{Of(type.GetElementType()!)}[{new string(',', type.GetArrayRank() - 1)}]";
        if (type.IsGenericParameter) return type.Name;
        string name = Written(type.Name.Split('`')[0]);
        if (type.DeclaringType is { } outer) name = $"{Of(outer).Split('<')[0]}.{name}";
        else if (!string.IsNullOrEmpty(type.Namespace)) name = $"{type.Namespace}.{name}";
        Type[] arguments = type.GetGenericArguments();
        return arguments.Length == 0 ? name : $"{name}<{string.Join(", ", arguments.Select(Of))}>";
    }

    // The compiler puts the file's name and a hash of its path before the name of a file-local type. The hash is another one in another
    // checkout; the file's name stays, because two files may have such a type of one name.
    private static string Written(string name) => FileLocal().Replace(name, "$2@$1");

    [GeneratedRegex("^<([^<>]*)>F[0-9A-F]{64}__(.*)$", RegexOptions.CultureInvariant)]
    private static partial Regex FileLocal();
}

/// <summary>The keywords that C# has for types. Code fingerprints hold them: one that is added changes the ids of runs.</summary>
public static class TypeKeyword
{
    private static readonly Dictionary<Type, string> Keywords = new()
    {
        [typeof(void)] = "void",
        [typeof(bool)] = "bool",
        [typeof(char)] = "char",
        [typeof(string)] = "string",
        [typeof(object)] = "object",
        [typeof(sbyte)] = "sbyte",
        [typeof(byte)] = "byte",
        [typeof(short)] = "short",
        [typeof(ushort)] = "ushort",
        [typeof(int)] = "int",
        [typeof(uint)] = "uint",
        [typeof(long)] = "long",
        [typeof(ulong)] = "ulong",
        [typeof(float)] = "float",
        [typeof(double)] = "double",
        [typeof(decimal)] = "decimal",
        [typeof(nint)] = "nint",
        [typeof(nuint)] = "nuint",
    };

    /// <summary>Null where the language has none.</summary>
    public static string? Of(Type type) => Keywords.GetValueOrDefault(type);
}
