using System.Collections.Immutable;

namespace Assay;

/// <summary>A member found in a type: the chain of members that leads to it from the point.</summary>
internal sealed record MemberPath(ImmutableArray<Member> Chain)
{
    private const int Deepest = 4;
    private const int MostPaths = 500;

    public Member Last => Chain[^1];

    /// <summary>The chain with the members' own spelling: <c>Optimizer.LearningRate</c>. Random streams are named by it.</summary>
    public string Text { get; } = string.Join('.', Chain.Select(member => member.Name));

    /// <summary>Looks a name up; adds one fault and returns null when it is not there or not clear.</summary>
    /// <param name="root">The type of the point.</param>
    /// <param name="baseline">The point to start from, or null; where it has a value, that value's own type counts.</param>
    /// <param name="name">The name to find.</param>
    /// <param name="faults">Where faults go.</param>
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
                faults.Add(found.IsEmpty ? Missing(root, baseline, name, part, shape) : Unclear(name, part, shape, found));
                return null;
            }
            chain.Add(found[0]);
            (type, value) = (found[0].Type, value is null ? null : found[0].Get(value));
        }
        return new MemberPath(chain.ToImmutable());
    }

    /// <summary>The shape that counts for a declared type and the value at hand, if any.</summary>
    public static TypeShape ShapeOf(Type declared, object? value) =>
        TypeShape.Of(value?.GetType() ?? Nullable.GetUnderlyingType(declared) ?? declared);

    private static string Unclear(MemberName name, string part, TypeShape shape, ImmutableArray<Member> found) =>
        $"axis \"{name.Text}\": {TypeName.Of(shape.Type)} has several members that \"{part}\" may mean: "
        + $"{string.Join(", ", found.Select(member => member.Name))}; write the exact name";

    private static string Missing(Type root, object? baseline, MemberName name, string part, TypeShape shape)
    {
        IReadOnlyList<string> near = NearestNames.To(name.Text, MemberPath.AllPaths(root, baseline));
        string advice = near.Count > 0 ? $"did you mean {string.Join(" or ", near)}?"
            : shape.Members.IsEmpty ? $"{TypeName.Of(shape.Type)} has no members"
            : $"its members are {ValueText.Few([.. shape.Members.Select(member => member.Name)], most: 12)}";
        return $"axis \"{name.Text}\": {TypeName.Of(shape.Type)} has no member \"{part}\"; {advice}";
    }

    /// <summary>The paths of all members, outer ones first, at most four levels deep.</summary>
    public static IEnumerable<string> AllPaths(Type root, object? baseline) => Walk(root, baseline, "", 1).Take(MostPaths);

    private static IEnumerable<string> Walk(Type type, object? value, string prefix, int depth)
    {
        TypeShape shape = MemberPath.ShapeOf(type, value);
        foreach (Member member in shape.Members) yield return prefix + member.Name;
        if (depth == Deepest) yield break;
        foreach (Member member in shape.Members)
        {
            object? inner = value is null ? null : member.Get(value);
            foreach (string path in Walk(member.Type, inner, prefix + member.Name + ".", depth + 1)) yield return path;
        }
    }
}
