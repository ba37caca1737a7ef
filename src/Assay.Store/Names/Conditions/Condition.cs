namespace Assay.Names;

internal delegate bool Condition(RunValues run);

/// <summary>One side of a comparison: a field of the run, or a value that is the same for all runs.</summary>
/// <param name="Field">Null for a value.</param>
/// <param name="Value">The value.</param>
/// <param name="At">The place of the name in the condition, from 0.</param>
internal sealed record Operand(RunField? Field, object? Value, int At)
{
    /// <summary>Whether it stands behind a comparison, where a text without its quotation marks looks like a name.</summary>
    public bool MayBeText { get; init; }

    public static Operand Literal(object? value) => new(null, value, 0);

    /// <summary>The values to compare: null when the run has none, the elements when it has a list.</summary>
    public object?[]? Of(RunValues run) => Field is null ? [Value]
        : Field.Of(run) is { } values ? [.. values.SelectMany(v => v is object?[] list ? list : [v])] : null;
}

/// <summary>Holds for any pair of values, unequal when no pair is equal; a run without a value fulfils no comparison.</summary>
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

/// <summary>A comparison of a field with numbers.</summary>
/// <param name="Text">The comparison as it was written.</param>
/// <param name="Field">The field.</param>
/// <param name="Numbers">The numbers; several after <c>in</c>.</param>
/// <param name="Holds">The comparison.</param>
internal sealed record NumberComparison(string Text, Operand Field, double[] Numbers, Condition Holds)
{
    /// <summary>The recorded number nearest to one of these; null where a run fulfils the comparison, or none has a number.</summary>
    public object? NearestIn(Results runs)
    {
        (object? nearest, double least) = (null, double.PositiveInfinity);
        foreach (RunRecord run in runs)
        {
            var values = new RunValues(run);
            if (Holds(values)) return null;
            foreach (object? value in Field.Of(values) ?? [])
            {
                if (!NumberOrder.TryNumber(value, out double number)) continue;
                double distance = Numbers.Min(n => Math.Abs(n - number));
                if (distance < least) (nearest, least) = (value, distance);
            }
        }

        return nearest;
    }
}

/// <summary>A condition on runs, such as <c>lr &gt; 0.01 and accuracy &gt;= 0.9</c>. Immutable and thread-safe.</summary>
public sealed class RunCondition
{
    private readonly Condition _condition;
    private readonly IReadOnlyList<Operand> _operands;
    private readonly IReadOnlyList<NumberComparison> _comparisons;

    internal RunCondition(
        string text, Condition condition, IReadOnlyList<Operand> operands, IReadOnlyList<NumberComparison> comparisons) =>
        (Text, _condition, _operands, _comparisons) = (text, condition, operands, comparisons);

    /// <summary>The condition as it was written.</summary>
    public string Text { get; }

    /// <summary>Reads a condition.</summary>
    /// <param name="text">The condition.</param>
    /// <param name="now">The time from which a time such as <c>3d</c> counts back.</param>
    /// <exception cref="AssayException">The text is no condition; the message shows the place.</exception>
    public static RunCondition Parse(string text, DateTimeOffset now) => ConditionParser.Parse(text, now);

    /// <summary>Whether a run fulfils the condition.</summary>
    /// <exception cref="AssayException">A name means several values of the run.</exception>
    public bool Holds(RunRecord run) => _condition(new RunValues(run));

    /// <summary>Checks that a run has each name: a misspelt one would look like a condition that no run fulfils.</summary>
    /// <exception cref="AssayException">No run has a name; the message shows its place and lists the names there are.</exception>
    public void Check(Results runs)
    {
        foreach (Operand operand in _operands)
        {
            string quotes = operand.MayBeText ? $"; text stands in quotes, as in '{operand.Field!.Name}'" : "";
            KnownNames.RequireAmong(runs, operand.Field!, $" (the condition's character {operand.At + 1}{quotes})");
        }
    }

    /// <summary>
    /// The comparisons with numbers that none of the runs fulfils, as sentences with the nearest number that was recorded, in all its
    /// digits: a number that was read off a table has six. Reads every run.
    /// </summary>
    /// <param name="runs">Runs that have the names of the condition (<see cref="Check"/>).</param>
    /// <exception cref="AssayException">A name means several values of a run.</exception>
    public IEnumerable<string> Misses(Results runs)
    {
        foreach (NumberComparison comparison in _comparisons)
            if (comparison.NearestIn(runs) is { } nearest)
                yield return $"no run has {Printable.Line(comparison.Text)}; the nearest recorded value is {ValueText.Of(nearest)}.";
    }
}

/// <summary>The language of conditions and names in Markdown: the same words in the reference and in the skill.</summary>
public static class ConditionHelp
{
    /// <summary>The names that lead to values of a run.</summary>
    public static string Names { get; } = $"""
        A name leads to a value of a run, the same in `--where`, `--sort`, `--columns`, `--by`, `best`, `history` and `select`:

        | name | leads to |
        |---|---|
        | `accuracy` | the metric, parameter or label; else the series, metadata or tracked value of that name, the first the run has |
        | `params.lr`, `metrics.accuracy`, `labels.x`, `metadata.x.y`, `series.loss`, `git.commit`, `fingerprints.code` | the value there |
        | `derived.final_loss`, `derived_final_loss` | a metric that a function derived from the run later; never meant by the name alone |
        | `metrics.acc`, `tracked.metrics.acc` | the last value the run tracked at that path; `tracked.` makes sure of it |
        | `layers[].size`, `layers[0].size` | every element of a list, or one |
        | `tracked["a.b"].c` | a key with a dot or a space in it |

        Casing and underscores do not matter unless two names differ by nothing else. A name alone that means a metric and also a parameter
        or label of one run is refused: say `metrics.NAME` or
        `params.NAME`. Facts every run has: {string.Join(", ", BuiltInField.All.Select(f => $"`{f.Name}`"))}; a metric of such a name is
        `metrics.NAME`. Of what is recorded over time the last value counts.
        """;

    /// <summary>The language of conditions.</summary>
    public static string Conditions { get; } = """
        | in a condition | means |
        |---|---|
        | `lr > 0.01`, `=`, `!=`, `<`, `<=`, `>=` | compares numbers, texts, times; what cannot be compared is never true |
        | `and`, `or`, `not`, `( )` | joins; `not` binds closest, then `and` |
        | `opt = 'adam'` | text stands in quotes; `status = failed` and other facts do without |
        | `opt ~ 'ada'`, `tags contains 'tuned'`, `!~` | text holds the part, in any casing; a list has the element |
        | `lr in (0.1, 0.2)`, `not in` | is one of them |
        | `loss = nan`, `inf`, `x = null`, `true` | NaN is only found so: it is neither more nor less than anything |
        | `accuracy is missing`, `is not missing` | whether the run has a value at all; without one every comparison, `!=` too, is false |
        | `started >= '2026-01-31'`, `started > 3d` | UTC, or so long ago; `duration > 90s` |
        | `layers[].size > 3`, `tags = a` | holds when it does for one element; `!=` when none is equal |
        | `dirty`, `not dirty` | a name alone holds when its value is true |
        """;
}
