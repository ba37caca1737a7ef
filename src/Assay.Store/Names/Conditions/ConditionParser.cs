namespace Assay.Names;

/// <summary>
/// Reads a condition: comparisons joined by <c>and</c>, <c>or</c>, <c>not</c> and parentheses. <c>and</c> binds closer than <c>or</c>,
/// <c>not</c> closer than both.
/// </summary>
internal sealed class ConditionParser
{
    // Conditions nest as deep as they are long; what a person writes is far shorter, and nothing may end the process.
    private const int MostWords = 1000;

    private readonly string _text;
    private readonly OperandReader _operands;
    private readonly IReadOnlyList<ConditionToken> _tokens;
    private int _at;

    private ConditionParser(string text, DateTimeOffset now)
    {
        _text = text;
        _operands = new OperandReader(text, now);
        _tokens = new ConditionLexer(text).Tokens();
    }

    private ConditionToken Current => _tokens[_at];

    /// <exception cref="AssayException">The text is no condition; the message shows the place.</exception>
    public static RunCondition Parse(string text, DateTimeOffset now)
    {
        var parser = new ConditionParser(text, now);
        if (parser._tokens.Count > MostWords) throw ConditionFault.TooLong(parser._tokens.Count, MostWords);
        Condition condition = parser.Or();
        if (parser.Current.Kind != TokenKind.End) throw parser.Expected("'and', 'or', or the end");
        return new RunCondition(text, condition, parser._operands.Fields);
    }

    private Condition Or()
    {
        Condition left = And();
        while (Take("or") || Take("||")) left = new AnyOf(left, And());
        return left;
    }

    private Condition And()
    {
        Condition left = Not();
        while (Take("and") || Take("&&")) left = new AllOf(left, Not());
        return left;
    }

    private Condition Not() => Take("not") || Take("!") ? new Negation(Not()) : Primary();

    private Condition Primary()
    {
        if (!Take("(")) return Compare();
        Condition inner = Or();
        if (!Take(")")) throw Expected("a closing parenthesis");
        return inner;
    }

    private Condition Compare()
    {
        Operand left = _operands.Read(Operand(), other: null);
        if (Take("is")) return Presence(left, negated: Take("not"));
        bool not = Take("not");
        if (Take("in")) return Negated(In(left), not);
        if (Take("contains")) return Negated(new Comparison(left, "~", _operands.Read(Operand(), left)), not);
        if (not) throw Expected("'in' or 'contains' after 'not'");
        if (Comparison.Signs.FirstOrDefault(Current.Is) is not { } sign)
            return left is FieldOperand ? new Truth(left) : throw Expected("a comparison: =, !=, <, <=, >, >=, ~, in or contains");
        _at++;
        if (Current.Is("missing")) return Presence(left, negated: sign is "!=" or "<>");
        return new Comparison(left, sign, _operands.Read(Operand(), left));
    }

    private Condition Presence(Operand left, bool negated)
    {
        if (Take("missing")) return Negated(new Missing(left), negated);
        return Take("null") ? Negated(new Comparison(left, "=", new LiteralOperand(null)), negated) : throw Expected("'null' or 'missing'");
    }

    private Condition In(Operand left)
    {
        string close = Take("(") ? ")" : Take("[") ? "]" : throw Expected("a list in parentheses, as in (0.1, 0.2)");
        Condition? any = null;
        do
        {
            var equal = new Comparison(left, "=", _operands.Read(Operand(), left));
            any = any is null ? equal : new AnyOf(any, equal);
        }
        while (Take(","));
        return Take(close) ? any : throw Expected($"a comma or '{close}'");
    }

    private ConditionToken Operand() => Current.Kind is TokenKind.Name or TokenKind.Literal && !OperandReader.IsReserved(Current)
        ? _tokens[_at++]
        : throw Expected("a name, a number or quoted text");

    private static Condition Negated(Condition condition, bool negated) => negated ? new Negation(condition) : condition;

    private bool Take(string word)
    {
        bool taken = Current.Is(word);
        if (taken) _at++;
        return taken;
    }

    private AssayException Expected(string what) => ConditionFault.At(_text, Current.At, $"expected {what}, "
        + $"found {(Current.Kind == TokenKind.End ? "the end" : Current.Text)}");
}
