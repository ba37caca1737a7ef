namespace Assay;

/// <summary>The members that have axes, as a tree of the objects that contain them.</summary>
internal sealed class MemberTree
{
    private readonly Dictionary<Member, MemberTree> _children = [];

    /// <summary>The source of the value of this member; null when only members inside it have axes.</summary>
    public PointPart? Part { get; private set; }

    public IReadOnlyDictionary<Member, MemberTree> Children => _children;

    /// <summary>Whether neither this member nor a member inside it has an axis.</summary>
    public bool IsEmpty => Part is null && _children.Count == 0;

    /// <summary>Adds a member; returns a fault if the member, an object around it, or a member inside it has an axis already.</summary>
    public string? Add(MemberPath path, PointPart part)
    {
        MemberTree node = this;
        for (int depth = 0; depth < path.Chain.Length; depth++)
        {
            Member member = path.Chain[depth];
            if (!node._children.TryGetValue(member, out MemberTree? child)) node._children.Add(member, child = new MemberTree());
            node = child;
            if (node.Part is not null && depth < path.Chain.Length - 1)
                return $"{path.Text} has an axis, and so has {member.Name} around it; keep one of the two";
        }
        if (node.Part is not null) return $"{path.Text} is on two axes; keep one, or join their values";
        if (node._children.Count > 0)
            return $"{path.Text} has an axis, and so has {node._children.Keys.First().Name} inside it; keep one of the two";
        node.Part = part;
        return null;
    }
}
