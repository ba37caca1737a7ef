namespace Assay.Names;

/// <summary>A condition on runs, such as <c>lr &gt; 0.01 and accuracy &gt;= 0.9</c>. Immutable and thread-safe.</summary>
public sealed class RunCondition
{
    private readonly Condition _condition;
    private readonly IReadOnlyList<FieldOperand> _fields;

    internal RunCondition(string text, Condition condition, IReadOnlyList<FieldOperand> fields) =>
        (Text, _condition, _fields) = (text, condition, fields);

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
    public bool Holds(RunRecord run) => _condition.Holds(new RunValues(run));

    /// <summary>
    /// Checks that at least one of the runs has each name: a misspelt name would otherwise look like a condition that no run fulfils.
    /// </summary>
    /// <param name="runs">The runs.</param>
    /// <exception cref="AssayException">No run has a name; the message shows its place and lists the names there are.</exception>
    public void Check(IReadOnlyList<RunRecord> runs)
    {
        foreach (FieldOperand operand in _fields)
        {
            if (operand.Field is BuiltInField || runs.Count == 0 || runs.Any(run => operand.Field.Of(new RunValues(run)) is not null))
                continue;
            throw KnownNames.Unknown(runs, operand.Field.Name, $" (the condition's character {operand.At + 1})");
        }
    }
}
