namespace Assay.Names;

/// <summary>Whether something holds for a run.</summary>
internal delegate bool Condition(RunValues run);

/// <summary>One side of a comparison: a field of the run, or a value that is the same for all runs.</summary>
/// <param name="Field">Null for a value.</param>
/// <param name="Value">The value.</param>
/// <param name="At">The place of the name in the condition, from 0.</param>
internal sealed record Operand(RunField? Field, object? Value, int At)
{
    public static Operand Literal(object? value) => new(null, value, 0);

    /// <summary>The values to compare: null when the run has none, the elements when it has a list.</summary>
    public object?[]? Of(RunValues run) => Field is null ? [Value]
        : Field.Of(run) is { } values ? [.. values.SelectMany(v => v is object?[] list ? list : [v])] : null;
}

/// <summary>
/// Holds when it does for one pair of values; a run without a value fulfils no comparison, not even that it be different. Unequal means
/// that no pair is equal.
/// </summary>
internal static class Comparison
{
    public static IReadOnlyList<string> Signs { get; } = ["=", "==", "!=", "<>", "<", "<=", ">", ">=", "~", "!~"];

    public static Condition Of(Operand left, string sign, Operand right)
    {
        Func<object?, object?, bool> holds = sign switch
        {
            "<" => (a, b) => ValueOrder.Compare(a, b) < 0,
            "<=" => (a, b) => ValueOrder.Compare(a, b) <= 0,
            ">" => (a, b) => ValueOrder.Compare(a, b) > 0,
            ">=" => (a, b) => ValueOrder.Compare(a, b) >= 0,
            "~" or "!~" => Contains,
            _ => ValueOrder.AreEqual,
        };
        bool isNegated = sign is "!=" or "<>" or "!~";
        return run => left.Of(run) is { } some && right.Of(run) is { } others && some.Any(a => others.Any(b => holds(a, b))) != isNegated;
    }

    private static bool Contains(object? value, object? part) => value is string text && part is string inner
        ? text.Contains(inner, StringComparison.OrdinalIgnoreCase)
        : ValueOrder.AreEqual(value, part);
}

/// <summary>A condition on runs, such as <c>lr &gt; 0.01 and accuracy &gt;= 0.9</c>. Immutable and thread-safe.</summary>
public sealed class RunCondition
{
    private readonly Condition _condition;
    private readonly IReadOnlyList<Operand> _operands;

    internal RunCondition(string text, Condition condition, IReadOnlyList<Operand> operands) =>
        (Text, _condition, _operands) = (text, condition, operands);

    /// <summary>The condition as it was written.</summary>
    public string Text { get; }

    /// <summary>Reads a condition.</summary>
    /// <param name="text">The condition.</param>
    /// <param name="now">The time from which a time such as <c>3d</c> counts back.</param>
    /// <exception cref="AssayException">The text is no condition; the message shows the place.</exception>
    public static RunCondition Parse(string text, DateTimeOffset now) => ConditionParser.Parse(text, now);

    /// <summary>Whether a run fulfils the condition.</summary>
    /// <param name="run">The run.</param>
    /// <exception cref="AssayException">A name means several values of the run.</exception>
    public bool Holds(RunRecord run) => _condition(new RunValues(run));

    /// <summary>
    /// Checks that at least one of the runs has each name: a misspelt name would otherwise look like a condition that no run fulfils.
    /// </summary>
    /// <param name="runs">The runs.</param>
    /// <exception cref="AssayException">No run has a name; the message shows its place and lists the names there are.</exception>
    public void Check(Results runs)
    {
        foreach (Operand operand in _operands) KnownNames.Require(runs, operand.Field!, $" (the condition's character {operand.At + 1})");
    }
}
