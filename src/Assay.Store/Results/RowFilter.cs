using System.Numerics;

namespace Assay;

/// <summary>Chooses rows by what their columns hold.</summary>
internal static class RowFilter
{
    /// <summary>The rows that have some value, in the sense of <see cref="ValueOrder.IsOrHas"/>.</summary>
    public static int[] Equal(RunCatalog catalog, int[] rows, RunField field, object? wanted) =>
        Where(catalog, rows, field, column => Matching(column, wanted), value => ValueOrder.IsOrHas(value, wanted));

    public static int[] Between(RunCatalog catalog, int[] rows, RunField field, double min, double max) => Where(
        catalog, rows, field,
        column => column.Form switch
        {
            ColumnForm.Real => Between<double>(column, min, max),
            ColumnForm.Integer => Between<long>(column, min, max),
            _ => null,
        },
        value => NumberOrder.TryNumber(ValueOrder.Number(value), out double number) && number >= min && number <= max);

    public static int[] Tagged(RunCatalog catalog, int[] rows, string[] tags) => RowSlices.Where(catalog, rows, segment =>
    {
        if (tags.Length == 0) return RowSlices.Each(_ => true);
        if (catalog.Segments[segment].Field(FieldKey.Tags) is not { } column) return RowSlices.Each(_ => false);
        bool[] wanted = [.. Enumerable.Range(0, column.Texts.Count).Select(code => tags.All(Tags(column.Decoded(code)).Contains))];
        return RowSlices.Each(row => column.IsValid(row) && wanted[column.As<int>()[row]]);
    });

    /// <summary>The row with the largest or smallest number; of equals the first. NaN never wins.</summary>
    /// <returns>-1 when none has a number.</returns>
    public static int Best(RunCatalog catalog, int[] rows, RunField field, bool maximize)
    {
        var reader = new FieldReader(catalog, field);
        int best = -1;
        double bestNumber = 0;
        object? bestExact = null;
        void Consider(int row, double number, object? exact)
        {
            if (double.IsNaN(number)) return;
            int order = best < 0 ? 1 : number.CompareTo(bestNumber);
            if (order == 0 && (exact ?? bestExact) is not null) order = NumberOrder.Tie(number, exact ?? number, bestExact ?? bestNumber);
            if (best < 0 || (maximize ? order > 0 : order < 0)) (best, bestNumber, bestExact) = (row, number, exact);
        }

        foreach ((int segment, int from, int to) in RowSlices.Of(catalog, rows))
        {
            FieldColumn? reals = reader.Column(segment) is { Form: ColumnForm.Real } column ? column : null;
            ReadOnlySpan<double> numbers = reals is null ? [] : reals.As<double>();
            for (int i = from; i < to; i++)
            {
                int row = rows[i] - catalog.Bases[segment];
                if (reals?.IsValid(row) == true)
                {
                    Consider(rows[i], numbers[row], null);
                    continue;
                }

                foreach (object? value in reader.Values(segment, row) ?? [])
                    if (ValueOrder.TryMeasure(value, out double number))
                        Consider(rows[i], number, value is bool ? null : ValueOrder.Number(value));
            }
        }

        return best;
    }

    public static IReadOnlyList<string> Tags(object? decoded) => decoded is object?[] list ? [.. list.Select(Tag).OfType<string>()] : [];

    // A tag that reads NaN or Infinity has come back as the number.
    private static string? Tag(object? value) =>
        value is double number && !double.IsFinite(number) ? JsonBuffer.NonFinite(number) : value as string;

    // The condition on a column is asked of rows that have a value there, and may be null; that on one value, of all others.
    private static int[] Where(
        RunCatalog catalog, int[] rows, RunField field, Func<FieldColumn, RowCondition?> onColumn, Func<object?, bool> holds)
    {
        var reader = new FieldReader(catalog, field);
        return RowSlices.Where(catalog, rows, segment =>
        {
            bool Holds(int row) => reader.Values(segment, row)?.Any(holds) == true;
            if (reader.Column(segment) is not { } column || onColumn(column) is not { } condition) return RowSlices.Each(Holds);
            if (column.Valid is null) return condition;
            return (part, first, held) =>
            {
                condition(part, first, held);
                for (int i = 0; i < part.Length; i++)
                    if (!column.IsValid(part[i] - first)) held[i] = Holds(part[i] - first);
            };
        });
    }

    private static RowCondition? Matching(FieldColumn column, object? wanted) => column.Form switch
    {
        ColumnForm.Integer => Matching<long>(
            column, NumberOrder.Whole(wanted) is { } whole && whole >= long.MinValue && whole <= long.MaxValue ? (long)whole : null),
        // Where the nearest double is not the number itself, no double is.
        ColumnForm.Real => Matching<double>(
            column, NumberOrder.TryNumber(wanted, out double x) && ValueOrder.AreEqual(x, wanted) ? x : null),
        ColumnForm.Text or ColumnForm.Json => MatchingCodes(column, wanted),
        _ => null,
    };

    private static RowCondition Matching<T>(FieldColumn column, T? wanted) where T : unmanaged, IEquatable<T> => (rows, first, holds) =>
    {
        ReadOnlySpan<T> values = column.As<T>();
        for (int i = 0; i < rows.Length; i++) holds[i] = wanted is { } number && values[rows[i] - first].Equals(number);
    };

    private static RowCondition MatchingCodes(FieldColumn column, object? wanted)
    {
        var known = new bool?[column.Texts.Count];
        return (rows, first, holds) =>
        {
            ReadOnlySpan<int> codes = column.As<int>();
            for (int i = 0; i < rows.Length; i++)
            {
                if (!column.IsValid(rows[i] - first)) continue;
                int code = codes[rows[i] - first];
                holds[i] = known[code] ??= ValueOrder.IsOrHas(column.Decoded(code), wanted);
            }
        };
    }

    private static RowCondition Between<T>(FieldColumn column, double min, double max) where T : unmanaged, INumber<T> =>
        (rows, first, holds) =>
        {
            ReadOnlySpan<T> values = column.As<T>();
            for (int i = 0; i < rows.Length; i++)
                holds[i] = double.CreateTruncating(values[rows[i] - first]) is var number && number >= min && number <= max;
        };
}
