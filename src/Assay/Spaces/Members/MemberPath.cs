using System.Collections.Immutable;

namespace Assay;

/// <summary>A resolved member: the chain of members that leads from the point to it.</summary>
internal sealed record MemberPath(ImmutableArray<Member> Chain)
{
    private const int MaxDepth = 4;
    private const int MaxPaths = 500;

    public Member Last => Chain[^1];

    /// <summary>The path in the declared spelling: <c>Optimizer.LearningRate</c>. It is part of the names of random streams.</summary>
    public string Text { get; } = string.Join('.', Chain.Select(member => member.Name));

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
