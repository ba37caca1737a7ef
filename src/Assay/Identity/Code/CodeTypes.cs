using System.Reflection;
using System.Text;

namespace Assay;

/// <summary>
/// Writes the properties of types that affect behaviour without being methods: base types, the names and values of enums (which can be
/// parsed and printed), and the fields of structs (which determine equality and layout).
/// </summary>
internal static class CodeTypes
{
    public static string Write(Type type, CodeNames names)
    {
        StringBuilder text = new();
        text.Append(type.IsInterface ? "interface" : type.IsValueType ? "struct" : "class").Append('\n');
        if (type.BaseType is { } parent) text.Append("base ").Append(names.Type(parent)).Append('\n');
        foreach (string name in DeclaredInterfaces(type).Select(names.Type).Order(StringComparer.Ordinal))
            text.Append("is ").Append(name).Append('\n');

        if (type.IsValueType) WriteFields(type, names, text);
        return text.ToString();
    }

    /// <summary>
    /// Returns the interfaces of a type without those of its base type and of its other interfaces, because a new version of the runtime
    /// may add interfaces to these. Reflection does not tell which ones the source declares.
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
