using System.Reflection;
using System.Runtime.CompilerServices;

namespace Assay;

/// <summary>Plans the construction of points. A member without a value is a fault.</summary>
internal sealed class PointBuilder(ICollection<string> faults)
{
    /// <summary>The largest number of axes. It is limited because the positions on the axes are kept on the stack.</summary>
    public const int MaxAxes = 256;

    private static readonly PointPart Missing = _ => null;

    /// <summary>Plans one object; its prefix is its path with a dot at the end, or empty for the point itself.</summary>
    public PointPart Build(Type declared, object? baseline, MemberTree tree, string prefix)
    {
        TypeShape shape = MemberPath.ShapeOf(declared, baseline);
        if (shape.Problem is not null)
        {
            faults.Add(prefix.Length == 0 ? shape.Problem : $"{prefix.TrimEnd('.')}: {shape.Problem}");
            return Missing;
        }
        int before = faults.Count;
        PointPart[] arguments = [.. shape.Parameters.Select(parameter => Argument(parameter, baseline, tree, prefix))];
        HashSet<Member> constructed = [.. shape.Parameters.Select(parameter => parameter.Member)];
        var initial = new Lazy<object?>(() =>
            baseline ?? (faults.Count > before ? null : FirstObject(new ObjectPart(shape, arguments, []))));
        var settings = new List<(Member, PointPart)>();
        foreach (Member member in shape.Members.Where(member => member.IsSettable && !constructed.Contains(member)))
            if (Setting(shape, member, baseline, initial, tree, prefix) is { } part) settings.Add((member, part));

        foreach (Member member in tree.Children.Keys.Where(member => !member.IsSettable && !constructed.Contains(member)))
        {
            faults.Add($"{prefix}{member.Name} cannot be set: it has neither a constructor parameter nor a setter; "
                + "vary the members it is computed from, or give it an init accessor");
        }
        return new ObjectPart(shape, arguments, [.. settings]).Value;
    }

    private PointPart Argument(ShapeParameter parameter, object? baseline, MemberTree tree, string prefix)
    {
        Member member = parameter.Member;
        object? Initial() => baseline is null ? parameter.Default : member.Get(baseline);
        if (AxisOrObject(member, tree, prefix, Initial) is { } part) return part;
        if (baseline is not null || parameter.HasDefault) return Constant(Initial());
        return WithoutValue(prefix + member.Name, "give the constructor's parameter a default value");
    }

    private PointPart? Setting(TypeShape shape, Member member, object? baseline, Lazy<object?> initial, MemberTree tree, string prefix)
    {
        if (AxisOrObject(member, tree, prefix, () => initial.Value is null ? null : member.Get(initial.Value)) is { } part) return part;
        if (baseline is not null) return Constant(member.Get(baseline));
        return member.IsRequired && !shape.SetsRequired ? WithoutValue(prefix + member.Name, "make it optional with an initialiser") : null;
    }

    private PointPart? AxisOrObject(Member member, MemberTree tree, string prefix, Func<object?> initial)
    {
        if (!tree.Children.TryGetValue(member, out MemberTree? child)) return null;
        return child.Part ?? Build(member.Type, initial(), child, prefix + member.Name + ".");
    }

    private static PointPart Constant(object? value) => _ => value;

    private PointPart WithoutValue(string path, string remedy)
    {
        faults.Add($"{path} has no axis, no baseline value and no default; add an axis for it, pass a baseline to Space.Of, or {remedy}");
        return Missing;
    }

    // The object of the first point, whose members have the values of their initialisers.
    private static object? FirstObject(ObjectPart part)
    {
        try
        {
            return part.Value(stackalloc long[MaxAxes]);
        }
        catch (Exception) // Creating the first point reports the reason; here it means that there are no initial values.
        {
            return null;
        }
    }
}

/// <summary>Computes one value inside a point from the positions on all axes.</summary>
internal delegate object? PointPart(ReadOnlySpan<long> positions);

/// <summary>An object inside a point, or the point itself, which is constructed from its parts.</summary>
internal sealed class ObjectPart(TypeShape shape, PointPart[] arguments, (Member Member, PointPart Part)[] settings)
{
    public object? Value(ReadOnlySpan<long> positions)
    {
        try
        {
            object created = Construct(positions);
            foreach ((Member member, PointPart part) in settings) member.Set(created, part(positions));
            return created;
        }
        catch (Exception e) when (e is not AssayException) // The constructor and the setters are the user's code.
        {
            throw Refusal(e is TargetInvocationException { InnerException: { } inner } ? inner : e, positions);
        }
    }

    private object Construct(ReadOnlySpan<long> positions)
    {
        if (shape.Constructor is null) return RuntimeHelpers.GetUninitializedObject(shape.Type);
        var buffer = default(Buffer);
        int count = arguments.Length;
        Span<object?> values = count <= Buffer.Length ? ((Span<object?>)buffer)[..count] : new object?[count];
        for (int i = 0; i < values.Length; i++) values[i] = arguments[i](positions);
        return shape.Constructor.Invoke(values);
    }

    private AssayException Refusal(Exception reason, ReadOnlySpan<long> positions)
    {
        var values = new List<string>();
        for (int i = 0; i < arguments.Length; i++)
            values.Add($"{shape.Parameters[i].Member.Name} = {ValueText.Of(arguments[i](positions))}");
        foreach ((Member member, PointPart part) in settings) values.Add($"{member.Name} = {ValueText.Of(part(positions))}");
        return new AssayException($"{TypeName.Of(shape.Type)} refused the values {string.Join(", ", values)}: "
            + $"{reason.GetType().Name}: {ExceptionText.Clause(reason)}; give the axes values that are valid together", reason);
    }

    // Keeps the arguments of records with up to twelve parameters off the heap.
    [InlineArray(Length)]
    private struct Buffer
    {
        public const int Length = 12;
        private object? _first;
    }
}

/// <summary>The members that have axes, as a tree of the objects that contain them.</summary>
internal sealed class MemberTree
{
    /// <summary>The source of the value of this member; null when only members inside it have axes.</summary>
    public PointPart? Part { get; private set; }

    public Dictionary<Member, MemberTree> Children { get; } = [];
    public bool IsEmpty => Part is null && Children.Count == 0;

    /// <summary>Adds a member; returns a fault if the member, an object around it, or a member inside it has an axis already.</summary>
    public string? Add(MemberPath path, PointPart part)
    {
        MemberTree node = this;
        for (int depth = 0; depth < path.Chain.Length; depth++)
        {
            Member member = path.Chain[depth];
            if (!node.Children.TryGetValue(member, out MemberTree? child)) node.Children.Add(member, child = new MemberTree());
            node = child;
            if (node.Part is not null && depth < path.Chain.Length - 1)
                return $"{path.Text} has an axis, and so has {member.Name} around it; keep one of the two";
        }
        if (node.Part is not null) return $"{path.Text} is on two axes; keep one, or join their values";
        if (node.Children.Count > 0)
            return $"{path.Text} has an axis, and so has {node.Children.Keys.First().Name} inside it; keep one of the two";
        node.Part = part;
        return null;
    }
}
