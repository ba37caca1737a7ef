namespace Assay;

/// <summary>A description of a space in text and numbers, which can be written as JSON.</summary>
/// <param name="Kind"><c>axes</c>, <c>points</c>, <c>variables</c>, <c>union</c> or <c>filter</c>.</param>
/// <param name="Count">The number of points; null when the space has faults.</param>
/// <param name="Axes">The axes in the order of their declaration; the last varies fastest. Empty for a union or filter.</param>
/// <param name="Parts">The spaces of a union, or the space that a filter selects from. Empty otherwise.</param>
public sealed record SpaceDescription(string Kind, long? Count, IReadOnlyList<AxisDescription> Axes, IReadOnlyList<SpaceDescription> Parts);

/// <summary>One axis of a space: members that advance together.</summary>
/// <param name="Kind"><c>grid</c>, <c>zip</c>, <c>random</c>, <c>halton</c>, <c>variable</c> or <c>points</c>.</param>
/// <param name="Count">The number of values on the axis.</param>
/// <param name="Seed">The seed of a random or scrambled axis; null for others.</param>
/// <param name="Members">The members that the axis sets.</param>
public sealed record AxisDescription(string Kind, long Count, long? Seed, IReadOnlyList<MemberDescription> Members);

/// <summary>The values of one member along an axis.</summary>
/// <param name="Name">The dotted path of the member, or the name of the variable.</param>
/// <param name="Values">The first values, at most 100, as text in the invariant culture; null when they are drawn.</param>
/// <param name="Distribution">The distribution of drawn values, as in <c>LogUniform(0.001, 0.1)</c>; null for listed values.</param>
public sealed record MemberDescription(string Name, IReadOnlyList<string>? Values, string? Distribution)
{
    internal const int MaxValues = 100;

    internal static IReadOnlyList<string> Texts(IEnumerable<object?> values) => [.. values.Take(MaxValues).Select(ValueText.Of)];
}
