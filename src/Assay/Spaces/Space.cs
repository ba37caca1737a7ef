using System.Reflection;

namespace Assay;

/// <summary>Creates spaces of parameter points. A point is computed when it is requested, not when its space is created.</summary>
public static class Space
{
    /// <summary>Creates a space of one point, to which axes are added. Other members have the defaults of their declaration.</summary>
    public static AxisSpace<T> Of<T>() => new(default, hasBaseline: false, []);

    /// <summary>Creates a space of one point, the baseline, to which axes are added. It supplies every member without an axis.</summary>
    /// <param name="baseline">The initial values. The object is not changed; all points share the objects it refers to.</param>
    public static AxisSpace<T> Of<T>(T baseline)
    {
        ArgumentNullException.ThrowIfNull(baseline);
        return new AxisSpace<T>(baseline, hasBaseline: true, []);
    }

    /// <summary>Creates a space of the given points in the given order. The sequence is read once, by this call.</summary>
    public static Space<T> From<T>(IEnumerable<T> points)
    {
        ArgumentNullException.ThrowIfNull(points);
        return new PointSpace<T>([.. points]);
    }

    /// <summary>
    /// Creates a space of the given values in the given order: <c>Space.Values(1_000, 10_000)</c>. A single sequence stands for its
    /// elements; it is read once, by this call. For one point that is a sequence, give it in a list.
    /// </summary>
    public static Space<T> Values<T>(params IEnumerable<T> values) => From(values);

    /// <summary>Creates a space of the given texts, in the given order. A single text is one point.</summary>
    public static Space<string> Values(params string[] values) => From(values);

    /// <summary>Creates a space of the points of several spaces, one space after the other. A point of two spaces occurs twice.</summary>
    public static Space<T> Union<T>(params Space<T>[] spaces)
    {
        ArgumentNullException.ThrowIfNull(spaces);
        return new UnionSpace<T>([.. spaces]);
    }

    /// <summary>
    /// Creates a space with one point for every combination of the variables; the last list varies fastest. The columns of a point
    /// (<see cref="Space{T}.Labels"/>) are those of its variables, merged left to right. If two columns have the same name, the value of
    /// the later one stands at the position of the earlier one.
    /// </summary>
    /// <param name="factory">Creates the point from one value of each list, on every request. It should have no side effects.</param>
    /// <param name="first">The variables for the first parameter of the factory, read once, by this call. An empty list is a fault.</param>
    public static Space<TPoint> Product<T1, TPoint>(Func<T1, TPoint> factory, IEnumerable<Variable<T1>> first) =>
        Product(factory, [List(first)], v => factory((T1)v[0]!));

    /// <inheritdoc cref="Product{T1, TPoint}"/>
    public static Space<TPoint> Product<T1, T2, TPoint>(
        Func<T1, T2, TPoint> factory, IEnumerable<Variable<T1>> first, IEnumerable<Variable<T2>> second) =>
        Product(factory, [List(first), List(second)], v => factory((T1)v[0]!, (T2)v[1]!));

    /// <inheritdoc cref="Product{T1, TPoint}"/>
    public static Space<TPoint> Product<T1, T2, T3, TPoint>(
        Func<T1, T2, T3, TPoint> factory, IEnumerable<Variable<T1>> first, IEnumerable<Variable<T2>> second,
        IEnumerable<Variable<T3>> third) =>
        Product(factory, [List(first), List(second), List(third)], v => factory((T1)v[0]!, (T2)v[1]!, (T3)v[2]!));

    /// <inheritdoc cref="Product{T1, TPoint}"/>
    public static Space<TPoint> Product<T1, T2, T3, T4, TPoint>(
        Func<T1, T2, T3, T4, TPoint> factory, IEnumerable<Variable<T1>> first, IEnumerable<Variable<T2>> second,
        IEnumerable<Variable<T3>> third, IEnumerable<Variable<T4>> fourth) =>
        Product(factory, [List(first), List(second), List(third), List(fourth)], v => factory((T1)v[0]!, (T2)v[1]!, (T3)v[2]!, (T4)v[3]!));

