using System.Collections.Immutable;
using System.Linq.Expressions;

namespace Assay;

/// <summary>The members of one zipped axis. Immutable; every method returns a new list.</summary>
public sealed class ZipAxes<T>
{
    internal ZipAxes(ImmutableArray<AxisMember> members) => Members = members;

    internal ImmutableArray<AxisMember> Members { get; }

    /// <summary>Adds a member and its values, one per step of the axis.</summary>
    /// <param name="member">The member, as in <c>p =&gt; p.LearningRate</c>.</param>
    /// <param name="values">The values, in order. All members of the axis have the same number of values.</param>
    public ZipAxes<T> Values<TValue>(Expression<Func<T, TValue>> member, params IEnumerable<TValue> values)
    {
        ArgumentNullException.ThrowIfNull(member);
        ArgumentNullException.ThrowIfNull(values);
        return new(Members.Add(new AxisMember(MemberName.Of(member), ListedValues.Of(values))));
    }

    /// <summary>Adds the member at a dotted path and its values, one per step of the axis.</summary>
    /// <param name="path">The path, as in <c>"optimizer.learning_rate"</c>.</param>
    /// <param name="values">The values, in order, or a single sequence of values.</param>
    public ZipAxes<T> Values(string path, params object?[] values)
    {
        ArgumentNullException.ThrowIfNull(path);
        return new(Members.Add(new AxisMember(MemberName.Of(path), ListedValues.Of(values ?? [null], mayBeOneSequence: true))));
    }
}
