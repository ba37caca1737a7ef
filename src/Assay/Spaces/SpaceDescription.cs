namespace Assay;

/// <summary>What a space consists of: text and numbers only, ready to be written as JSON.</summary>
/// <param name="Kind"><c>axes</c>, <c>points</c>, <c>variables</c>, <c>union</c> or <c>filter</c>.</param>
/// <param name="Count">Number of points; null when the space has faults.</param>
/// <param name="Axes">The axes in the order they were declared; the last varies fastest. Empty for a union or filter.</param>
/// <param name="Parts">The spaces of a union, or the one space a filter selects from. Empty otherwise.</param>
public sealed record SpaceDescription(string Kind, long? Count, IReadOnlyList<AxisDescription> Axes, IReadOnlyList<SpaceDescription> Parts);

/// <summary>One axis of a space: members that advance together.</summary>
/// <param name="Kind"><c>grid</c>, <c>zip</c>, <c>random</c>, <c>halton</c>, <c>variable</c> or <c>points</c>.</param>
/// <param name="Count">Number of values on the axis.</param>
/// <param name="Seed">The seed of a random or scrambled axis; null for others.</param>
/// <param name="Members">The members the axis sets.</param>
public sealed record AxisDescription(string Kind, long Count, long? Seed, IReadOnlyList<MemberDescription> Members);

/// <summary>What one member is set to along an axis.</summary>
/// <param name="Name">The member's dotted path, or the variable's name.</param>
/// <param name="Values">The values as text in the invariant culture, at most the first 100; null when they are drawn.</param>
/// <param name="Distribution">The distribution they are drawn from, as in <c>LogUniform(0.001, 0.1)</c>; null when they are listed.</param>
public sealed record MemberDescription(string Name, IReadOnlyList<string>? Values, string? Distribution)
{
    internal const int MostValues = 100;

    internal static IReadOnlyList<string> Texts(IEnumerable<object?> values) => [.. values.Take(MostValues).Select(ValueText.Of)];
}
