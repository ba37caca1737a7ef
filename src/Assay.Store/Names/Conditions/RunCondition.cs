namespace Assay.Names;

/// <summary>A condition on runs as it was written and as it was read.</summary>
internal sealed class RunCondition(string text, Condition condition, IReadOnlyList<FieldOperand> fields)
{
    public string Text => text;

    /// <exception cref="AssayException">The text is no condition; the message shows the place.</exception>
    public static RunCondition Parse(string text, DateTimeOffset now) => ConditionParser.Parse(text, now);

    public bool Holds(RunRecord run) => condition.Holds(new RunValues(run));

    /// <summary>
    /// Checks that every name leads to something in at least one of the runs: a misspelt name would otherwise look like a condition nobody
    /// fulfils.
    /// </summary>
    /// <exception cref="AssayException">One does not; the message shows its place and lists the names there are.</exception>
    public void Check(IReadOnlyList<RunRecord> runs)
    {
        foreach (FieldOperand operand in fields)
        {
            if (operand.Field is BuiltInField || runs.Count == 0 || runs.Any(run => operand.Field.Of(new RunValues(run)) is not null))
                continue;
            throw KnownNames.Unknown(runs, operand.Field.Name, $" (the condition's character {operand.At + 1})");
        }
    }
}
