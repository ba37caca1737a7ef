namespace Assay.Names;

internal enum TokenKind
{
    Name,

    /// <summary>A number, a duration or quoted text.</summary>
    Literal,
    Symbol,
    End,
}

/// <summary>A word, number, text or sign of a condition.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Text">As it was written.</param>
/// <param name="At">Where it starts, from 0.</param>
/// <param name="Value">What a literal stands for.</param>
internal readonly record struct ConditionToken(TokenKind Kind, string Text, int At, object? Value = null)
{
    public bool Is(string word) =>
        Kind is TokenKind.Name or TokenKind.Symbol && string.Equals(Text, word, StringComparison.OrdinalIgnoreCase);
}
