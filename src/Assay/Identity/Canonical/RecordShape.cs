using System.Reflection;
using System.Runtime.CompilerServices;

namespace Assay;

/// <summary>One member of the canonical form of a record.</summary>
/// <param name="name">The name of the member.</param>
/// <param name="declared">The declared type.</param>
/// <param name="get">Reads the member of an object.</param>
/// <param name="property">The property that exposes the member; null for a field without a property.</param>
internal sealed class RecordMember(string name, Type declared, Func<object, object?> get, PropertyInfo? property = null)
{
    private readonly byte[] _key = new JsonBuffer().Key(name).ToArray();

    // The encoders of other types are looked up per value, because a record may contain values of its own type.
    private readonly CanonicalEncoder? _encoder = (Nullable.GetUnderlyingType(declared) ?? declared) is var type
        && (type.IsPrimitive || type == typeof(string)) ? CanonicalEncoder.For(type) : null;

    public string Name => name;
    public PropertyInfo? Property => property;

    public void Write(CanonicalWriter writer, object owner)
    {
        writer.Json.Raw(_key);
        try
        {
            object? value = get(owner);
            if (value is not null && _encoder is not null) _encoder.Write(writer, value);
            else writer.Value(value);
        }
        catch (CanonicalFormException fault) when (fault.PrependStep(name))
        {
            throw;
        }
    }
}

/// <summary>
/// Finds the members that are the value of a type. They are its fields, because the fields are its state: all fields of a record or struct,
/// as in their equality; all fields of a class, provided that a public property exposes each. Computed properties are left out.
/// </summary>
internal static class RecordShape
{
    private const BindingFlags Instance = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;

    public static bool IsRecord(Type type) =>
        type.GetMethod("<Clone>$", BindingFlags.Instance | BindingFlags.Public) is not null ||
        (type.IsValueType && type.GetMethod("PrintMembers", BindingFlags.Instance | BindingFlags.NonPublic) is not null);

    public static bool IsAnonymous(Type type) =>
        type.Name.Contains("AnonymousType", StringComparison.Ordinal) && type.IsDefined(typeof(CompilerGeneratedAttribute), false);

    /// <summary>Whether a value of the type may stand in a member that is declared as another type of the user.</summary>
    public static bool HasUserBase(Type type) =>
        (type.BaseType is { } parent && parent != typeof(object) && parent != typeof(ValueType))
        || type.GetInterfaces().Any(contract => !IsOfPlatform(contract) && contract != typeof(IFingerprintable));

    private static bool IsOfPlatform(Type type) =>
        type.Namespace is "System" || type.Namespace?.StartsWith("System.", StringComparison.Ordinal) == true;

    /// <returns>The members in the order of declaration, base types first; null for a type whose values are not its members.</returns>
    public static RecordMember[]? TryMembers(Type type)
    {
        if (type.IsPrimitive || type.IsPointer || type.Assembly == typeof(object).Assembly || IsOfPlatform(type)) return null;
        if (typeof(Delegate).IsAssignableFrom(type) || typeof(Type).IsAssignableFrom(type)) return null;
        bool includesPrivate = IsRecord(type) || type.IsValueType || IsAnonymous(type);

        var members = new List<RecordMember>();
        foreach (Type level in Hierarchy(type))
        {
            foreach (FieldInfo field in level.GetFields(Instance))
            {
                PropertyInfo? property = PropertyOf(level, field);
                if (property is null) members.Add(FieldMember(type, field, includesPrivate));
                else if (!members.Exists(m => IsOverride(property, m.Property)))
                    members.Add(new(property.Name, property.PropertyType, PropertyGetter.Compile(property), property));
            }
        }

        if (members.Count == 0 && !includesPrivate) return null;
        return [.. members];
    }

    private static RecordMember FieldMember(Type type, FieldInfo field, bool includesPrivate)
    {
        if (!includesPrivate && !field.IsPublic)
            throw new CanonicalFormException(
                $"{FullTypeName.Of(type)} has the private field '{field.Name}', which no public property exposes. "
                + "Make the type a record, or let it implement IFingerprintable.");
        // A private field that is not readonly usually caches a result, so using the value would change its identity.
        if (!field.IsPublic && !field.IsInitOnly)
            throw new CanonicalFormException(
                $"{FullTypeName.Of(type)} has the private field '{DeclaredName(field)}', which is not readonly and may change, for example "
                + "to cache a result. Expected readonly fields or properties; make the field (or the whole struct) readonly, make it an "
                + "auto-property, or let the type implement IFingerprintable.");
        return new RecordMember(field.Name, field.FieldType, field.GetValue);
    }

    // The field of a captured primary constructor parameter is "<name>P".
    private static string DeclaredName(FieldInfo field) => field.Name.StartsWith('<') ? field.Name[1..].Split('>')[0] : field.Name;

    // An overridden property has a backing field at each level, and both getters return the value of the most derived one.
    private static bool IsOverride(PropertyInfo property, PropertyInfo? inherited) => inherited is not null &&
        property.Name == inherited.Name && property.GetMethod!.GetBaseDefinition() == inherited.GetMethod!.GetBaseDefinition();

    private static Stack<Type> Hierarchy(Type type)
    {
        var levels = new Stack<Type>();
        for (Type? t = type; t is not null && t != typeof(object) && t != typeof(ValueType); t = t.BaseType) levels.Push(t);
        return levels;
    }

    // The backing field of an auto-property is "<Name>k__BackingField", that of an anonymous type "<Name>i__Field".
    private static PropertyInfo? PropertyOf(Type type, FieldInfo field)
    {
        int end = field.Name.IndexOf('>', StringComparison.Ordinal);
        if (field.Name[0] != '<' || end < 0) return null;
        PropertyInfo? property = type.GetProperty(field.Name[1..end], Instance);
        return property?.GetMethod is null || property.GetIndexParameters().Length > 0 ? null : property;
    }
}
