using System.Collections.Immutable;
using System.Linq.Expressions;

namespace Assay;

/// <summary>A member as named by the user, not yet resolved in a type.</summary>
/// <param name="Text">The name as written, for messages.</param>
/// <param name="Parts">The names of the path; empty when the name is invalid.</param>
/// <param name="Problem">The reason why the name is invalid, or null.</param>
internal sealed record MemberName(string Text, ImmutableArray<string> Parts, string? Problem = null)
{
    public static MemberName Of(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        ImmutableArray<string> parts = [.. path.Split('.').Select(part => part.Trim())];
        return parts.Any(part => NearestNames.Normalise(part).Length == 0)
            ? new MemberName(path, [],
                $"the path \"{path}\" has an empty part; write names separated by dots, as in \"optimizer.learning_rate\"")
            : new MemberName(path, parts);
    }

    /// <summary>Parses a chain of properties or fields that starts at the parameter of the lambda expression.</summary>
    public static MemberName Of(LambdaExpression expression)
    {
        ArgumentNullException.ThrowIfNull(expression);
        var parts = new Stack<string>();
        Expression node = WithoutConversion(expression.Body);
        while (node is MemberExpression { Expression: not null } access)
        {
            // In `p.Inner!.Value.X` with a nullable struct, `Value` is a member of Nullable<T> and not of the user's type.
            bool unwraps = Nullable.GetUnderlyingType(access.Expression.Type) is not null && access.Member.Name == "Value";
            if (!unwraps) parts.Push(access.Member.Name);
            node = WithoutConversion(access.Expression);
        }
        return node is ParameterExpression && parts.Count > 0
            ? new MemberName(string.Join('.', parts), [.. parts])
            : new MemberName(expression.ToString(), [],
                $"the expression {expression} names no member; write p => p.Member or p => p.Outer.Member"
                + (expression.Body is ParameterExpression ? ", or Space.Values(…) for points that are plain values" : ""));
    }

    private static Expression WithoutConversion(Expression node)
    {
        while (node.NodeType is ExpressionType.Convert or ExpressionType.ConvertChecked or ExpressionType.TypeAs)
            node = ((UnaryExpression)node).Operand;
        return node;
    }
}
