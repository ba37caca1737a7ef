namespace Assay;

/// <summary>
/// One column of a summary: what is computed, from which column, and under which name. Nulls do not count. NaN is a value, so one of them
/// makes every numeric aggregate of its group NaN; leave failed measurements out first where that is not wanted.
/// </summary>
public sealed record Aggregate
{
    private Aggregate(AggregateKind kind, string? column, string suffix, double argument = 0)
    {
        Kind = kind;
        Column = column;
        Argument = argument;
        Name = column is null ? suffix : $"{column}_{suffix}";
    }

    /// <summary>The column aggregated; null for the number of rows.</summary>
    public string? Column { get; }

    /// <summary>
    /// Name of the resulting column. Default: the column, an underscore and the word for the aggregate, e.g. <c>accuracy_mean</c>.
    /// </summary>
    public string Name { get; init; }

    internal AggregateKind Kind { get; }

    internal double Argument { get; }

    /// <summary>Number of rows, under the name <c>count</c>.</summary>
    public static Aggregate Count() => new(AggregateKind.Rows, null, "count");

    /// <summary>Number of values that are not null.</summary>
    public static Aggregate Count(string column) => new(AggregateKind.Count, column, "count");

    /// <summary>
    /// Sum of numbers, durations, or booleans (how many are true); null without values. Whole numbers sum without loss, and to a double
    /// when 64 bits do not hold the result; durations sum without loss too, and a result outside the range of durations is refused.
    /// </summary>
    public static Aggregate Sum(string column) => new(AggregateKind.Sum, column, "sum");

    /// <summary>Mean of numbers, durations, or booleans (the share that is true); null without values.</summary>
    public static Aggregate Mean(string column) => new(AggregateKind.Mean, column, "mean");

    /// <summary>
    /// Sample standard deviation (divided by n − 1) of numbers, durations or booleans; null below two values. Named <c>_std</c>.
    /// </summary>
    public static Aggregate StandardDeviation(string column) => new(AggregateKind.StandardDeviation, column, "std");

    /// <summary>Smallest value of any type, in the order of <see cref="Table.Sort"/>; null without values.</summary>
    public static Aggregate Min(string column) => new(AggregateKind.Min, column, "min");

    /// <summary>Largest value of any type, in the order of <see cref="Table.Sort"/>; null without values.</summary>
    public static Aggregate Max(string column) => new(AggregateKind.Max, column, "max");

    /// <summary>The middle value, or the mean of the two in the middle, of numbers, durations or booleans; null without values.</summary>
    public static Aggregate Median(string column) => new(AggregateKind.Quantile, column, "median", 0.5);

    /// <summary>
    /// Quantile of numbers, durations or booleans by linear interpolation between neighbours (R's type 7, the default of NumPy); null
    /// without values. Named <c>_q</c> and the fraction, e.g. <c>loss_q0.25</c>.
    /// </summary>
    /// <param name="column">The column.</param>
    /// <param name="q">From 0, the minimum, to 1, the maximum.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="q"/> is outside 0 to 1.</exception>
    public static Aggregate Quantile(string column, double q)
    {
        if (q is not (>= 0 and <= 1)) throw new ArgumentOutOfRangeException(nameof(q), q, "A quantile lies between 0 and 1.");
        return new(AggregateKind.Quantile, column, "q" + q.ToString(CultureInfo.InvariantCulture), q);
    }

    /// <summary>The first value that is not null, of any type.</summary>
    public static Aggregate First(string column) => new(AggregateKind.First, column, "first");

    /// <summary>Number of different values; null is none of them, NaN is one. Named <c>_n_distinct</c>.</summary>
    public static Aggregate CountDistinct(string column) => new(AggregateKind.Distinct, column, "n_distinct");

    /// <summary>The same aggregate under another name.</summary>
    public Aggregate As(string name) => this with { Name = name };
}
