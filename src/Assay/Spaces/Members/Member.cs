using System.Reflection;
using System.Runtime.CompilerServices;

namespace Assay;

/// <summary>A public property or field of a point, or of an object inside one.</summary>
internal sealed class Member
{
    // Trimmed programs have no nullability information; references then accept null.
    private static readonly bool HasNullability =
        !AppContext.TryGetSwitch("System.Reflection.NullabilityInfoContext.IsSupported", out bool supported) || supported;

    private readonly PropertyInfo? _property;
    private readonly FieldInfo? _field;
    private readonly MethodInvoker? _setter;

    public Member(PropertyInfo property)
    {
        (_property, Name, Type) = (property, property.Name, property.PropertyType);
        if (property.SetMethod is { IsPublic: true } setter) _setter = MethodInvoker.Create(setter);
        AllowsNull = AcceptsNull(Type, () => new NullabilityInfoContext().Create(property).ReadState);
        IsRequired = property.IsDefined(typeof(RequiredMemberAttribute));
    }

    public Member(FieldInfo field)
    {
        (_field, Name, Type) = (field, field.Name, field.FieldType);
        AllowsNull = AcceptsNull(Type, () => new NullabilityInfoContext().Create(field).ReadState);
        IsRequired = field.IsDefined(typeof(RequiredMemberAttribute));
    }

    public string Name { get; }
    public Type Type { get; }

    /// <summary>The type; for a nullable value type, the underlying type.</summary>
    public Type ValueType => Nullable.GetUnderlyingType(Type) ?? Type;

    /// <summary>Whether the member accepts null: it has a nullable value type, or a reference type not declared as non-null.</summary>
    public bool AllowsNull { get; }

    public bool IsRequired { get; }
    public bool IsSettable => _setter is not null || _field is { IsInitOnly: false };

    public object? Get(object owner) => _property is not null ? _property.GetValue(owner) : _field!.GetValue(owner);

    public void Set(object owner, object? value)
    {
        if (_setter is not null) _setter.Invoke(owner, value);
        else _field!.SetValue(owner, value);
    }

    private static bool AcceptsNull(Type type, Func<NullabilityState> state) => type.IsValueType
        ? Nullable.GetUnderlyingType(type) is not null
        : !HasNullability || state() != NullabilityState.NotNull;
}
