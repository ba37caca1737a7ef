namespace Assay.Analysis.Figures;

/// <summary>
/// What an axis shows: its scale from the first to the last value. Positions are shares of its length, so that whoever draws meets neither
/// logarithms nor numbers near the limits of doubles.
/// </summary>
internal sealed class AxisView
{
    private const double Margin = 0.04;

    // How many labels are tried, until they fit.
    private static readonly int[] Counts = [10, 8, 7, 6, 5, 4, 3, 2];

    private readonly double _least, _most;
    private readonly bool _whole;

    private AxisView(Axis axis, double least, double most, bool whole = false) =>
        (Axis, _least, _most, _whole) = (axis, least, most, whole);

    public Axis Axis { get; }

    public AxisScale Scale => Axis.Scale;

    /// <summary>The first value shown.</summary>
    public double Min => FromScale(_least);

    /// <summary>The last value shown.</summary>
    public double Max => FromScale(_most);

    /// <param name="axis">The axis.</param>
    /// <param name="values">What it has to show; what is no place on it is passed over.</param>
    /// <param name="tight">Whether the outermost values lie at the ends.</param>
    /// <param name="whole">Whether only whole numbers have labels.</param>
    public static AxisView Of(Axis axis, IEnumerable<double> values, bool tight = false, bool whole = false)
    {
        if (axis.Scale == AxisScale.Category) return new AxisView(axis, -0.5, Math.Max(axis.Categories.Count, 1) - 0.5);
        double least = double.PositiveInfinity, most = double.NegativeInfinity;
        foreach (double value in values)
        {
            if (!Shows(axis.Scale, value)) continue;
            if (value < least) least = value;
            if (value > most) most = value;
        }

        if (least > most) (least, most) = axis.Scale == AxisScale.Log ? (1, 10) : (0, 1);
        // A bound that was set before the axis became logarithmic may have no logarithm.
        bool keepsMin = axis.Min is { } min && Shows(axis.Scale, min), keepsMax = axis.Max is { } max && Shows(axis.Scale, max);
        double start = ToScale(axis.Scale, keepsMin ? axis.Min!.Value : least);
        double end = ToScale(axis.Scale, keepsMax ? axis.Max!.Value : most);
        if (end <= start) (start, end) = Around(axis.Scale, start);
        else if (!tight) (start, end) = Padded(start, end, keepStart: keepsMin, keepEnd: keepsMax);
        return new AxisView(axis, start, end, whole);
    }

    /// <summary>Whether a value has a place on such an axis.</summary>
    public static bool Shows(AxisScale scale, double value) => double.IsFinite(value) && (scale != AxisScale.Log || value > 0);

    /// <summary>Where a value lies at equal distances: its logarithm on a logarithmic axis.</summary>
    public static double ToScale(AxisScale scale, double value) => scale == AxisScale.Log ? Math.Log10(value) : value;

    /// <summary>The value that <see cref="ToScale"/> has placed.</summary>
    public static double FromScale(AxisScale scale, double scaled) => scale == AxisScale.Log ? Math.Pow(10, scaled) : scaled;

    /// <summary>The place of a value: 0 at the first and 1 at the last one shown; far below for what has no logarithm.</summary>
    public double Place(double value)
    {
        double scaled = Scale == AxisScale.Log && value <= 0 ? double.NegativeInfinity : ToScale(Scale, value);
        // Halved, because the distance of the two largest doubles is none.
        return Math.Clamp(((scaled / 2) - (_least / 2)) / ((_most / 2) - (_least / 2)), -10, 11);
    }

    public double[] Places(IReadOnlyList<double> values)
    {
        var places = new double[values.Count];
        for (int i = 0; i < places.Length; i++) places[i] = Place(values[i]);
        return places;
    }

    /// <summary>The value at a place.</summary>
    public double ValueAt(double place) => FromScale((_least * (1 - place)) + (_most * place));

    /// <summary>As many round values as fit.</summary>
    /// <param name="fits">Whether labels fit side by side: their places and texts.</param>
    public IReadOnlyList<AxisTick> Ticks(Func<IReadOnlyList<AxisTick>, bool> fits)
    {
        IReadOnlyList<AxisTick> ticks = [];
        IReadOnlyList<AxisTick>? single = null;
        foreach (int most in Counts)
        {
            ticks = Ticks(most);
            if (!fits(ticks)) continue;
            if (ticks.Count > 1) return ticks;
            single ??= ticks;
        }

        // One value alone does not tell the scale; the outermost of many may fit.
        IReadOnlyList<AxisTick> finest = Ticks(Counts[0]);
        if (finest.Count > 1 && (AxisTick[])[finest[0], finest[^1]] is var ends && fits(ends)) return ends;
        return single ?? [.. ticks.Take(1)];
    }

    private IReadOnlyList<AxisTick> Ticks(int most) => Scale switch
    {
        AxisScale.Log => LogTicks.Of(_least, _most, most, this),
        AxisScale.Time => TimeTicks.Of(_least, _most, most, this),
        AxisScale.Category => Names((int)Math.Ceiling(Axis.Categories.Count / (double)most)),
        _ => NumberTicks.Of(_least, _most, most, this, _whole),
    };

    /// <summary>Every so many categories.</summary>
    public IReadOnlyList<AxisTick> Names(int every) =>
    [
        .. Axis.Categories.Index().Where(name => name.Index % Math.Max(1, every) == 0)
            .Select(name => new AxisTick(Place(name.Index), name.Item)),
    ];

    private static (double Start, double End) Padded(double start, double end, bool keepStart, bool keepEnd)
    {
        double pad = ((end / 2) - (start / 2)) * Margin * 2;
        // The end of the doubles is also the end of the axis.
        return (keepStart ? start : Math.Max(start - pad, double.MinValue), keepEnd ? end : Math.Min(end + pad, double.MaxValue));
    }

    private static (double Start, double End) Around(AxisScale scale, double only) => scale switch
    {
        AxisScale.Log => (only - 0.5, only + 0.5),
        AxisScale.Time => (only - 1_800_000, only + 1_800_000),
        _ when only == 0 => (-1, 1),
        _ when Math.Max(Math.Abs(only) * 0.1, 100 * double.Epsilon) is var pad =>
            (Math.Max(only - pad, double.MinValue), Math.Min(only + pad, double.MaxValue)),
        _ => (only, only),
    };

    private double FromScale(double scaled) => FromScale(Scale, scaled);
}

/// <summary>A value with a label on an axis.</summary>
/// <param name="Place">Its place, from 0 to 1.</param>
/// <param name="Label">Its text; empty for a line without one.</param>
internal readonly record struct AxisTick(double Place, string Label);
