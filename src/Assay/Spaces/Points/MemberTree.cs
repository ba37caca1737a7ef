namespace Assay;

/// <summary>The members that axes set, as a tree by owner.</summary>
internal sealed class MemberTree
{
    private readonly Dictionary<Member, MemberTree> _children = [];

    /// <summary>What sets this member, or null when only members inside it are set.</summary>
    public PointPart? Part { get; private set; }

    public IReadOnlyDictionary<Member, MemberTree> Children => _children;

    /// <summary>Whether nothing in here is set by an axis.</summary>
    public bool IsEmpty => Part is null && _children.Count == 0;

    /// <summary>Adds what sets a member; returns a fault when it is set already, alone or with its owner.</summary>
    public string? Add(MemberPath path, PointPart part)
    {
        MemberTree at = this;
        for (int depth = 0; depth < path.Chain.Length; depth++)
        {
            Member member = path.Chain[depth];
            if (!at._children.TryGetValue(member, out MemberTree? child)) at._children.Add(member, child = new MemberTree());
            at = child;
            if (at.Part is not null && depth < path.Chain.Length - 1)
                return $"{path.Text} has an axis, and so has {path.Chain[depth].Name} around it; keep one of the two";
        }
        if (at.Part is not null) return $"{path.Text} is on two axes; keep one, or join their values";
        if (at._children.Count > 0)
            return $"{path.Text} has an axis, and so has {at._children.Keys.First().Name} inside it; keep one of the two";
        at.Part = part;
        return null;
    }
}
