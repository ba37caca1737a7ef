namespace Assay;

/// <summary>What one member is set to along an axis: listed values or a distribution.</summary>
internal abstract class AxisValues
{
    /// <summary>
    /// The value at each step, in the member's own type; null, with faults added, when some value is none of the member's.
    /// </summary>
    public abstract Func<long, object?>? Bind(MemberPath member, SampleBits? bits, ICollection<string> faults);

    /// <summary>What is allowed but may surprise.</summary>
    public virtual IReadOnlyList<string> Notes(MemberPath member) => [];

    public abstract MemberDescription Describe(string name, Member? member);
}

/// <summary>The random or quasi-random 64 bits of each sample of one member.</summary>
internal delegate ulong SampleBits(long sample);

/// <summary>A member, as named, and its values along an axis.</summary>
internal sealed record AxisMember(MemberName Name, AxisValues Values);
