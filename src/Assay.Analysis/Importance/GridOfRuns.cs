using System.Globalization;

namespace Assay.Analysis;

/// <summary>The values of a metric at the points of a grid.</summary>
internal sealed class GridOfRuns
{
    private const int MostPoints = 10_000_000, MostShown = 3;

    private readonly string _metric;
    private readonly string[] _names;
    private readonly object?[][] _levels;
    private readonly List<double>?[] _cells;
    private int _runs, _leftOut;

    /// <exception cref="AssayException">The grid is not full, or there is nothing to decompose.</exception>
    public GridOfRuns(object?[][] columns, object?[] values, string metric, string[] names)
    {
        (_metric, _names) = (metric, names);
        if (names.Length == 0)
            throw new AssayException("no parameter has more than one value; expected at least one that varies.");
        // Levels of runs that are left out belong to the grid: a point where every run failed is a gap.
        Dictionary<string, int>[] numbers = [.. columns.Select(Number)];
        _levels = [.. columns.Zip(numbers, (column, number) => Distinct(column, number))];
        long points = _levels.Aggregate(1L, (all, level) => Math.Min(MostPoints + 1L, all * Math.Max(1, level.Length)));
        if (points > MostPoints)
            throw new AssayException($"the grid of {Sizes()} has more than {MostPoints:N0} points; expected fewer. Name the parameters "
                + "that matter, or take ForestImportance of the package Assay.Forest, which needs no grid.");
        _cells = new List<double>?[points];
        for (int row = 0; row < values.Length; row++)
        {
            if (Finite(values[row]) is not { } value) _leftOut++;
            else
            {
                int cell = 0;
                for (int i = 0; i < names.Length; i++) cell = (cell * _levels[i].Length) + numbers[i][Key(columns[i][row])];
                (_cells[cell] ??= []).Add(value);
                _runs++;
            }
        }

        if (_runs == 0)
            throw new AssayException($"no run has a finite number called '{metric}' ({Plural.Of(_leftOut, "run")} without); expected a "
                + "metric that is a number.");
        RequireFull();
    }

    public Importance Decompose()
    {
        // A power of two, so that squares neither overflow nor vanish and no digit is lost.
        double scale = _cells.Max(c => c!.Max(Math.Abs)) is > 0 and var largest ? Math.ScaleB(1, Math.ILogB(largest)) : 1;
        double[][] cells = [.. _cells.Select(c => c!.Select(v => v / scale).ToArray())];
        var parts = new VarianceDecomposition([.. _levels.Select(l => l.Length)], [.. cells.Select(Mean)]);
        double within = cells.Average(VarianceWithin), between = parts.Total, total = between + within;
        bool varies = total > 0;

        int count = _names.Length;
        double rest = between;
        ImportanceEffect[] mains = [.. Enumerable.Range(0, count).Select(i => Attributed([_names[i]], parts.Main(i)))];
        ImportanceEffect[] pairs =
        [
            .. from i in Enumerable.Range(0, count)
               from j in Enumerable.Range(i + 1, count - i - 1)
               select Attributed([_names[i], _names[j]], parts.Pair(i, j)),
        ];
        int least = cells.Min(c => c.Length), most = cells.Max(c => c.Length);
        return new Importance
        {
            Metric = _metric,
            Params = _names,
            Runs = _runs,
            LeftOut = _leftOut,
            Points = cells.Length,
            Replicates = (least, most),
            Variance = total * scale * scale,
            Effects = [.. mains.OrderByDescending(e => e.Variance), .. pairs.OrderByDescending(e => e.Variance)],
            // The rest may be a rounding error below nothing.
            Higher = count < 3 ? null : Effect([], Math.Max(0, rest)),
            Residual = most < 2 ? null : Effect([], within),
        };

        ImportanceEffect Attributed(string[] names, double variance)
        {
            rest -= variance;
            return Effect(names, variance);
        }

        ImportanceEffect Effect(string[] names, double variance) =>
            new(names, variance * scale * scale, varies ? variance / total : null);
    }

    private void RequireFull()
    {
        int[] missing = [.. _cells.Index().Where(c => c.Item is null).Select(c => c.Index)];
        if (_levels.All(l => l.Length < 2))
            throw new AssayException($"{ValueText.Few([.. _names.Select(n => $"'{n}'")])} has one value; expected a parameter "
                + "that varies.");
        if (missing.Length == 0) return;
        throw new AssayException($"the runs are no full grid: of the {_cells.Length} points of {Sizes()}, {missing.Length} have no run "
            + $"with a finite number called '{_metric}', for example {string.Join("; ", missing.Take(MostShown).Select(Describe))}. "
            + "Expected every value of a parameter with every value of the others. Run the missing points, leave values out with Where, or "
            + "name fewer parameters: the others count as replicates then. ForestImportance of the package Assay.Forest needs no grid.");
    }

    private string Sizes() => string.Join(" × ", _names.Zip(_levels, (name, level) => $"{name} ({level.Length})"));

    private string Describe(int point)
    {
        var parts = new string[_names.Length];
        for (int i = _names.Length - 1; i >= 0; point /= _levels[i--].Length)
            parts[i] = $"{_names[i]} = {ValueText.Of(_levels[i][point % _levels[i].Length])}";
        return string.Join(", ", parts);
    }

    private static Dictionary<string, int> Number(object?[] column)
    {
        var numbers = new Dictionary<string, int>(StringComparer.Ordinal);
        for (int row = 0; row < column.Length; row++) numbers.TryAdd(Key(column[row]), numbers.Count);
        return numbers;
    }

    private static object?[] Distinct(object?[] column, Dictionary<string, int> numbers)
    {
        var levels = new object?[numbers.Count];
        for (int row = column.Length - 1; row >= 0; row--) levels[numbers[Key(column[row])]] = column[row];
        return levels;
    }

    // Equal numbers are one level, whatever their types.
    private static string Key(object? value) => NumberOrder.TryNumber(value, out double number)
        ? number.ToString("R", CultureInfo.InvariantCulture) : $"{value?.GetType().Name}:{value}";

    private static double? Finite(object? value) => value is TimeSpan time ? time.TotalSeconds :
        value is not bool && NumberOrder.TryNumber(value, out double number) && double.IsFinite(number) ? number : value is true ? 1
            : value is false ? 0 : null;

    private static double Mean(double[] values) => values[0] + values.Average(v => v - values[0]);

    private static double VarianceWithin(double[] values)
    {
        double mean = Mean(values);
        return values.Average(v => (v - mean) * (v - mean));
    }
}
