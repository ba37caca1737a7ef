using System.Text.Json.Serialization;

namespace Assay.Analysis;

/// <summary>Something drawn in a <see cref="Panel"/>, in the values of its axes. Immutable; one of the types derived here.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(LineMark), "line")]
[JsonDerivedType(typeof(ScatterMark), "scatter")]
[JsonDerivedType(typeof(BarMark), "bar")]
[JsonDerivedType(typeof(BoxMark), "box")]
[JsonDerivedType(typeof(ViolinMark), "violin")]
[JsonDerivedType(typeof(HeatmapMark), "heatmap")]
[JsonDerivedType(typeof(ContourMark), "contour")]
[JsonDerivedType(typeof(ParallelMark), "parallel")]
public abstract record Mark
{
    private protected Mark() { }

    /// <summary>The name in the legend; null for none. Marks of one name and <see cref="Series"/> are listed once.</summary>
    public string? Name { get; init; }

    /// <summary>Which colour and shape the mark has, from 0; −1 is a grey, for what others are compared with.</summary>
    public int Series { get; init; }

    internal abstract IEnumerable<double> XValues { get; }

    internal abstract IEnumerable<double> YValues { get; }

    /// <summary>Some of the values that belong to points; none where the mark has none.</summary>
    internal static T[] Take<T>(IReadOnlyList<T> values, int[] kept) =>
        values.Count == 0 ? [] : Array.ConvertAll(kept, i => values[i]);
}

/// <summary>Points in their order, connected. Immutable.</summary>
public sealed record LineMark : Mark
{
    /// <summary>The places along the x axis.</summary>
    public required IReadOnlyList<double> X { get; init; }

    /// <summary>The value at each place.</summary>
    public required IReadOnlyList<double> Y { get; init; }

    /// <summary>The lower end of each error bar or of the band; NaN for none. Empty where there is none at all.</summary>
    public IReadOnlyList<double> Lower { get; init; } = [];

    /// <summary>The upper end of each error bar or of the band.</summary>
    public IReadOnlyList<double> Upper { get; init; } = [];

    /// <summary>The number of values behind each point; empty where it is not told.</summary>
    public IReadOnlyList<int> Counts { get; init; } = [];

    /// <summary>A band between <see cref="Lower"/> and <see cref="Upper"/> instead of error bars.</summary>
    public bool Band { get; init; }

    /// <summary>Whether each point has a marker.</summary>
    public bool Markers { get; init; }

    /// <summary>Whether the value stays until the next point, as in an empirical distribution.</summary>
    public bool Steps { get; init; }

    /// <summary>Whether the line is dashed.</summary>
    public bool Dashed { get; init; }

    internal override IEnumerable<double> XValues => X;

    internal override IEnumerable<double> YValues => Lower.Count == 0 ? Y : Y.Concat(Lower).Concat(Upper);

    /// <summary>The mark with some of its points.</summary>
    internal LineMark Only(int[] kept) => this with
    {
        X = Take(X, kept),
        Y = Take(Y, kept),
        Lower = Take(Lower, kept),
        Upper = Take(Upper, kept),
        Counts = Take(Counts, kept),
    };
}

/// <summary>Points that are not connected. Immutable.</summary>
public sealed record ScatterMark : Mark
{
    /// <summary>The places along the x axis.</summary>
    public required IReadOnlyList<double> X { get; init; }

    /// <summary>The places along the y axis.</summary>
    public required IReadOnlyList<double> Y { get; init; }

    /// <summary>What an HTML page shows at each point, such as the id of a run; empty for none.</summary>
    public IReadOnlyList<string> Texts { get; init; } = [];

    /// <summary>Whether the points stand back behind others.</summary>
    public bool Faint { get; init; }

    internal override IEnumerable<double> XValues => X;

    internal override IEnumerable<double> YValues => Y;

    /// <summary>The mark with some of its points.</summary>
    internal ScatterMark Only(int[] kept) => this with { X = Take(X, kept), Y = Take(Y, kept), Texts = Take(Texts, kept) };
}

/// <summary>Bars from a base to a value. A histogram is bars without a gap. Immutable.</summary>
public sealed record BarMark : Mark
{
    /// <summary>The left (or lower) edge of each bar.</summary>
    public required IReadOnlyList<double> From { get; init; }

    /// <summary>The right (or upper) edge of each bar.</summary>
    public required IReadOnlyList<double> To { get; init; }

    /// <summary>The value up to which each bar reaches.</summary>
    public required IReadOnlyList<double> Values { get; init; }

    /// <summary>Where all bars begin. Default: 0.</summary>
    public double Base { get; init; }

    /// <summary>The lower end of each error bar; NaN for none. Empty where there is none at all.</summary>
    public IReadOnlyList<double> Lower { get; init; } = [];

    /// <summary>The upper end of each error bar.</summary>
    public IReadOnlyList<double> Upper { get; init; } = [];

    /// <summary>The number of values behind each bar; empty where it is not told.</summary>
    public IReadOnlyList<int> Counts { get; init; } = [];

    /// <summary>Whether the bars run from left to right.</summary>
    public bool Horizontal { get; init; }

    internal override IEnumerable<double> XValues => Horizontal ? Lengths : From.Concat(To);

    internal override IEnumerable<double> YValues => Horizontal ? From.Concat(To) : Lengths;

