namespace Assay;

/// <summary>Where every space begins. All of it is pure: nothing is run, read or enumerated until a point is asked for.</summary>
public static partial class Space
{
    /// <summary>
    /// The space of one point, to which axes are added. Members without an axis take their constructor parameter's
    /// default value or their property initialiser.
    /// </summary>
    public static AxisSpace<T> Of<T>() => new(default, hasBaseline: false, []);

    /// <summary>The space of one point, the baseline, to which axes are added; it supplies every member without an axis.</summary>
    /// <param name="baseline">The values to start from. Never changed; values it refers to are shared by all points.</param>
    public static AxisSpace<T> Of<T>(T baseline)
    {
        ArgumentNullException.ThrowIfNull(baseline);
        return new AxisSpace<T>(baseline, hasBaseline: true, []);
    }

    /// <summary>The given points in the given order, read once, now.</summary>
    public static Space<T> From<T>(IEnumerable<T> points)
    {
        ArgumentNullException.ThrowIfNull(points);
        return new PointSpace<T>([.. points]);
    }

    /// <summary>The given values in the given order: <c>Space.Values(1_000, 10_000)</c>.</summary>
    public static Space<T> Values<T>(params T[] values) => From(values);

    /// <summary>The points of several spaces, one space after the other. A point in two of them stays twice.</summary>
    public static Space<T> Union<T>(params Space<T>[] spaces)
    {
        ArgumentNullException.ThrowIfNull(spaces);
        return new UnionSpace<T>([.. spaces]);
    }
}
