namespace Assay;

/// <summary>Chooses rows by what their columns hold.</summary>
internal static class RowFilter
{
    /// <summary>The rows that have some value, in the sense of <see cref="FieldNames.SameValue"/>.</summary>
    public static int[] Equal(RunCatalog catalog, int[] rows, string name, object? wanted)
    {
        var field = new NamedField(catalog, name);
        return RowSlices.Where(catalog, rows, segment => field.Only(segment) is { } column
            ? ColumnMatcher.Of(column, wanted)
            : RowSlices.Each(row => field.TryGet(segment, row, out object? value) && FieldNames.SameValue(value, wanted)));
    }

    /// <summary>The rows with a number between two, both included.</summary>
    public static int[] Between(RunCatalog catalog, int[] rows, string name, double min, double max)
    {
        var field = new NamedField(catalog, name);
        return RowSlices.Where(catalog, rows, segment => field.Only(segment) is { Form: ColumnForm.Real or ColumnForm.Integer } column
            ? column.Form == ColumnForm.Real ? RealBetween(column, min, max) : IntegerBetween(column, min, max)
            : RowSlices.Each(row => field.TryGet(segment, row, out object? value) && FieldNames.TryNumber(value, out double number) && number >= min && number <= max));
    }

    public static int[] Tagged(RunCatalog catalog, int[] rows, string[] tags) => RowSlices.Where(catalog, rows, segment =>
    {
        if (tags.Length == 0) return RowSlices.Each(_ => true);
        if (catalog.Segments[segment].Field(FieldKey.Tags) is not { } column) return RowSlices.Each(_ => false);
        bool[] wanted = [.. Enumerable.Range(0, column.Texts.Count).Select(code => HasAll(column.Decoded(code), tags))];
        return RowSlices.Each(row => column.IsValid(row) && wanted[column.Codes.Span[row]]);
    });

    /// <summary>The row with the largest or smallest number; of equals the first. NaN never wins.</summary>
    /// <returns>-1 when none has a number.</returns>
    public static int Best(RunCatalog catalog, int[] rows, string name, bool maximize)
    {
        var field = new NamedField(catalog, name);
        int best = -1;
        double bestValue = 0;
        object? bestExact = null;
        foreach ((int segment, int from, int to) in RowSlices.Of(catalog, rows))
        {
            if (field.IsNowhere(segment)) continue;
            FieldColumn? reals = field.Only(segment) is { Form: ColumnForm.Real } column ? column : null;
            ReadOnlySpan<double> numbers = reals is null ? [] : reals.Reals.Span;
            for (int i = from; i < to; i++)
            {
                int row = rows[i] - catalog.Bases[segment];
                object? found = null;
                double value = reals is not null ? (reals.IsValid(row) ? numbers[row] : double.NaN)
                    : field.TryGet(segment, row, out found) && FieldNames.TryNumber(found, out double number) ? number : double.NaN;
                if (double.IsNaN(value)) continue;
                int order = best < 0 ? 1 : value.CompareTo(bestValue);
                if (order == 0 && (found ?? bestExact) is not null) order = NumberOrder.Tie(value, found ?? value, bestExact ?? bestValue);
                if (best >= 0 && (maximize ? order <= 0 : order >= 0)) continue;
                (best, bestValue, bestExact) = (rows[i], value, found);
            }
        }

        return best;
    }

    /// <summary>The tags that a decoded cell holds.</summary>
    public static IReadOnlyList<string> Tags(object? decoded) => decoded is object?[] list ? [.. list.Select(Tag).OfType<string>()] : [];

    // A tag that reads NaN or Infinity has come back as the number.
    private static string? Tag(object? value) => value is double number && !double.IsFinite(number) ? JsonBuffer.NonFinite(number) : value as string;

    private static bool HasAll(object? decoded, string[] tags) => tags.All(Tags(decoded).Contains);

    private static RowCondition RealBetween(FieldColumn column, double min, double max) => (rows, first, holds) =>
    {
        ReadOnlySpan<double> values = column.Reals.Span;
        for (int i = 0; i < rows.Length; i++)
        {
            int row = rows[i] - first;
            holds[i] = values[row] >= min && values[row] <= max && column.IsValid(row);
        }
    };

    private static RowCondition IntegerBetween(FieldColumn column, double min, double max) => (rows, first, holds) =>
    {
        ReadOnlySpan<long> values = column.Integers.Span;
        for (int i = 0; i < rows.Length; i++)
        {
            int row = rows[i] - first;
            holds[i] = values[row] >= min && values[row] <= max && column.IsValid(row);
        }
    };
}
