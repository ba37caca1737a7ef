using System.Collections.Immutable;
using System.Globalization;
using System.Linq.Expressions;
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

    public Member(MemberInfo member)
    {
        (_property, _field, Name) = (member as PropertyInfo, member as FieldInfo, member.Name);
        Type = _property?.PropertyType ?? _field!.FieldType;
        if (_property?.SetMethod is { IsPublic: true } setter) _setter = MethodInvoker.Create(setter);
        AllowsNull = Type.IsValueType ? Nullable.GetUnderlyingType(Type) is not null : !HasNullability || !IsNotNull();
        IsRequired = member.IsDefined(typeof(RequiredMemberAttribute));
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

    private bool IsNotNull()
    {
        var context = new NullabilityInfoContext();
        return (_property is not null ? context.Create(_property) : context.Create(_field!)).ReadState == NullabilityState.NotNull;
    }
}

/// <summary>A member as the user named it, not yet resolved; without parts and with the problem if the name is invalid.</summary>
internal sealed record MemberName(string Text, ImmutableArray<string> Parts, string? Problem = null)
{
    public static MemberName Of(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        ImmutableArray<string> parts = [.. path.Split('.').Select(part => part.Trim())];
        return parts.Any(part => NearestNames.Normalise(part).Length == 0)
            ? new MemberName(path, [],
                $"the path \"{path}\" has an empty part; write names separated by dots, as in \"optimizer.learning_rate\"")
            : new MemberName(path, parts);
    }

    /// <summary>Parses a chain of properties or fields that starts at the parameter of the lambda expression.</summary>
    public static MemberName Of(LambdaExpression expression)
    {
        ArgumentNullException.ThrowIfNull(expression);
        var parts = new Stack<string>();
        Expression node = WithoutConversion(expression.Body);
        while (node is MemberExpression { Expression: not null } access)
        {
            // In `p.Inner!.Value.X` with a nullable struct, `Value` is a member of Nullable<T> and not of the user's type.
            bool unwraps = Nullable.GetUnderlyingType(access.Expression.Type) is not null && access.Member.Name == "Value";
            if (!unwraps) parts.Push(access.Member.Name);
            node = WithoutConversion(access.Expression);
        }
        return node is ParameterExpression && parts.Count > 0
            ? new MemberName(string.Join('.', parts), [.. parts])
            : new MemberName(expression.ToString(), [],
                $"the expression {expression} names no member; write p => p.Member or p => p.Outer.Member"
                + (expression.Body is ParameterExpression ? ", or Space.Values(…) for points that are plain values" : ""));
    }

    private static Expression WithoutConversion(Expression node)
    {
        while (node.NodeType is ExpressionType.Convert or ExpressionType.ConvertChecked or ExpressionType.TypeAs)
            node = ((UnaryExpression)node).Operand;
        return node;
    }
}

/// <summary>A resolved member: the chain of members that leads from the point to it.</summary>
internal sealed record MemberPath(ImmutableArray<Member> Chain)
{
    private const int MaxDepth = 4;
    private const int MaxPaths = 500;

    public Member Last => Chain[^1];

    /// <summary>The path in the declared spelling: <c>Optimizer.LearningRate</c>. It is part of the names of random streams.</summary>
    public string Text { get; } = string.Join('.', Chain.Select(member => member.Name));

    /// <summary>The value in a point; null also where an object around the member is null.</summary>
    public object? ValueIn(object? point)
    {
        foreach (Member member in Chain)
        {
            if (point is null) return null;
            point = member.Get(point);
        }

        return point;
    }

    /// <summary>Resolves a name in the types of the baseline's values or, without a baseline, in the declared types.</summary>
    /// <returns>The path; null, with a fault added, for an invalid, unknown or ambiguous name.</returns>
    public static MemberPath? Find(Type root, object? baseline, MemberName name, ICollection<string> faults)
    {
        if (name.Problem is not null)
        {
            faults.Add(name.Problem);
            return null;
        }
        var chain = ImmutableArray.CreateBuilder<Member>(name.Parts.Length);
        (Type type, object? value) = (root, baseline);
        foreach (string part in name.Parts)
        {
            TypeShape shape = ShapeOf(type, value);
            ImmutableArray<Member> found = shape.Find(part);
            if (found.Length != 1)
            {
                faults.Add(found.IsEmpty ? Unknown(root, baseline, name, part, shape) : Ambiguous(name, part, shape, found));
                return null;
            }
            chain.Add(found[0]);
            (type, value) = (found[0].Type, value is null ? null : found[0].Get(value));
        }
        return new MemberPath(chain.ToImmutable());
    }

