using System.Collections;
using System.Collections.Immutable;
using System.Linq.Expressions;

namespace Assay;

/// <summary>
/// The drawn members of an axis and their distributions. Every method takes the member as an expression or as a dotted path, checks the
/// parameters of the distribution, and returns a new list. The formulas are in <c>docs/design/0003-spaces.md</c>. Immutable.
/// </summary>
public sealed class Draws<T>
{
    internal Draws(ImmutableArray<AxisMember> members) => Members = members;

    internal ImmutableArray<AxisMember> Members { get; }

    /// <summary>Draws a uniformly distributed real number.</summary>
    /// <param name="member">A member that holds a real number.</param>
    /// <param name="low">The lower bound.</param>
    /// <param name="high">The upper bound, not below the lower one.</param>
    /// <exception cref="AssayException">A bound is not finite, or the lower exceeds the upper.</exception>
    public Draws<T> Uniform<TValue>(Expression<Func<T, TValue>> member, double low, double high) =>
        Add(MemberName.Of(member), name => RealDistribution.Uniform(name, low, high));

    /// <inheritdoc cref="Uniform{TValue}(Expression{Func{T, TValue}}, double, double)"/>
    public Draws<T> Uniform(string member, double low, double high) =>
        Add(MemberName.Of(member), name => RealDistribution.Uniform(name, low, high));

    /// <summary>Draws a real number whose logarithm is uniformly distributed: every factor of ten has the same probability.</summary>
    /// <param name="member">A member that holds a real number.</param>
    /// <param name="low">The lower bound, above 0.</param>
    /// <param name="high">The upper bound, not below the lower one.</param>
    /// <exception cref="AssayException">A bound is not finite or not positive, or the lower exceeds the upper.</exception>
    public Draws<T> LogUniform<TValue>(Expression<Func<T, TValue>> member, double low, double high) =>
        Add(MemberName.Of(member), name => RealDistribution.LogUniform(name, low, high));

    /// <inheritdoc cref="LogUniform{TValue}(Expression{Func{T, TValue}}, double, double)"/>
    public Draws<T> LogUniform(string member, double low, double high) =>
        Add(MemberName.Of(member), name => RealDistribution.LogUniform(name, low, high));

    /// <summary>Draws a uniformly distributed integer. Both bounds are included.</summary>
    /// <param name="member">A member that holds a number.</param>
    /// <param name="low">The smallest value.</param>
    /// <param name="high">The largest value.</param>
    /// <exception cref="AssayException">The lower bound exceeds the upper.</exception>
    public Draws<T> Int<TValue>(Expression<Func<T, TValue>> member, long low, long high) =>
        Add(MemberName.Of(member), name => IntegerDistribution.Int(name, low, high));

    /// <inheritdoc cref="Int{TValue}(Expression{Func{T, TValue}}, long, long)"/>
    public Draws<T> Int(string member, long low, long high) => Add(MemberName.Of(member), name => IntegerDistribution.Int(name, low, high));

    /// <summary>
    /// Draws an integer whose logarithm is uniformly distributed. Both bounds are included with their whole bins: <c>k</c> has the
    /// probability <c>ln((k + ½) / (k − ½)) / ln((high + ½) / (low − ½))</c>.
    /// </summary>
    /// <param name="member">A member that holds a number.</param>
    /// <param name="low">The smallest value, at least 1.</param>
    /// <param name="high">The largest value, at most 2⁵².</param>
    /// <exception cref="AssayException">A bound is out of range, or the lower exceeds the upper.</exception>
    public Draws<T> LogInt<TValue>(Expression<Func<T, TValue>> member, long low, long high) =>
        Add(MemberName.Of(member), name => IntegerDistribution.LogInt(name, low, high));

    /// <inheritdoc cref="LogInt{TValue}(Expression{Func{T, TValue}}, long, long)"/>
    public Draws<T> LogInt(string member, long low, long high) =>
        Add(MemberName.Of(member), name => IntegerDistribution.LogInt(name, low, high));

