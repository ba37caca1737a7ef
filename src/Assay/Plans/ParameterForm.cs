using System.Collections.Concurrent;
using System.Reflection;

namespace Assay;

/// <summary>Properties of parameter types.</summary>
internal static class ParameterForm
{
    private static readonly HashSet<Type> Scalars = [typeof(string), typeof(decimal), typeof(FileRef), typeof(DirectoryRef)];
    private static readonly ConcurrentDictionary<Type, bool> Immutable = new();

    /// <summary>The encoder of a type with named members; null for a single value.</summary>
    public static RecordEncoder? RecordOf(Type type)
    {
        try
        {
            return CanonicalEncoder.For(type) as RecordEncoder;
        }
        catch (CanonicalFormException)
        {
            // Writing the value reports the fault with its path.
            return null;
        }
    }

    /// <summary>
    /// Whether values of exactly this type are immutable: single values, and types whose fields are read-only and have immutable sealed
    /// types.
    /// </summary>
    public static bool IsImmutable(Type type) => Immutable.GetOrAdd(type, t => IsImmutable(t, depth: 0));

    private static bool IsImmutable(Type type, int depth)
    {
        if (type.IsPrimitive || type.IsEnum || Scalars.Contains(type)) return true;
        if (Nullable.GetUnderlyingType(type) is { } inner) return IsImmutable(inner, depth + 1);
        if (type.Namespace == "System") return type.IsValueType && !type.IsGenericType;
        if (depth > 20 || type.IsArray || type.IsInterface || type.IsAbstract) return false;
        bool isExact = type.IsSealed || type.IsValueType || depth == 0;
        // A struct in a read-only field cannot be changed in place, so its private fields need not be read-only.
        bool isContainedStruct = depth > 0 && type.IsValueType;
        return isExact && Fields(type).All(field =>
            (field.IsInitOnly || (isContainedStruct && field.IsPrivate)) && IsImmutable(field.FieldType, depth + 1));
    }

    private static IEnumerable<FieldInfo> Fields(Type type)
    {
        const BindingFlags Declared = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;
        for (Type? level = type; level is not null && level != typeof(object); level = level.BaseType)
            foreach (FieldInfo field in level.GetFields(Declared)) yield return field;
    }
}
