using System.Numerics;

namespace Assay;

/// <summary>Chooses rows by what their columns hold.</summary>
internal static class RowFilter
{
    /// <summary>The rows that have some value, in the sense of <see cref="ValueOrder.IsOrHas"/>.</summary>
    public static int[] Equal(RunCatalog catalog, int[] rows, RunField field, object? wanted) =>
        Where(catalog, rows, field, column => Matching(column, wanted), value => ValueOrder.IsOrHas(value, wanted));

    /// <summary>The rows with a number between two, both included.</summary>
    public static int[] Between(RunCatalog catalog, int[] rows, RunField field, double min, double max) => Where(
        catalog, rows, field,
        column => column.Form switch
        {
            ColumnForm.Real => RealBetween(column, min, max),
            ColumnForm.Integer => IntegerBetween(column, min, max),
            _ => null,
        },
        value => NumberOrder.TryNumber(ValueOrder.Number(value), out double number) && number >= min && number <= max);

    public static int[] Tagged(RunCatalog catalog, int[] rows, string[] tags) => RowSlices.Where(catalog, rows, segment =>
    {
        if (tags.Length == 0) return RowSlices.Each(_ => true);
        if (catalog.Segments[segment].Field(FieldKey.Tags) is not { } column) return RowSlices.Each(_ => false);
        bool[] wanted = [.. Enumerable.Range(0, column.Texts.Count).Select(code => tags.All(Tags(column.Decoded(code)).Contains))];
        return RowSlices.Each(row => column.IsValid(row) && wanted[column.Codes.Span[row]]);
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
            ReadOnlySpan<double> numbers = reals is null ? [] : reals.Reals.Span;
            for (int i = from; i < to; i++)
            {
                int row = rows[i] - catalog.Bases[segment];
                if (reals?.IsValid(row) == true)
                {
                    Consider(rows[i], numbers[row], null);
                    continue;
                }

                foreach (object? value in (reader.Values(segment, row) ?? []).Select(ValueOrder.Number))
                {
                    if (NumberOrder.TryNumber(value, out double number)) Consider(rows[i], number, value);
                }
            }
        }

        return best;
    }

    /// <summary>The tags that a decoded cell holds.</summary>
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
                {
                    if (!column.IsValid(part[i] - first)) held[i] = Holds(part[i] - first);
                }
            };
        });
    }

    private static RowCondition? Matching(FieldColumn column, object? wanted) => column.Form switch
    {
        ColumnForm.Integer => Matching(column, NumberOrder.Whole(wanted)),
        // Where the nearest double is not the number itself, no double is.
        ColumnForm.Real => Matching(column, NumberOrder.TryNumber(wanted, out double x) && ValueOrder.AreEqual(x, wanted) ? x : null),
        ColumnForm.Text or ColumnForm.Json => MatchingCodes(column, wanted),
        _ => null,
    };

    private static RowCondition Matching(FieldColumn column, BigInteger? wanted)
    {
        long? number = wanted >= long.MinValue && wanted <= long.MaxValue ? (long)wanted : null;
        return (rows, first, holds) =>
        {
            ReadOnlySpan<long> values = column.Integers.Span;
            for (int i = 0; i < rows.Length; i++) holds[i] = values[rows[i] - first] == number;
        };
    }

    private static RowCondition Matching(FieldColumn column, double? wanted) => (rows, first, holds) =>
    {
        ReadOnlySpan<double> values = column.Reals.Span;
        for (int i = 0; i < rows.Length; i++) holds[i] = wanted is { } number && values[rows[i] - first].Equals(number);
    };

    private static RowCondition MatchingCodes(FieldColumn column, object? wanted)
    {
        var known = new bool?[column.Texts.Count];
        return (rows, first, holds) =>
        {
            ReadOnlySpan<int> codes = column.Codes.Span;
            for (int i = 0; i < rows.Length; i++)
            {
                if (!column.IsValid(rows[i] - first)) continue;
                int code = codes[rows[i] - first];
                holds[i] = known[code] ??= ValueOrder.IsOrHas(column.Decoded(code), wanted);
            }
        };
    }

    private static RowCondition RealBetween(FieldColumn column, double min, double max) => (rows, first, holds) =>
    {
        ReadOnlySpan<double> values = column.Reals.Span;
        for (int i = 0; i < rows.Length; i++) holds[i] = values[rows[i] - first] >= min && values[rows[i] - first] <= max;
    };

    private static RowCondition IntegerBetween(FieldColumn column, double min, double max) => (rows, first, holds) =>
    {
        ReadOnlySpan<long> values = column.Integers.Span;
        for (int i = 0; i < rows.Length; i++) holds[i] = values[rows[i] - first] >= min && values[rows[i] - first] <= max;
    };
}