    private IEnumerable<double> Lengths => Values.Concat(Lower).Concat(Upper).Append(Base);
}

/// <summary>Boxes of quartiles with whiskers. Immutable.</summary>
public sealed record BoxMark : Mark
{
    /// <summary>The boxes.</summary>
    public required IReadOnlyList<Box> Boxes { get; init; }

    internal override IEnumerable<double> XValues => Boxes.SelectMany(box => new[] { box.At - box.Width, box.At + box.Width });

    internal override IEnumerable<double> YValues => Boxes.SelectMany(box => box.Outliers.Append(box.Low).Append(box.High));
}

/// <summary>The quartiles of some values, and the whiskers of Tukey: the outermost values within 1.5 × the interquartile range.</summary>
/// <param name="At">The place along the x axis.</param>
/// <param name="Width">The width of the box, in values of the x axis.</param>
/// <param name="Low">The end of the lower whisker.</param>
/// <param name="Quartile1">The first quartile, by linear interpolation (R's type 7).</param>
/// <param name="Median">The median.</param>
/// <param name="Quartile3">The third quartile.</param>
/// <param name="High">The end of the upper whisker.</param>
/// <param name="Outliers">The values beyond the whiskers.</param>
/// <param name="Count">The number of values.</param>
public sealed record Box(
    double At, double Width, double Low, double Quartile1, double Median, double Quartile3, double High, IReadOnlyList<double> Outliers,
    int Count);

/// <summary>Densities of values on both sides of a line. Immutable.</summary>
public sealed record ViolinMark : Mark
{
    /// <summary>The violins.</summary>
    public required IReadOnlyList<Violin> Violins { get; init; }

    internal override IEnumerable<double> XValues =>
        Violins.SelectMany(violin => new[] { violin.At - violin.Width, violin.At + violin.Width });

    internal override IEnumerable<double> YValues => Violins.SelectMany(violin => violin.Values);
}

/// <summary>
/// The density of some values, by a Gaussian kernel of Silverman's bandwidth (1986), between the least and the largest value.
/// </summary>
/// <param name="At">The place along the x axis.</param>
/// <param name="Width">The largest width, in values of the x axis; all violins of a figure have one.</param>
/// <param name="Values">Places along the y axis, ascending.</param>
/// <param name="Densities">The density at each place, as a share of the largest one.</param>
/// <param name="Quartile1">The first quartile.</param>
/// <param name="Median">The median.</param>
/// <param name="Quartile3">The third quartile.</param>
/// <param name="Count">The number of values.</param>
public sealed record Violin(
    double At, double Width, IReadOnlyList<double> Values, IReadOnlyList<double> Densities, double Quartile1, double Median,
    double Quartile3, int Count);

/// <summary>A colour for each cell between two axes of categories. Immutable.</summary>
public sealed record HeatmapMark : Mark
{
    /// <summary>
    /// The values, a list for each category of the y axis, with a value for each category of the x axis; NaN leaves a cell empty.
    /// </summary>
    public required IReadOnlyList<IReadOnlyList<double>> Values { get; init; }

    internal override IEnumerable<double> XValues => Values.Count == 0 ? [] : [0, Values[0].Count - 1];

    internal override IEnumerable<double> YValues => Values.Count == 0 ? [] : [0, Values.Count - 1];
}

/// <summary>Lines of equal value, and colours between them, over a grid of two numbers. Immutable.</summary>
public sealed record ContourMark : Mark
{
    /// <summary>The places along the x axis, ascending; without a grid that of each point.</summary>
    public required IReadOnlyList<double> X { get; init; }

    /// <summary>The places along the y axis, ascending; without a grid that of each point.</summary>
    public required IReadOnlyList<double> Y { get; init; }

    /// <summary>
    /// The values, a list for each place along the y axis, with a value for each place along the x axis. Points that form no grid have one
    /// list, with a value for each; the surface between them is made when it is drawn, in the scales of the axes.
    /// </summary>
    public required IReadOnlyList<IReadOnlyList<double>> Values { get; init; }

    internal bool IsGrid => Values.Count == Y.Count;

    internal override IEnumerable<double> XValues => X;

    internal override IEnumerable<double> YValues => Y;
}

/// <summary>A vertical axis for each of several names, and a line across them for each row. It fills its panel alone. Immutable.</summary>
public sealed record ParallelMark : Mark
{
    /// <summary>The axes, from left to right.</summary>
    public required IReadOnlyList<ParallelAxis> Axes { get; init; }

    /// <summary>The value that colours each row; empty for one colour.</summary>
    public IReadOnlyList<double> Colors { get; init; } = [];

    internal override IEnumerable<double> XValues => [0, Axes.Count - 1];

    internal override IEnumerable<double> YValues => Axes.Count == 0 ? [] : Axes[0].Values.Count == 0 ? [] : [0, 1];
}

/// <summary>One of the axes of a <see cref="ParallelMark"/>.</summary>
/// <param name="Axis">Its name and scale.</param>
/// <param name="Values">The value of each row; NaN leaves the row out.</param>
public sealed record ParallelAxis(Axis Axis, IReadOnlyList<double> Values)
{
    internal Figures.AxisView View() => Figures.AxisView.Of(Axis, Values, whole: Values.All(double.IsInteger));
}
