namespace Assay;

public static partial class Space
{
    /// <summary>
    /// One point for every combination of the variables, the last list fastest. The columns of a point
    /// (<see cref="Space{T}.Labels"/>) are those of its variables, merged left to right: of two columns with one name the
    /// later value wins and the earlier position stays.
    /// </summary>
    /// <param name="factory">Makes the point from one value of each list, each time it is asked for; it should have no side effects.</param>
    /// <param name="first">The variables for the factory's first parameter, read once, now. An empty list is a fault of the space.</param>
    public static Space<TPoint> Product<T1, TPoint>(
        Func<T1, TPoint> factory, IEnumerable<Variable<T1>> first)
    {
        string[] names = ParameterNames(factory);
        var axis1 = new VariableAxis<T1>(names[0], first);
        return new VariableSpace<TPoint>([axis1], at => factory(axis1[at[0]]));
    }

    /// <inheritdoc cref="Product{T1, TPoint}"/>
    public static Space<TPoint> Product<T1, T2, TPoint>(
        Func<T1, T2, TPoint> factory, IEnumerable<Variable<T1>> first, IEnumerable<Variable<T2>> second)
    {
        string[] names = ParameterNames(factory);
        var axis1 = new VariableAxis<T1>(names[0], first);
        var axis2 = new VariableAxis<T2>(names[1], second);
        return new VariableSpace<TPoint>([axis1, axis2], at => factory(axis1[at[0]], axis2[at[1]]));
    }

    /// <inheritdoc cref="Product{T1, TPoint}"/>
    public static Space<TPoint> Product<T1, T2, T3, TPoint>(
        Func<T1, T2, T3, TPoint> factory, IEnumerable<Variable<T1>> first, IEnumerable<Variable<T2>> second,
        IEnumerable<Variable<T3>> third)
    {
        string[] names = ParameterNames(factory);
        var axis1 = new VariableAxis<T1>(names[0], first);
        var axis2 = new VariableAxis<T2>(names[1], second);
        var axis3 = new VariableAxis<T3>(names[2], third);
        return new VariableSpace<TPoint>([axis1, axis2, axis3], at => factory(axis1[at[0]], axis2[at[1]], axis3[at[2]]));
    }

    /// <inheritdoc cref="Product{T1, TPoint}"/>
    public static Space<TPoint> Product<T1, T2, T3, T4, TPoint>(
        Func<T1, T2, T3, T4, TPoint> factory, IEnumerable<Variable<T1>> first, IEnumerable<Variable<T2>> second,
        IEnumerable<Variable<T3>> third, IEnumerable<Variable<T4>> fourth)
    {
        string[] names = ParameterNames(factory);
        var axis1 = new VariableAxis<T1>(names[0], first);
        var axis2 = new VariableAxis<T2>(names[1], second);
        var axis3 = new VariableAxis<T3>(names[2], third);
        var axis4 = new VariableAxis<T4>(names[3], fourth);
        return new VariableSpace<TPoint>([axis1, axis2, axis3, axis4],
            at => factory(axis1[at[0]], axis2[at[1]], axis3[at[2]], axis4[at[3]]));
    }

    /// <inheritdoc cref="Product{T1, TPoint}"/>
    public static Space<TPoint> Product<T1, T2, T3, T4, T5, TPoint>(
        Func<T1, T2, T3, T4, T5, TPoint> factory, IEnumerable<Variable<T1>> first, IEnumerable<Variable<T2>> second,
        IEnumerable<Variable<T3>> third, IEnumerable<Variable<T4>> fourth, IEnumerable<Variable<T5>> fifth)
    {
        string[] names = ParameterNames(factory);
        var axis1 = new VariableAxis<T1>(names[0], first);
        var axis2 = new VariableAxis<T2>(names[1], second);
        var axis3 = new VariableAxis<T3>(names[2], third);
        var axis4 = new VariableAxis<T4>(names[3], fourth);
        var axis5 = new VariableAxis<T5>(names[4], fifth);
        return new VariableSpace<TPoint>([axis1, axis2, axis3, axis4, axis5],
            at => factory(axis1[at[0]], axis2[at[1]], axis3[at[2]], axis4[at[3]], axis5[at[4]]));
    }

