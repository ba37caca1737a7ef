namespace Assay.Names;

/// <summary>One side of a comparison.</summary>
internal abstract class Operand
{
    /// <summary>The values that stand there: null when the run has none, the elements when it is a list.</summary>
    public abstract object?[]? Of(RunValues run);
}

/// <summary>A value that is the same for all runs.</summary>
internal sealed class LiteralOperand(object? value) : Operand
{
    public object? Value => value;

    public override object?[]? Of(RunValues run) => [value];
}

/// <summary>A value of the run.</summary>
/// <param name="source">The field.</param>
/// <param name="at">Where in the condition it stands.</param>
internal sealed class FieldOperand(RunField source, int at) : Operand
{
    public RunField Field => source;

    public int At => at;

    public override object?[]? Of(RunValues run) =>
        source.Of(run) is { } values ? [.. values.SelectMany(v => v is object?[] list ? list : [v])] : null;
}
