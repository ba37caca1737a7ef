namespace Assay;

/// <summary>The values of one member along an axis: listed values or a distribution.</summary>
internal abstract class AxisValues
{
    /// <summary>Returns a function from steps to values of the member's type; null, with faults added, for faulty values.</summary>
    public abstract Func<long, object?>? Bind(MemberPath member, SampleBits? bits, ICollection<string> faults);

    public virtual IReadOnlyList<string> Notes(MemberPath member) => [];

    public abstract MemberDescription Describe(string name, Member? member);
}

/// <summary>Returns the 64 random or quasi-random bits of a sample of one member.</summary>
internal delegate ulong SampleBits(long sample);

/// <summary>A member, not yet resolved, and its values along an axis.</summary>
internal sealed record AxisMember(MemberName Name, AxisValues Values);
