using System.Text;

namespace Assay.Names;

internal enum TokenKind
{
    Name,

    /// <summary>A number, a duration or quoted text.</summary>
    Literal,
    Symbol,
    End,
}

/// <summary>A word, number, text or sign of a condition, at a place from 0, and the value of a literal.</summary>
internal readonly record struct ConditionToken(TokenKind Kind, string Text, int At, object? Value = null)
{
    public bool Is(string word) =>
        Kind is TokenKind.Name or TokenKind.Symbol && string.Equals(Text, word, StringComparison.OrdinalIgnoreCase);
}

/// <summary>Cuts a condition into its words.</summary>
internal sealed class ConditionLexer(string text)
{
    private static readonly string[] Symbols = [
        "<=", ">=", "!=", "<>", "==", "!~", "&&", "||", "<", ">", "=", "~", "!", "(", ")", "[", "]", ","];
    private int _at;

    public IReadOnlyList<ConditionToken> Tokens()
    {
        var tokens = new List<ConditionToken>();
        do
        {
            tokens.Add(Next());
        }
        while (tokens[^1].Kind != TokenKind.End);
        return tokens;
    }

    private ConditionToken Next()
    {
        while (_at < text.Length && char.IsWhiteSpace(text[_at])) _at++;
        if (_at == text.Length) return new ConditionToken(TokenKind.End, "", _at);
        char first = text[_at];
        if (first is '"' or '\'') return Quoted(first);
        bool isSigned = first is '-' or '.' && _at + 1 < text.Length
            && (char.IsAsciiDigit(text[_at + 1]) || text[_at + 1] is '.' or 'i' or 'I');
        if (char.IsAsciiDigit(first) || isSigned) return Number();
        if (char.IsLetter(first) || first is '_' or '$') return Name();
        string? symbol = Symbols.FirstOrDefault(s => string.CompareOrdinal(text, _at, s, 0, s.Length) == 0);
        if (symbol is null)
            throw ConditionFault.At(text, _at, $"'{first}' means nothing here; expected a name, a number, quoted text or a comparison");
        _at += symbol.Length;
        return new ConditionToken(TokenKind.Symbol, symbol, _at - symbol.Length);
    }

    private ConditionToken Quoted(char quote)
    {
        int from = _at++;
        var value = new StringBuilder();
        while (_at < text.Length && text[_at] != quote)
        {
            if (text[_at] == '\\' && _at + 1 < text.Length && text[_at + 1] is '\\' or '"' or '\'') _at++;
            value.Append(text[_at++]);
        }

        if (_at == text.Length) throw ConditionFault.At(text, from, "the quoted text has no end; expected a closing quotation mark");
        _at++;
        return new ConditionToken(TokenKind.Literal, text[from.._at], from, value.ToString());
    }

    private ConditionToken Number()
    {
        int from = _at;
        _at++;
        // The sign of an exponent belongs to the number: 1e-5.
        bool IsPart(char c) => char.IsLetterOrDigit(c) || c is '.' or '_' || (c is '-' or '+' && text[_at - 1] is 'e' or 'E');
        while (_at < text.Length && IsPart(text[_at])) _at++;
        string number = text[from.._at];
        object value = number.ToLowerInvariant() switch
        {
            "-inf" or "-infinity" => double.NegativeInfinity,
            _ when JsonObjects.Number(number) is { } read => read,
            _ when TimeText.TryDuration(number, out TimeSpan duration) => duration,
            _ => throw ConditionFault.At(text, from, $"'{number}' is no number; expected one such as 3, 0.01, 1e-5, "
                + "or a duration such as 90s, 15m, 2h, 3d"),
        };
        return new ConditionToken(TokenKind.Literal, number, from, value);
    }

    private ConditionToken Name()
    {
        int from = _at;
        while (_at < text.Length)
        {
            if (text[_at] == '[') SkipBracket();
            else if (PathStep.IsPlain(text[_at]) || text[_at] == '.') _at++;
            else break;
        }

        return new ConditionToken(TokenKind.Name, text[from.._at], from);
    }

    private void SkipBracket()
    {
        int from = _at++;
        char quote = _at < text.Length && text[_at] is '"' or '\'' ? text[_at++] : '\0';
        while (_at < text.Length && (quote != '\0' ? text[_at] != quote : text[_at] != ']')) _at += text[_at] == '\\' ? 2 : 1;
        if (quote != '\0') _at++;
        if (_at >= text.Length || text[_at] != ']')
            throw ConditionFault.At(text, from, "the bracket has no end; expected a closing one, as in layers[], layers[0] or [\"a.b\"]");
        _at++;
    }
}

/// <summary>Faults of a condition, with their place.</summary>
internal static class ConditionFault
{
    private const int Surroundings = 100;

    public static AssayException TooLong(int words, int most) => new(
        $"the condition has {words} words and signs; expected {most} at most. Shorten it, "
            + "or take several of 'in (…)' apart into several questions.");

    public static AssayException At(string text, int at, string fault)
    {
        // Of a long condition only the surroundings of the place help.
        int from = Math.Max(0, at - Surroundings), to = Math.Min(text.Length, at + Surroundings);
        string before = from > 0 ? "…" : "", after = to < text.Length ? "…" : "";
        return new AssayException($"the condition cannot be read at character {at + 1}: "
            + $"{fault}.\n  {before}{text[from..to].ReplaceLineEndings(" ")}{after}\n  {new string(' ', before.Length + at - from)}^");
    }
}
