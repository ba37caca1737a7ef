namespace Assay;

/// <summary>Creates spaces of parameter points. A point is computed when it is requested, not when its space is created.</summary>
public static partial class Space
{
    /// <summary>
    /// Creates a space of one point, to which axes are added. A member without an axis takes the default value of its
    /// constructor parameter or its property initialiser.
    /// </summary>
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

    /// <summary>Creates a space of the given values in the given order: <c>Space.Values(1_000, 10_000)</c>.</summary>
    public static Space<T> Values<T>(params T[] values) => From(values);

    /// <summary>Creates a space of the points of several spaces, one space after the other. A point of two spaces occurs twice.</summary>
    public static Space<T> Union<T>(params Space<T>[] spaces)
    {
        ArgumentNullException.ThrowIfNull(spaces);
        return new UnionSpace<T>([.. spaces]);
    }
}
