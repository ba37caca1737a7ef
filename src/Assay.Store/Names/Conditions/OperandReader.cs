namespace Assay.Names;

/// <summary>Turns words of a condition into values and fields; what a word means depends on what it is compared with.</summary>
internal sealed class OperandReader(string text, DateTimeOffset now)
{
    private static readonly string[] Reserved = ["and", "or", "not", "in", "is", "contains", "missing"];

    /// <summary>The fields met so far, each with its place.</summary>
    public List<FieldOperand> Fields { get; } = [];

    public static bool IsReserved(ConditionToken token) =>
        token.Kind == TokenKind.Name && Reserved.Contains(token.Text, StringComparer.OrdinalIgnoreCase);

    /// <param name="token">The word.</param>
    /// <param name="other">What it is compared with, when that stands before it.</param>
    public Operand Read(ConditionToken token, Operand? other)
    {
        FieldKind kind = other is FieldOperand { Field: BuiltInField builtIn } ? builtIn.Kind : FieldKind.Plain;
        if (token.Kind == TokenKind.Literal) return new LiteralOperand(Typed(token, token.Value, kind));
        switch (token.Text.ToLowerInvariant())
        {
            case "true": return new LiteralOperand(true);
            case "false": return new LiteralOperand(false);
            case "null": return new LiteralOperand(null);
            case "nan": return new LiteralOperand(double.NaN);
            case "inf" or "infinity": return new LiteralOperand(double.PositiveInfinity);
        }

        // status = failed reads better than with quotes, and nothing else can be meant.
        if (kind is not FieldKind.Plain) return new LiteralOperand(Typed(token, token.Text, kind));
        var operand = new FieldOperand(Field(token), token.At);
        Fields.Add(operand);
        return operand;
    }

    private RunField Field(ConditionToken token)
    {
        try
        {
            return RunField.Parse(token.Text);
        }
        catch (QuestionException fault)
        {
            throw ConditionFault.At(text, token.At, fault.Fault.TrimEnd('.'));
        }
    }

    private object? Typed(ConditionToken token, object? value, FieldKind kind)
    {
        switch (kind)
        {
            case FieldKind.Status:
                string[] statuses = [.. Enum.GetValues<RunStatus>().Select(RunStatusText.Text)];
                return statuses.FirstOrDefault(s => string.Equals(s, value as string, StringComparison.OrdinalIgnoreCase))
                    ?? throw ConditionFault.At(text, token.At, $"{token.Text} is no status; expected {string.Join(", ", statuses)}");
            case FieldKind.Time when value is TimeSpan ago:
                return now - ago;
            case FieldKind.Time:
                return value is string written && TimeText.TryParse(written, now, out DateTimeOffset time)
                    ? time
                    : throw ConditionFault.At(text, token.At, $"{token.Text} is no time; expected {TimeText.Expected}, in quotes");
            case FieldKind.Duration when value is string words:
                return TimeText.TryDuration(words, out TimeSpan duration) ? duration : throw ConditionFault.At(
                    text, token.At, $"{token.Text} is no duration; expected one such as 90s, 15m, 2h, 3d");
            default:
                return value;
        }
    }
}
