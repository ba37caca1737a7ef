using System.Globalization;
using System.Text;

namespace Assay.Analysis;

/// <summary>The part of a metric's variance that a parameter, or two parameters together, account for.</summary>
/// <param name="Names">One parameter for its main effect, or two for what they do together beyond both main effects.</param>
/// <param name="Variance">The variance that the effect accounts for, in the square of the metric's unit.</param>
/// <param name="Share">That as a share of the total variance, from 0 to 1; null where the metric does not vary.</param>
public sealed record ImportanceEffect(IReadOnlyList<string> Names, double Variance, double? Share)
{
    /// <summary>The names with a cross between them.</summary>
    public string Name => string.Join(" × ", Names);
}

/// <summary>
/// How much of the variance of a metric each parameter accounts for: the exact decomposition over a full grid. Immutable.
/// </summary>
/// <remarks>
/// The functional analysis of variance of the cell means, all points of the grid weighing the same (Hoeffding 1948; Sobol 2001): the
/// variance of the means over each level of a parameter, of each pair what remains of the variance of its means, and the rest for three and
/// more together. What replicates of one point differ by is apart: the mean of the variances within the points. The parts sum to the total.
/// With equally many replicates these are the sums of squares of a factorial analysis of variance over the number of runs. Variances are
/// those of the runs that are there (divisor n); the noise of cell means of few replicates is in the effects, as it is in a sum of squares.
/// </remarks>
public sealed record Importance
{
    internal Importance() { }

    /// <summary>The metric.</summary>
    public required string Metric { get; init; }

    /// <summary>The parameters, in the order of their columns.</summary>
    public required IReadOnlyList<string> Params { get; init; }

    /// <summary>The number of runs that have a value.</summary>
    public required int Runs { get; init; }

    /// <summary>The number of runs without a finite number as the metric; they are not looked at.</summary>
    public required int LeftOut { get; init; }

    /// <summary>The number of points of the grid.</summary>
    public required int Points { get; init; }

    /// <summary>The smallest and the largest number of replicates of a point.</summary>
    public required (int Least, int Most) Replicates { get; init; }

    /// <summary>The total variance: of the cell means, and of replicates within the points.</summary>
    public required double Variance { get; init; }

    /// <summary>Main effects, then pairs; each by its share, the largest first.</summary>
    public required IReadOnlyList<ImportanceEffect> Effects { get; init; }

    /// <summary>What three and more parameters do together; null where there are not three.</summary>
    public required ImportanceEffect? Higher { get; init; }

    /// <summary>
    /// What replicates of one point differ by; null where no point has two, and the noise is then within the effects.
    /// </summary>
    public required ImportanceEffect? Residual { get; init; }

    /// <summary>The main effect of a parameter, or what two do together, in any order.</summary>
    /// <exception cref="AssayException">There is none; the message lists those there are.</exception>
    public ImportanceEffect this[params string[] names] =>
        Effects.FirstOrDefault(e => e.Names.Order(StringComparer.Ordinal).SequenceEqual(names.Order(StringComparer.Ordinal)))
        ?? throw new AssayException($"there is no effect of '{string.Join("' and '", names)}'; there are "
            + $"{string.Join(", ", Effects.Select(e => e.Name))}.");

    /// <summary>
    /// A row for each effect, the higher ones and the residual last: <c>effect</c>, <c>order</c> (the number of parameters; null for the
    /// last two), <c>variance</c>, <c>share</c>.
    /// </summary>
    public Table ToTable()
    {
        (string Name, long? Order, ImportanceEffect Effect)[] rows =
        [
            .. Effects.Select(e => (e.Name, (long?)e.Names.Count, e)),
            .. Higher is { } higher ? [("higher", null, higher)] : Array.Empty<(string, long?, ImportanceEffect)>(),
            .. Residual is { } residual ? [("residual", null, residual)] : Array.Empty<(string, long?, ImportanceEffect)>(),
        ];
        return Table.FromColumns(
        [
            Column.Of("effect", rows.Select(r => r.Name)), Column.Of("order", rows.Select(r => r.Order)),
            Column.Of("variance", rows.Select(r => r.Effect.Variance)), Column.Of("share", rows.Select(r => r.Effect.Share)),
        ]);
    }

    /// <summary>The effects in lines of text, with the number of runs, points and replicates.</summary>
    public override string ToString()
    {
        string replicates = Replicates.Least == Replicates.Most ? $"{Replicates.Least}" : $"{Replicates.Least} to {Replicates.Most}";
        var text = new StringBuilder($"{Metric}: {Runs} runs at {Points} points, replicates: {replicates}");
        if (LeftOut > 0) text.Append(CultureInfo.InvariantCulture, $"; {LeftOut} without a value left out");
        foreach (ImportanceEffect effect in Effects) Line(effect.Name, effect);
        if (Higher is { } higher) Line("three and more", higher);
        if (Residual is { } residual) Line("replicates", residual);
        return text.ToString();

        void Line(string name, ImportanceEffect effect)
        {
            string share = effect.Share?.ToString("P1", CultureInfo.InvariantCulture) ?? "-";
            text.Append(CultureInfo.InvariantCulture, $"\n  {share,8}  {name}");
        }
    }
}
