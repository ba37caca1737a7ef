namespace Assay.Names;

/// <summary>Reads a condition: <c>not</c> binds closest, then <c>and</c>, then <c>or</c>; parentheses group.</summary>
internal sealed class ConditionParser
{
    // Conditions nest as deep as they are long; what a person writes is far shorter, and nothing may end the process.
    private const int MostWords = 1000;

    private static readonly string[] Reserved = ["and", "or", "not", "in", "is", "contains", "missing"];

    private readonly string _text;
    private readonly DateTimeOffset _now;
    private readonly IReadOnlyList<ConditionToken> _tokens;
    private readonly List<Operand> _fields = [];
    private readonly List<NumberComparison> _comparisons = [];
    private int _at;

    private ConditionParser(string text, DateTimeOffset now) => (_text, _now, _tokens) = (text, now, new ConditionLexer(text).Tokens());

    private ConditionToken Current => _tokens[_at];

    /// <exception cref="AssayException">The text is no condition; the message shows the place.</exception>
    public static RunCondition Parse(string text, DateTimeOffset now)
    {
        var parser = new ConditionParser(text, now);
        if (parser._tokens.Count > MostWords) throw ConditionFault.TooLong(parser._tokens.Count, MostWords);
        Condition condition = parser.Or();
        if (parser.Current.Kind != TokenKind.End) throw parser.Expected("'and', 'or', or the end");
        return new RunCondition(text, condition, parser._fields, parser._comparisons);
    }

    private Condition Or()
    {
        Condition left = And();
        return Take("or") || Take("||") ? Either(left, Or()) : left;
    }

    private Condition And()
    {
        Condition left = Not();
        return Take("and") || Take("&&") ? Both(left, And()) : left;
    }

    private Condition Not() => Take("not") || Take("!") ? Negation(Not()) : Primary();

    private Condition Primary()
    {
        if (!Take("(")) return Compare();
        Condition inner = Or();
        return Take(")") ? inner : throw Expected("a closing parenthesis");
    }

    private Condition Compare()
    {
        int from = Current.At;
        Operand left = ReadOperand(other: null);
        if (Take("is")) return Presence(left, negated: Take("not"));
        bool not = Take("not");
        if (Take("in")) return Negated(In(left, from), not);
        if (Take("contains")) return Negated(Comparison.Of(left, "~", ReadOperand(left)), not);
        if (not) throw Expected("'in' or 'contains' after 'not'");
        if (Comparison.Signs.FirstOrDefault(Current.Is) is { } sign)
        {
            _at++;
            if (Current.Is("missing")) return Presence(left, negated: sign is "!=" or "<>");
            Operand right = ReadOperand(left);
            Condition compared = Comparison.Of(left, sign, right);
            return sign is "!=" or "<>" or "~" or "!~" ? compared : Noted(from, compared, left, right);
        }

        // A name alone holds when its value is true.
        if (left.Field is null) throw Expected("a comparison: =, !=, <, <=, >, >=, ~, in or contains");
        return run => left.Of(run)?.Contains(true) == true;
    }

    // A recorded null is a value.
    private Condition Presence(Operand left, bool negated)
    {
        if (Take("missing")) return Negated(run => left.Of(run) is null, negated);
        return Take("null") ? Negated(Comparison.Of(left, "=", Operand.Literal(null)), negated) : throw Expected("'null' or 'missing'");
    }

    private Condition In(Operand left, int from)
    {
        string close = Take("(") ? ")" : Take("[") ? "]" : throw Expected("a list in parentheses, as in (0.1, 0.2)");
        List<Operand> elements = [ReadOperand(left)];
        while (Take(",")) elements.Add(ReadOperand(left));
        if (!Take(close)) throw Expected($"a comma or '{close}'");
        return Noted(from, elements.Select(e => Comparison.Of(left, "=", e)).Aggregate(Either), [left, .. elements]);
    }

