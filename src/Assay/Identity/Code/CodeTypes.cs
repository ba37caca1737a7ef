using System.Reflection;
using System.Text;

namespace Assay;

/// <summary>
/// What a type means beyond its methods: what it derives from, an enum's names and values (it can be parsed and printed), a
/// struct's fields (they decide equality and layout without any code).
/// </summary>
internal static class CodeTypes
{
    /// <summary>The text of a definition's shape.</summary>
    public static string Write(Type type, CodeNames names)
    {
        StringBuilder text = new();
        text.Append(type.IsInterface ? "interface" : type.IsValueType ? "struct" : "class").Append('\n');
        if (type.BaseType is { } parent) text.Append("base ").Append(names.Type(parent)).Append('\n');
        foreach (string name in DeclaredInterfaces(type).Select(names.Type).Order(StringComparer.Ordinal)) text.Append("is ").Append(name).Append('\n');
        if (type.IsValueType) WriteFields(type, names, text);
        return text.ToString();
    }

    /// <summary>
    /// Without those that a base or another interface brings along: a new runtime may add some there. Reflection does not say
    /// which were written down.
    /// </summary>
    public static IEnumerable<Type> DeclaredInterfaces(Type type)
    {
        Type[] all = type.GetInterfaces();
        HashSet<Type> implied = [.. all.SelectMany(other => other.GetInterfaces()), .. type.BaseType?.GetInterfaces() ?? []];
        return all.Where(candidate => !implied.Contains(candidate));
    }

    private static void WriteFields(Type type, CodeNames names, StringBuilder text)
    {
        foreach (FieldInfo field in type.GetFields(CodeDefinition.Declared).OrderBy(field => field.MetadataToken))
        {
            if (type.IsEnum && field.IsLiteral) text.Append(field.Name).Append('=').Append(Constant(field)).Append('\n');
            else if (!field.IsStatic) text.Append(names.Reference(field)).Append('\n');
        }
    }

    private static string Constant(FieldInfo field) =>
        ((IFormattable)field.GetRawConstantValue()!).ToString(null, System.Globalization.CultureInfo.InvariantCulture);
}
