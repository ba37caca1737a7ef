namespace Assay.Names;

/// <summary>Decides about a run.</summary>
internal abstract class Condition
{
    public abstract bool Holds(RunValues run);
}

internal sealed class AllOf(Condition left, Condition right) : Condition
{
    public override bool Holds(RunValues run) => left.Holds(run) && right.Holds(run);
}

internal sealed class AnyOf(Condition left, Condition right) : Condition
{
    public override bool Holds(RunValues run) => left.Holds(run) || right.Holds(run);
}

internal sealed class Negation(Condition inner) : Condition
{
    public override bool Holds(RunValues run) => !inner.Holds(run);
}

/// <summary>A name alone: holds when its value is true.</summary>
internal sealed class Truth(Operand operand) : Condition
{
    public override bool Holds(RunValues run) => operand.Of(run)?.Contains(true) == true;
}

/// <summary>Whether the run has a value at all; a recorded null is one.</summary>
internal sealed class Missing(Operand operand) : Condition
{
    public override bool Holds(RunValues run) => operand.Of(run) is null;
}

/// <summary>
/// Holds when it does for one pair of values; a run without a value fulfils no comparison, not even that it be different. Unequal means
/// that no pair is equal.
/// </summary>
internal sealed class Comparison(Operand left, string sign, Operand right) : Condition
{
    public static IReadOnlyList<string> Signs { get; } = ["=", "==", "!=", "<>", "<", "<=", ">", ">=", "~", "!~"];

    public override bool Holds(RunValues run)
    {
        if (left.Of(run) is not { } a || right.Of(run) is not { } b) return false;
        return sign switch
        {
            "=" or "==" => Any(a, b, ValueOrder.AreEqual),
            "!=" or "<>" => !Any(a, b, ValueOrder.AreEqual),
            "<" => Any(a, b, (x, y) => ValueOrder.Compare(x, y) < 0),
            "<=" => Any(a, b, (x, y) => ValueOrder.Compare(x, y) <= 0),
            ">" => Any(a, b, (x, y) => ValueOrder.Compare(x, y) > 0),
            ">=" => Any(a, b, (x, y) => ValueOrder.Compare(x, y) >= 0),
            "!~" => !Any(a, b, Contains),
            _ => Any(a, b, Contains),
        };
    }

    private static bool Any(object?[] a, object?[] b, Func<object?, object?, bool> holds) => a.Any(x => b.Any(y => holds(x, y)));

    private static bool Contains(object? value, object? part) => value is string text && part is string inner
        ? text.Contains(inner, StringComparison.OrdinalIgnoreCase)
        : ValueOrder.AreEqual(value, part);
}