    /// <summary>Draws a normally distributed real number.</summary>
    /// <param name="member">A member that holds a real number.</param>
    /// <param name="mean">The mean.</param>
    /// <param name="std">The standard deviation, 0 or more.</param>
    /// <exception cref="AssayException">A parameter is not finite, or the standard deviation is negative.</exception>
    public Draws<T> Normal<TValue>(Expression<Func<T, TValue>> member, double mean, double std) =>
        Add(MemberName.Of(member), name => RealDistribution.Normal(name, mean, std));

    /// <inheritdoc cref="Normal{TValue}(Expression{Func{T, TValue}}, double, double)"/>
    public Draws<T> Normal(string member, double mean, double std) =>
        Add(MemberName.Of(member), name => RealDistribution.Normal(name, mean, std));

    /// <summary>
    /// Draws one of <c>low</c>, <c>low + step</c>, <c>low + 2·step</c> … up to <c>high</c> with equal probability. The values are computed
    /// in decimal, so that a step of 0.1 gives 0.3 and not 0.30000000000000004.
    /// </summary>
    /// <param name="member">A member that holds a number.</param>
    /// <param name="low">The first value.</param>
    /// <param name="high">The upper bound. It is drawn only if it is a whole number of steps above the first value.</param>
    /// <param name="step">The distance between values, above 0.</param>
    /// <exception cref="AssayException">A parameter is not finite, the lower bound exceeds the upper, or the step is not positive or too
    /// small.</exception>
    public Draws<T> Quantized<TValue>(Expression<Func<T, TValue>> member, double low, double high, double step) =>
        Add(MemberName.Of(member), name => new QuantizedDistribution(name, low, high, step));

    /// <inheritdoc cref="Quantized{TValue}(Expression{Func{T, TValue}}, double, double, double)"/>
    public Draws<T> Quantized(string member, double low, double high, double step) =>
        Add(MemberName.Of(member), name => new QuantizedDistribution(name, low, high, step));

    /// <summary>Draws one of the listed values with equal probability.</summary>
    /// <param name="member">The member.</param>
    /// <param name="options">The values. A value that is listed twice is twice as likely.</param>
    /// <exception cref="AssayException">There are no values.</exception>
    public Draws<T> Choice<TValue>(Expression<Func<T, TValue>> member, params TValue[] options) =>
        Add(MemberName.Of(member), name => ChoiceDistribution.Of(name, options));

    /// <summary>Draws one of the listed values with a probability proportional to its weight.</summary>
    /// <param name="member">The member.</param>
    /// <param name="options">The values with their weights: <c>("adam", 3), ("sgd", 1)</c>. A value of weight 0 is never drawn.</param>
    /// <exception cref="AssayException">There are no values, a weight is negative or not finite, or all are 0.</exception>
    public Draws<T> Choice<TValue>(Expression<Func<T, TValue>> member, params (TValue Value, double Weight)[] options) =>
        Add(MemberName.Of(member), name => ChoiceDistribution.Weighted(name, options));

    /// <summary>Draws one of the listed values with equal probability.</summary>
    /// <param name="member">The path of the member, as in <c>"optimizer.name"</c>.</param>
    /// <param name="options">The values, or a single sequence (not a string) of values. A value that is listed twice is twice as
    /// likely.</param>
    /// <exception cref="AssayException">There are no values.</exception>
    public Draws<T> Choice(string member, params object?[] options) => Add(MemberName.Of(member), name => ChoiceDistribution.Of(name,
        options is [IEnumerable sequence and not string] ? [.. sequence.Cast<object?>()] : options ?? [null]));

    /// <inheritdoc cref="Choice{TValue}(Expression{Func{T, TValue}}, ValueTuple{TValue, double}[])"/>
    public Draws<T> Choice(string member, params (object? Value, double Weight)[] options) =>
        Add(MemberName.Of(member), name => ChoiceDistribution.Weighted(name, options));

    private Draws<T> Add(MemberName name, Func<string, Distribution> distribution) =>
        new(Members.Add(new AxisMember(name, distribution(name.Text))));
}
