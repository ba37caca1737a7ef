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