    // What is near the numbers is told where no run fulfils the comparison.
    private Condition Noted(int from, Condition compared, params Operand[] sides)
    {
        double[] numbers = [.. sides.Where(s => s.Field is null)
            .Select(s => NumberOrder.TryNumber(s.Value, out double number) ? number : double.NaN).Where(n => !double.IsNaN(n))];
        ConditionToken last = _tokens[_at - 1];
        if (numbers.Length == sides.Length - 1 && sides.FirstOrDefault(s => s.Field is not null) is { } field)
            _comparisons.Add(new NumberComparison(_text[from..(last.At + last.Text.Length)], field, numbers, compared));
        return compared;
    }

    /// <summary>Reads a word as a field or a value; that depends on the operand before it, which it is compared with.</summary>
    private Operand ReadOperand(Operand? other)
    {
        ConditionToken token = Current;
        bool isReserved = token.Kind == TokenKind.Name && Reserved.Contains(token.Text, StringComparer.OrdinalIgnoreCase);
        if (token.Kind is not (TokenKind.Name or TokenKind.Literal) || isReserved) throw Expected("a name, a number or quoted text");
        _at++;
        FieldKind kind = other?.Field is BuiltInField builtIn ? builtIn.Kind : FieldKind.Plain;
        if (token.Kind == TokenKind.Literal) return Operand.Literal(Typed(token, token.Value, kind));
        switch (token.Text.ToLowerInvariant())
        {
            case "true": return Operand.Literal(true);
            case "false": return Operand.Literal(false);
            case "null": return Operand.Literal(null);
            case "nan": return Operand.Literal(double.NaN);
            case "inf" or "infinity": return Operand.Literal(double.PositiveInfinity);
        }

        // status = failed reads better than with quotes, and nothing else can be meant.
        if (kind is not FieldKind.Plain) return Operand.Literal(Typed(token, token.Text, kind));
        var operand = new Operand(Field(token), null, token.At) { MayBeText = other is not null };
        _fields.Add(operand);
        return operand;
    }

    private RunField Field(ConditionToken token)
    {
        try
        {
            return RunField.Parse(token.Text);
        }
        catch (NameException fault)
        {
            throw ConditionFault.At(_text, token.At, fault.Message.TrimEnd('.'));
        }
    }

    private object? Typed(ConditionToken token, object? value, FieldKind kind)
    {
        AssayException Fault(string expected) => ConditionFault.At(_text, token.At, $"{token.Text} is no {expected}");
        switch (kind)
        {
            case FieldKind.Status:
                string[] statuses = [.. Enum.GetValues<RunStatus>().Select(RunStatusText.Text)];
                return statuses.FirstOrDefault(s => string.Equals(s, value as string, StringComparison.OrdinalIgnoreCase))
                    ?? throw Fault($"status; expected {string.Join(", ", statuses)}");
            case FieldKind.Time when value is TimeSpan ago:
                return _now - ago;
            case FieldKind.Time:
                return value is string written && TimeText.TryParse(written, _now, out DateTimeOffset time)
                    ? time
                    : throw Fault($"time; expected {TimeText.Expected}, in quotes");
            case FieldKind.Duration when value is string words:
                return TimeText.TryDuration(words, out TimeSpan duration) ? duration
                    : throw Fault("duration; expected one such as 90s, 15m, 2h, 3d");
            default:
                return value;
        }
    }

    private static Condition Either(Condition one, Condition other) => run => one(run) || other(run);

    private static Condition Both(Condition one, Condition other) => run => one(run) && other(run);

    private static Condition Negation(Condition inner) => run => !inner(run);

    private static Condition Negated(Condition condition, bool negated) => negated ? Negation(condition) : condition;

    private bool Take(string word)
    {
        bool taken = Current.Is(word);
        if (taken) _at++;
        return taken;
    }

    private AssayException Expected(string what) => ConditionFault.At(_text, Current.At, $"expected {what}, "
        + $"found {(Current.Kind == TokenKind.End ? "the end" : Current.Text)}");
}
