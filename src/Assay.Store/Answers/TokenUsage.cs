namespace Assay;

/// <summary>The tokens of one call of a model, or of several together.</summary>
/// <param name="Input">Tokens of the messages, cached ones included.</param>
/// <param name="Output">Tokens of the answer.</param>
/// <param name="CachedInput">Those of <paramref name="Input"/> that the provider had in its own cache.</param>
public readonly record struct TokenUsage(long Input, long Output, long CachedInput = 0)
{
    /// <summary>Both together.</summary>
    public long Total => Input + Output;

    /// <summary>The sum of two.</summary>
    public static TokenUsage operator +(TokenUsage a, TokenUsage b) =>
        new(a.Input + b.Input, a.Output + b.Output, a.CachedInput + b.CachedInput);

    /// <inheritdoc cref="op_Addition"/>
    public static TokenUsage Add(TokenUsage left, TokenUsage right) => left + right;
}

/// <summary>What calls of a model have taken.</summary>
/// <param name="Usage">Their tokens.</param>
/// <param name="Calls">Their number.</param>
public readonly record struct ModelUsage(TokenUsage Usage, long Calls)
{
    /// <summary>With one call more.</summary>
    public ModelUsage Plus(TokenUsage usage) => new(Usage + usage, Calls + 1);
}
