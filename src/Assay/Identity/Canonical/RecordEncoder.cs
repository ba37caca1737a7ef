using System.Reflection;
using System.Runtime.CompilerServices;

namespace Assay;

/// <summary>Writes records, structs and anonymous objects as objects of their members, with the type's name where it may matter.</summary>
internal sealed class RecordEncoder : CanonicalEncoder
{
    private readonly RecordMember[] _declared;
    private readonly RecordMember[] _sorted;
    private readonly byte[] _typeName;
    private readonly bool _hasUserBase;

    private RecordEncoder(Type type, RecordMember[] members)
    {
        _declared = members;
        _sorted = [.. members.OrderBy(m => m.Name, StringComparer.Ordinal)];
        string name = RecordShape.IsAnonymous(type) ? "anonymous" : FullTypeName.Of(type);
        _typeName = new JsonBuffer().Raw("\"$type\":"u8).String(name).ToArray();
        _hasUserBase = RecordShape.HasUserBase(type);
    }

    public static RecordEncoder? TryCreate(Type type) =>
        RecordShape.TryMembers(type) is { } members ? new RecordEncoder(type, members) : null;

    public override void Write(CanonicalWriter writer, object value) => Write(writer, value, named: writer.Canonical || _hasUserBase);

    public void WriteMembers(CanonicalWriter writer, object value) => Write(writer, value, named: false);

    public void WriteNamed(CanonicalWriter writer, object value) => Write(writer, value, named: true);

    private void Write(CanonicalWriter writer, object value, bool named)
    {
        JsonBuffer json = writer.Json.Raw((byte)'{');
        // "$type" sorts before every member name, which starts with a letter or an underscore.
        if (named) json.Raw(_typeName);
        bool first = !named;
        foreach (RecordMember member in writer.Canonical ? _sorted : _declared)
        {
            if (!first) json.Raw((byte)',');
            first = false;
            member.Write(writer, value);
        }

        json.Raw((byte)'}');
    }
}

/// <summary>One member of the canonical form of a record.</summary>
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

/// <summary>Finds the members that are a type's value: its fields, which for a class must be exposed by public properties.</summary>
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
                    members.Add(new(property.Name, property.PropertyType, MethodInvoker.Create(property.GetMethod!).Invoke, property));
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