    /// <summary>The shape of a value; without a value, of the declared type.</summary>
    public static TypeShape ShapeOf(Type declared, object? value) =>
        TypeShape.Of(value?.GetType() ?? Nullable.GetUnderlyingType(declared) ?? declared);

    private static string Ambiguous(MemberName name, string part, TypeShape shape, ImmutableArray<Member> found) =>
        $"axis \"{name.Text}\": \"{part}\" matches several members of {TypeName.Of(shape.Type)}: "
        + $"{string.Join(", ", found.Select(member => member.Name))}; write the exact name";

    private static string Unknown(Type root, object? baseline, MemberName name, string part, TypeShape shape)
    {
        IReadOnlyList<string> near = NearestNames.To(name.Text, Paths(root, baseline, "", depth: 1).Take(MaxPaths));
        string advice = near.Count > 0 ? $"did you mean {string.Join(" or ", near)}?"
            : shape.Members.IsEmpty ? $"{TypeName.Of(shape.Type)} has no members"
            : $"its members are {ValueText.Few([.. shape.Members.Select(member => member.Name)], most: 12)}";
        return $"axis \"{name.Text}\": {TypeName.Of(shape.Type)} has no member \"{part}\"; {advice}";
    }

    private static IEnumerable<string> Paths(Type type, object? value, string prefix, int depth)
    {
        TypeShape shape = ShapeOf(type, value);
        foreach (Member member in shape.Members) yield return prefix + member.Name;
        if (depth == MaxDepth) yield break;
        foreach (Member member in shape.Members)
        {
            object? inner = value is null ? null : member.Get(value);
            foreach (string path in Paths(member.Type, inner, prefix + member.Name + ".", depth + 1)) yield return path;
        }
    }
}

/// <summary>Converts values to the types of members, if the conversion loses nothing.</summary>
internal static class MemberValue
{
    /// <summary>Converts a value; null, or the problem, as in "is of type string, expected int".</summary>
    public static string? Problem(object? value, Type target, bool allowsNull, out object? converted)
    {
        converted = value;
        Type type = Nullable.GetUnderlyingType(target) ?? target;
        if (value is null)
            return allowsNull ? null
                : $"is not a value of type {TypeName.Of(target)}; leave it out, or declare the member as {TypeName.Of(type)}?";
        if (type.IsInstanceOfType(value)) return null;
        if (type.IsEnum && value is string name) return ProblemOfName(name, type, out converted);
        return IsNumber(value.GetType()) && IsNumber(type) ? ProblemOfNumber(value, type, out converted)
            : $"is of type {TypeName.Of(value.GetType())}, expected {TypeName.Of(type)}; give a value of that type";
    }

    /// <summary>Whether the type is a numeric type whose values convert to other numeric types.</summary>
    public static bool IsNumber(Type type) => !type.IsEnum && Type.GetTypeCode(type) is >= TypeCode.SByte and <= TypeCode.Decimal;

    private static string? ProblemOfName(string name, Type type, out object? converted)
    {
        string[] names = Enum.GetNames(type);
        string? match = names.FirstOrDefault(n => n == name)
            ?? names.FirstOrDefault(n => string.Equals(n, name, StringComparison.OrdinalIgnoreCase));
        converted = match is null ? null : Enum.Parse(type, match);
        return match is not null ? null : $"is not a value of {TypeName.Of(type)}; its values are {ValueText.Few(names, most: 12)}";
    }

    private static string? ProblemOfNumber(object value, Type type, out object? converted)
    {
        try
        {
            converted = Convert.ChangeType(value, type, CultureInfo.InvariantCulture);
            object back = Convert.ChangeType(converted, value.GetType(), CultureInfo.InvariantCulture);
            // 0.1 is another number as float or decimal, but its digits are kept.
            return back.Equals(value) || Digits(converted) == Digits(value) ? null
                : $"cannot be represented by {TypeName.Of(type)}, which would change it to {Digits(converted)}; "
                    + "give a value that it can represent, or change the type of the member";
        }
        catch (OverflowException)
        {
            converted = null;
            return $"is outside the range of {TypeName.Of(type)}; give a value within the range, or change the type of the member";
        }
    }

    private static string Digits(object number) => ((IFormattable)number).ToString(null, CultureInfo.InvariantCulture);
}
