using System.Linq.Expressions;

namespace Assay;

public sealed partial class AxisSpace<T>
{
    /// <summary>Adds one axis along which several members advance together.</summary>
    /// <param name="axes">
    /// Adds the members and their values: <c>z =&gt; z.Values(p =&gt; p.Model, "small", "large").Values(p =&gt; p.Epochs, 10, 3)</c>.
    /// Lists of different lengths are a fault of the space.
    /// </param>
    public AxisSpace<T> Zip(Func<ZipAxes<T>, ZipAxes<T>> axes)
    {
        ArgumentNullException.ThrowIfNull(axes);
        return Add(AxisBlock.Zip(axes(new ZipAxes<T>([])).Members));
    }

    /// <summary>
    /// Adds one axis along which two members advance together, row by row:
    /// <c>Zip(p =&gt; p.Model, p =&gt; p.Epochs, ("small", 10), ("large", 3))</c>.
    /// </summary>
    /// <param name="first">The first member.</param>
    /// <param name="second">The second member.</param>
    /// <param name="rows">Their values, in order.</param>
    public AxisSpace<T> Zip<T1, T2>(Expression<Func<T, T1>> first, Expression<Func<T, T2>> second, params IEnumerable<(T1, T2)> rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        (T1, T2)[] all = [.. rows];
        return Zip(z => z.Values(first, all.Select(row => row.Item1)).Values(second, all.Select(row => row.Item2)));
    }

    /// <summary>Adds one axis along which three members advance together, row by row.</summary>
    /// <param name="first">The first member.</param>
    /// <param name="second">The second member.</param>
    /// <param name="third">The third member.</param>
    /// <param name="rows">Their values, in order.</param>
    public AxisSpace<T> Zip<T1, T2, T3>(
        Expression<Func<T, T1>> first, Expression<Func<T, T2>> second, Expression<Func<T, T3>> third, params IEnumerable<(T1, T2, T3)> rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        (T1, T2, T3)[] all = [.. rows];
        return Zip(z => z.Values(first, all.Select(row => row.Item1)).Values(second, all.Select(row => row.Item2))
            .Values(third, all.Select(row => row.Item3)));
    }
}