    /// <inheritdoc cref="Product{T1, TPoint}"/>
    public static Space<TPoint> Product<T1, T2, T3, T4, T5, TPoint>(
        Func<T1, T2, T3, T4, T5, TPoint> factory, IEnumerable<Variable<T1>> first, IEnumerable<Variable<T2>> second,
        IEnumerable<Variable<T3>> third, IEnumerable<Variable<T4>> fourth, IEnumerable<Variable<T5>> fifth) =>
        Product(factory, [List(first), List(second), List(third), List(fourth), List(fifth)],
            v => factory((T1)v[0]!, (T2)v[1]!, (T3)v[2]!, (T4)v[3]!, (T5)v[4]!));

    /// <inheritdoc cref="Product{T1, TPoint}"/>
    public static Space<TPoint> Product<T1, T2, T3, T4, T5, T6, TPoint>(
        Func<T1, T2, T3, T4, T5, T6, TPoint> factory, IEnumerable<Variable<T1>> first, IEnumerable<Variable<T2>> second,
        IEnumerable<Variable<T3>> third, IEnumerable<Variable<T4>> fourth, IEnumerable<Variable<T5>> fifth,
        IEnumerable<Variable<T6>> sixth) =>
        Product(factory, [List(first), List(second), List(third), List(fourth), List(fifth), List(sixth)],
            v => factory((T1)v[0]!, (T2)v[1]!, (T3)v[2]!, (T4)v[3]!, (T5)v[4]!, (T6)v[5]!));

    /// <inheritdoc cref="Product{T1, TPoint}"/>
    public static Space<TPoint> Product<T1, T2, T3, T4, T5, T6, T7, TPoint>(
        Func<T1, T2, T3, T4, T5, T6, T7, TPoint> factory, IEnumerable<Variable<T1>> first, IEnumerable<Variable<T2>> second,
        IEnumerable<Variable<T3>> third, IEnumerable<Variable<T4>> fourth, IEnumerable<Variable<T5>> fifth,
        IEnumerable<Variable<T6>> sixth, IEnumerable<Variable<T7>> seventh) =>
        Product(factory, [List(first), List(second), List(third), List(fourth), List(fifth), List(sixth), List(seventh)],
            v => factory((T1)v[0]!, (T2)v[1]!, (T3)v[2]!, (T4)v[3]!, (T5)v[4]!, (T6)v[5]!, (T7)v[6]!));

    /// <inheritdoc cref="Product{T1, TPoint}"/>
    public static Space<TPoint> Product<T1, T2, T3, T4, T5, T6, T7, T8, TPoint>(
        Func<T1, T2, T3, T4, T5, T6, T7, T8, TPoint> factory, IEnumerable<Variable<T1>> first, IEnumerable<Variable<T2>> second,
        IEnumerable<Variable<T3>> third, IEnumerable<Variable<T4>> fourth, IEnumerable<Variable<T5>> fifth,
        IEnumerable<Variable<T6>> sixth, IEnumerable<Variable<T7>> seventh, IEnumerable<Variable<T8>> eighth) =>
        Product(factory, [List(first), List(second), List(third), List(fourth), List(fifth), List(sixth), List(seventh), List(eighth)],
            v => factory((T1)v[0]!, (T2)v[1]!, (T3)v[2]!, (T4)v[3]!, (T5)v[4]!, (T6)v[5]!, (T7)v[6]!, (T8)v[7]!));

    private static VariableSpace<TPoint> Product<TPoint>(Delegate factory, Variable<object?>?[][] lists, Func<object?[], TPoint> untyped)
    {
        ArgumentNullException.ThrowIfNull(factory);
        // A delegate that is bound to its first argument has one parameter fewer than its method.
        ParameterInfo[] parameters = factory.Method.GetParameters()[^lists.Length..];
        return new([.. lists.Select((list, i) => new VariableAxis(parameters[i].Name ?? $"variable {i + 1}", list))], untyped);
    }

    private static Variable<object?>?[] List<T>(IEnumerable<Variable<T>> variables)
    {
        ArgumentNullException.ThrowIfNull(variables);
        return [.. variables.Select(variable => variable is null ? null : new Variable<object?>(variable.Value, variable.Metadata))];
    }
}
