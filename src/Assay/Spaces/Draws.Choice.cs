using System.Collections;
using System.Linq.Expressions;

namespace Assay;

public sealed partial class Draws<T>
{
    /// <summary>
    /// Draws one of <c>low</c>, <c>low + step</c>, <c>low + 2·step</c> … up to <c>high</c> with equal probability. The values are
    /// computed in decimal, so that a step of 0.1 gives 0.3 and not 0.30000000000000004.
    /// </summary>
    /// <param name="member">A member that holds a number.</param>
    /// <param name="low">The first value.</param>
    /// <param name="high">The upper bound. It is drawn only if it is a whole number of steps above the first value.</param>
    /// <param name="step">The distance between values, above 0.</param>
    /// <exception cref="AssayException">
    /// A parameter is not finite, the lower bound exceeds the upper, or the step is not positive or too small.
    /// </exception>
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
    /// <param name="options">
    /// The values, or a single sequence (not a string) of values. A value that is listed twice is twice as likely.
    /// </param>
    /// <exception cref="AssayException">There are no values.</exception>
    public Draws<T> Choice(string member, params object?[] options) => Add(MemberName.Of(member), name => ChoiceDistribution.Of(name,
        options is [IEnumerable sequence and not string] ? [.. sequence.Cast<object?>()] : options ?? [null]));

    /// <inheritdoc cref="Choice{TValue}(Expression{Func{T, TValue}}, ValueTuple{TValue, double}[])"/>
    public Draws<T> Choice(string member, params (object? Value, double Weight)[] options) =>
        Add(MemberName.Of(member), name => ChoiceDistribution.Weighted(name, options));
}
