using System.Reflection;
using System.Runtime.CompilerServices;

namespace Assay;

/// <summary>One member that takes part in a record's identity.</summary>
internal sealed record RecordMember(string Name, Type Type, Func<object, object?> Get)
{
    /// <summary>The property that shows it; null for a bare field.</summary>
    public PropertyInfo? Property { get; init; }
}

/// <summary>
/// Which members make up a type's value. Fields decide, because they are the state: a record and a struct count with all
/// of them (their equality does too), a class only when every field stands behind a public property, and a computed
/// property never counts.
/// </summary>
internal static class RecordShape
{
    private const BindingFlags Instance = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;

    public static bool IsRecord(Type type) =>
        type.GetMethod("<Clone>$", BindingFlags.Instance | BindingFlags.Public) is not null ||
        (type.IsValueType && type.GetMethod("PrintMembers", BindingFlags.Instance | BindingFlags.NonPublic) is not null);

    public static bool IsAnonymous(Type type) =>
        type.Name.Contains("AnonymousType", StringComparison.Ordinal) && type.IsDefined(typeof(CompilerGeneratedAttribute), false);

    /// <summary>Whether a member declared with another type than this one may hold it, as far as the user's own types go.</summary>
    public static bool StandsForAnother(Type type) =>
        (type.BaseType is { } parent && parent != typeof(object) && parent != typeof(ValueType)) || type.GetInterfaces().Any(i => !IsOfPlatform(i) && i != typeof(IFingerprintable));

    private static bool IsOfPlatform(Type type) => type.Namespace is "System" || type.Namespace?.StartsWith("System.", StringComparison.Ordinal) == true;

    /// <returns>The members, base types first, in declaration order; null when the type is not such a value.</returns>
    public static RecordMember[]? TryMembers(Type type)
    {
        if (type.IsPrimitive || type.IsPointer || typeof(Delegate).IsAssignableFrom(type) || typeof(Type).IsAssignableFrom(type)) return null;
        if (type.Assembly == typeof(object).Assembly || IsOfPlatform(type)) return null;
        bool allFieldsCount = IsRecord(type) || type.IsValueType || IsAnonymous(type);

        var members = new List<RecordMember>();
        foreach (Type level in Levels(type))
        {
            foreach (FieldInfo field in level.GetFields(Instance))
            {
                PropertyInfo? property = PropertyBehind(level, field);
                if (property is null) members.Add(OfField(type, field, allFieldsCount));
                else if (!members.Exists(m => IsOverride(property, m.Property)))
                    members.Add(new RecordMember(property.Name, property.PropertyType, PropertyGetter.Compile(property)) { Property = property });
            }
        }

        if (members.Count == 0 && !allFieldsCount) return null;
        return [.. members];
    }

    private static RecordMember OfField(Type type, FieldInfo field, bool allFieldsCount)
    {
        if (!allFieldsCount && !field.IsPublic)
            throw new CanonicalFormException(
                $"{FullTypeName.Of(type)} keeps state in the private field '{field.Name}', which no public property shows. " +
                "Make the type a record, or let it implement IFingerprintable.");
        // What may change without a property showing it is as a rule a remembered result: using the value would change its identity.
        if (!field.IsPublic && !field.IsInitOnly)
            throw new CanonicalFormException(
                $"{FullTypeName.Of(type)} keeps the field '{Written(field)}', which may change unseen, for example to remember a result. Expected readonly fields or " +
                "properties; make it (or the whole struct) readonly, make it an auto-property, or let the type implement IFingerprintable.");
        return new RecordMember(field.Name, field.FieldType, field.GetValue);
    }

    // A captured parameter of a primary constructor is kept in "<name>P".
    private static string Written(FieldInfo field) => field.Name.StartsWith('<') ? field.Name[1..].Split('>')[0] : field.Name;

    // An overridden property has a backing field at each level, and both getters give the most derived value.
    private static bool IsOverride(PropertyInfo property, PropertyInfo? inherited) => inherited is not null &&
        property.Name == inherited.Name && property.GetMethod!.GetBaseDefinition() == inherited.GetMethod!.GetBaseDefinition();

    private static IEnumerable<Type> Levels(Type type)
    {
        var levels = new Stack<Type>();
        for (Type? t = type; t is not null && t != typeof(object) && t != typeof(ValueType); t = t.BaseType) levels.Push(t);
        return levels;
    }

    // Auto-properties keep their value in "<Name>k__BackingField", anonymous types in "<Name>i__Field".
    private static PropertyInfo? PropertyBehind(Type type, FieldInfo field)
    {
        int end = field.Name.IndexOf('>', StringComparison.Ordinal);
        if (field.Name[0] != '<' || end < 0) return null;
        PropertyInfo? property = type.GetProperty(field.Name[1..end], Instance);
        return property?.GetMethod is null || property.GetIndexParameters().Length > 0 ? null : property;
    }
}
