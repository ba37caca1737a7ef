using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Reflection;

namespace Assay;

/// <summary>A constructor parameter and the member it sets.</summary>
internal sealed record ShapeParameter(Member Member, bool HasDefault, object? Default);

/// <summary>The members of a type and the constructor that creates its objects. Cached per type. Immutable and thread-safe.</summary>
internal sealed class TypeShape
{
    private static readonly ConcurrentDictionary<Type, TypeShape> Known = new();
    private readonly ILookup<string, Member> _byName;

    private TypeShape(Type type)
    {
        Type = type;
        Members = IsScalar(type) ? [] : FindMembers(type);
        _byName = Members.ToLookup(member => NearestNames.Normalise(member.Name));
        ConstructorInfo? constructor = FindConstructor(type, Members);
        (Problem, Parameters) = (FindProblem(type, constructor), []);
        if (constructor is null) return;

        Constructor = ConstructorInvoker.Create(constructor);
        Parameters = [.. constructor.GetParameters().Select(parameter =>
            new ShapeParameter(Match(parameter, Members)!, parameter.HasDefaultValue, DefaultOf(parameter)))];
        SetsRequired = constructor.IsDefined(typeof(SetsRequiredMembersAttribute));
    }

    public Type Type { get; }
    public ImmutableArray<Member> Members { get; }
    public ImmutableArray<ShapeParameter> Parameters { get; }

    /// <summary>The constructor; null for a struct without one, which is created as its default value.</summary>
    public ConstructorInvoker? Constructor { get; }

    public bool SetsRequired { get; }

    /// <summary>The reason why no object can be created, or null.</summary>
    public string? Problem { get; }

    public static TypeShape Of(Type type) => Known.GetOrAdd(type, key => new TypeShape(key));

    /// <summary>The member with exactly this name; if there is none, all members that differ only in case and underscores.</summary>
    public ImmutableArray<Member> Find(string name)
    {
        ImmutableArray<Member> alike = [.. _byName[NearestNames.Normalise(name)]];
        Member? exact = alike.FirstOrDefault(member => member.Name == name);
        return exact is null ? alike : [exact];
    }

    private static ImmutableArray<Member> FindMembers(Type type)
    {
        const BindingFlags Flags = BindingFlags.Public | BindingFlags.Instance;
        IEnumerable<MemberInfo> properties = type.GetProperties(Flags)
            .Where(p => p.GetMethod is { IsPublic: true } && p.GetIndexParameters().Length == 0);
        // A property precedes the inherited properties that it hides.
        return [.. properties.Concat(type.GetFields(Flags)).DistinctBy(member => member.Name).Select(member => new Member(member))];
    }

    private static ConstructorInfo? FindConstructor(Type type, ImmutableArray<Member> members) =>
        type.IsAbstract || type.IsInterface || IsScalar(type) ? null
            : type.GetConstructors().Where(c => c.GetParameters().All(p => Match(p, members) is not null))
                .MaxBy(c => c.GetParameters().Length);

    private static Member? Match(ParameterInfo parameter, ImmutableArray<Member> members)
    {
        Member? Named(StringComparison comparison) => members.FirstOrDefault(member =>
            string.Equals(member.Name, parameter.Name, comparison) && parameter.ParameterType.IsAssignableFrom(member.Type));
        return Named(StringComparison.Ordinal) ?? Named(StringComparison.OrdinalIgnoreCase);
    }

    private static object? DefaultOf(ParameterInfo parameter)
    {
        if (!parameter.HasDefaultValue) return null;
        Type type = Nullable.GetUnderlyingType(parameter.ParameterType) ?? parameter.ParameterType;
        object? value = parameter.DefaultValue;
        if (value is null) return parameter.ParameterType.IsValueType ? Activator.CreateInstance(parameter.ParameterType) : null;
        return type.IsEnum && value.GetType() != type ? Enum.ToObject(type, value) : value;
    }

    private static string? FindProblem(Type type, ConstructorInfo? constructor)
    {
        string name = TypeName.Of(type);
        if (IsScalar(type)) return $"{name} has no members to set; use Space.Values(…) for points that are plain values";
        if (type.IsAbstract || type.IsInterface)
            return $"{name} is abstract; use a type that can be created, or give a baseline of such a type";
        return constructor is not null || type.IsValueType ? null
            : $"{name} has no public constructor whose parameters all match its public properties by name and type; "
                + "add one, or make it a record";
    }

    private static bool IsScalar(Type type) => type.IsPrimitive || type.IsEnum || type.IsArray || type.IsPointer
        || typeof(Delegate).IsAssignableFrom(type)
        || type == typeof(string) || type == typeof(decimal) || type == typeof(object) || type == typeof(Guid) || type == typeof(TimeSpan)
        || type == typeof(DateTime) || type == typeof(DateTimeOffset) || type == typeof(DateOnly) || type == typeof(TimeOnly);
}
