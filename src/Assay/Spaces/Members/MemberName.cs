using System.Collections.Immutable;
using System.Linq.Expressions;

namespace Assay;

/// <summary>A member as the user named it, not yet looked up in a type.</summary>
/// <param name="Text">As written, for messages.</param>
/// <param name="Parts">The names along the way; empty when the name makes no sense.</param>
/// <param name="Problem">Why the name makes no sense, or null.</param>
internal sealed record MemberName(string Text, ImmutableArray<string> Parts, string? Problem = null)
{
    /// <summary>Reads a dotted path.</summary>
    public static MemberName Of(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        ImmutableArray<string> parts = [.. path.Split('.').Select(part => part.Trim())];
        return parts.Any(part => NearestNames.Normalise(part).Length == 0)
            ? new MemberName(path, [],
                $"the path \"{path}\" has an empty part; write names separated by dots, as in \"optimizer.learning_rate\"")
            : new MemberName(path, parts);
    }

    /// <summary>Reads a chain of properties or fields that starts at the lambda's parameter.</summary>
    public static MemberName Of(LambdaExpression expression)
    {
        ArgumentNullException.ThrowIfNull(expression);
        var parts = new Stack<string>();
        Expression at = WithoutConversion(expression.Body);
        while (at is MemberExpression { Expression: not null } access)
        {
            // `p.Inner!.Value.X` with a nullable struct: the Value in between is no member of the user's.
            bool unwraps = Nullable.GetUnderlyingType(access.Expression.Type) is not null && access.Member.Name == "Value";
            if (!unwraps) parts.Push(access.Member.Name);
            at = WithoutConversion(access.Expression);
        }
        return at is ParameterExpression && parts.Count > 0
            ? new MemberName(string.Join('.', parts), [.. parts])
            : new MemberName(expression.ToString(), [],
                $"the expression {expression} names no member; write p => p.Member or p => p.Outer.Member"
                + (expression.Body is ParameterExpression ? ", or Space.Values(…) for points that are plain values" : ""));
    }

    private static Expression WithoutConversion(Expression at)
    {
        while (at is UnaryExpression { NodeType: ExpressionType.Convert or ExpressionType.ConvertChecked or ExpressionType.TypeAs } convert)
            at = convert.Operand;
        return at;
    }
}
