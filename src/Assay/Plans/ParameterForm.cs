using System.Collections.Concurrent;
using System.Reflection;

namespace Assay;

/// <summary>What kind of parameters a type makes.</summary>
internal static class ParameterForm
{
    private static readonly ConcurrentDictionary<Type, bool> Fixed = new();

    /// <summary>The encoder of a record with named members; null for a single value.</summary>
    public static RecordEncoder? RecordOf(Type type)
    {
        try
        {
            return CanonicalEncoder.For(type) as RecordEncoder;
        }
        catch (CanonicalFormException)
        {
            // Reported where the value itself is written, with the path.
            return null;
        }
    }

    /// <summary>Whether a value of exactly this type can never change: single values, and types whose fields are all read-only and of such sealed types.</summary>
    public static bool IsFixed(Type type) => Fixed.GetOrAdd(type, t => IsFixed(t, depth: 0));

    private static bool IsFixed(Type type, int depth)
    {
        if (type.IsPrimitive || type.IsEnum || type == typeof(string) || type == typeof(decimal) || type == typeof(FileRef) || type == typeof(DirectoryRef)) return true;
        if (Nullable.GetUnderlyingType(type) is { } inner) return IsFixed(inner, depth + 1);
        if (type.Namespace == "System") return type.IsValueType && !type.IsGenericType;
        if (depth > 20 || type.IsArray || type.IsInterface || type.IsAbstract) return false;
        bool exact = type.IsSealed || type.IsValueType || depth == 0;
        return exact && Fields(type).All(f => (f.IsInitOnly || (depth > 0 && type.IsValueType && f.IsPrivate)) && IsFixed(f.FieldType, depth + 1));
    }

    private static IEnumerable<FieldInfo> Fields(Type type)
    {
        for (Type? level = type; level is not null && level != typeof(object); level = level.BaseType)
        {
            foreach (FieldInfo field in level.GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly)) yield return field;
        }
    }
}