    /// <inheritdoc cref="Product{T1, TPoint}"/>
    public static Space<TPoint> Product<T1, T2, T3, T4, T5, T6, TPoint>(
        Func<T1, T2, T3, T4, T5, T6, TPoint> factory, IEnumerable<Variable<T1>> first, IEnumerable<Variable<T2>> second,
        IEnumerable<Variable<T3>> third, IEnumerable<Variable<T4>> fourth, IEnumerable<Variable<T5>> fifth,
        IEnumerable<Variable<T6>> sixth)
    {
        string[] names = ParameterNames(factory);
        var axis1 = new VariableAxis<T1>(names[0], first);
        var axis2 = new VariableAxis<T2>(names[1], second);
        var axis3 = new VariableAxis<T3>(names[2], third);
        var axis4 = new VariableAxis<T4>(names[3], fourth);
        var axis5 = new VariableAxis<T5>(names[4], fifth);
        var axis6 = new VariableAxis<T6>(names[5], sixth);
        return new VariableSpace<TPoint>([axis1, axis2, axis3, axis4, axis5, axis6],
            at => factory(axis1[at[0]], axis2[at[1]], axis3[at[2]], axis4[at[3]], axis5[at[4]], axis6[at[5]]));
    }

    /// <inheritdoc cref="Product{T1, TPoint}"/>
    public static Space<TPoint> Product<T1, T2, T3, T4, T5, T6, T7, TPoint>(
        Func<T1, T2, T3, T4, T5, T6, T7, TPoint> factory, IEnumerable<Variable<T1>> first, IEnumerable<Variable<T2>> second,
        IEnumerable<Variable<T3>> third, IEnumerable<Variable<T4>> fourth, IEnumerable<Variable<T5>> fifth,
        IEnumerable<Variable<T6>> sixth, IEnumerable<Variable<T7>> seventh)
    {
        string[] names = ParameterNames(factory);
        var axis1 = new VariableAxis<T1>(names[0], first);
        var axis2 = new VariableAxis<T2>(names[1], second);
        var axis3 = new VariableAxis<T3>(names[2], third);
        var axis4 = new VariableAxis<T4>(names[3], fourth);
        var axis5 = new VariableAxis<T5>(names[4], fifth);
        var axis6 = new VariableAxis<T6>(names[5], sixth);
        var axis7 = new VariableAxis<T7>(names[6], seventh);
        return new VariableSpace<TPoint>([axis1, axis2, axis3, axis4, axis5, axis6, axis7],
            at => factory(axis1[at[0]], axis2[at[1]], axis3[at[2]], axis4[at[3]], axis5[at[4]], axis6[at[5]], axis7[at[6]]));
    }

    /// <inheritdoc cref="Product{T1, TPoint}"/>
    public static Space<TPoint> Product<T1, T2, T3, T4, T5, T6, T7, T8, TPoint>(
        Func<T1, T2, T3, T4, T5, T6, T7, T8, TPoint> factory, IEnumerable<Variable<T1>> first, IEnumerable<Variable<T2>> second,
        IEnumerable<Variable<T3>> third, IEnumerable<Variable<T4>> fourth, IEnumerable<Variable<T5>> fifth,
        IEnumerable<Variable<T6>> sixth, IEnumerable<Variable<T7>> seventh, IEnumerable<Variable<T8>> eighth)
    {
        string[] names = ParameterNames(factory);
        var axis1 = new VariableAxis<T1>(names[0], first);
        var axis2 = new VariableAxis<T2>(names[1], second);
        var axis3 = new VariableAxis<T3>(names[2], third);
        var axis4 = new VariableAxis<T4>(names[3], fourth);
        var axis5 = new VariableAxis<T5>(names[4], fifth);
        var axis6 = new VariableAxis<T6>(names[5], sixth);
        var axis7 = new VariableAxis<T7>(names[6], seventh);
        var axis8 = new VariableAxis<T8>(names[7], eighth);
        return new VariableSpace<TPoint>([axis1, axis2, axis3, axis4, axis5, axis6, axis7, axis8],
            at => factory(axis1[at[0]], axis2[at[1]], axis3[at[2]], axis4[at[3]], axis5[at[4]], axis6[at[5]], axis7[at[6]], axis8[at[7]]));
    }

    private static string[] ParameterNames(Delegate factory)
    {
        ArgumentNullException.ThrowIfNull(factory);
        int arity = factory.GetType().GetGenericArguments().Length - 1;
        // T1 delegate bound to its first argument has one parameter more than it takes.
        return [.. factory.Method.GetParameters()[^arity..].Select((parameter, i) => parameter.Name ?? $"variable {i + 1}")];
    }
}
