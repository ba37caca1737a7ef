namespace Assay;

/// <summary>Plans how points are put together, and finds what is missing for it.</summary>
internal sealed class PointBuilder(ICollection<string> faults)
{
    private static readonly PointPart Missing = new ConstantPart(null);

    /// <summary>The plan for one object; adds faults for whatever has no value.</summary>
    /// <param name="declared">The type the object is declared with.</param>
    /// <param name="baseline">The object to start from, or null.</param>
    /// <param name="tree">Which of its members axes set.</param>
    /// <param name="prefix">The path to the object with a dot at its end, or nothing for the point itself.</param>
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
        var initial = new Lazy<object?>(() => baseline ?? (faults.Count > before ? null : Initial(new ObjectPart(shape, arguments, []))));
        (Member, PointPart)[] settings = [.. shape.Members.Where(member => member.IsSettable && !constructed.Contains(member))
            .Select(member => (Member: member, Part: Setting(shape, member, baseline, initial, tree, prefix)))
            .Where(setting => setting.Part is not null).Select(setting => (setting.Member, setting.Part!))];

        foreach (Member member in tree.Children.Keys.Where(member => !member.IsSettable && !constructed.Contains(member)))
        {
            faults.Add($"{prefix}{member.Name} cannot be set: it has neither a constructor parameter nor a setter; "
                + "vary what it is computed from, or give it an init accessor");
        }
        return new ObjectPart(shape, arguments, settings);
    }

    private PointPart Argument(ShapeParameter parameter, object? baseline, MemberTree tree, string prefix)
    {
        Member member = parameter.Member;
        object? Before() => baseline is null ? parameter.Default : member.Get(baseline);
        if (Varied(member, tree, prefix, Before) is { } part) return part;
        if (baseline is not null || parameter.HasDefault) return new ConstantPart(Before());
        return Absent(prefix + member.Name, "give the constructor's parameter a default value");
    }

    private PointPart? Setting(TypeShape shape, Member member, object? baseline, Lazy<object?> initial, MemberTree tree, string prefix)
    {
        if (Varied(member, tree, prefix, () => initial.Value is null ? null : member.Get(initial.Value)) is { } part) return part;
        if (baseline is not null) return new ConstantPart(member.Get(baseline));
        return member.IsRequired && !shape.SetsRequired ? Absent(prefix + member.Name, "make it optional with an initialiser") : null;
    }

    private PointPart? Varied(Member member, MemberTree tree, string prefix, Func<object?> before)
    {
        if (!tree.Children.TryGetValue(member, out MemberTree? child)) return null;
        return child.Part ?? Build(member.Type, before(), child, prefix + member.Name + ".");
    }

    private PointPart Absent(string path, string remedy)
    {
        faults.Add($"{path} has no axis, no baseline value and no default; add an axis for it, pass a baseline to Space.Of, or {remedy}");
        return Missing;
    }

    // What the initialisers leave in an object inside this one; read once, from the object of the first point.
    private static object? Initial(ObjectPart first)
    {
        try
        {
            return first.Value(stackalloc long[AxisPlan.MostAxes]);
        }
        catch (Exception) // The first point, or a fault found before, will say why; here it only means that there are no initial values.
        {
            return null;
        }
    }
}
