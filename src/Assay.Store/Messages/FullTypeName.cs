using System.Text.RegularExpressions;

namespace Assay.Messages;

/// <summary>Readable names of types that do not depend on assembly, version or machine.</summary>
public static partial class FullTypeName
{
    /// <summary>
    /// Namespace, enclosing types and name, with type arguments in angle brackets: <c>My.Outer.Pair&lt;System.Int32, My.Item&gt;</c>.
    /// </summary>
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
