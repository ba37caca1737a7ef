namespace Assay;

/// <summary>Orders rows by the values of a field.</summary>
internal static class RowSort
{
    public static int[] By(RunCatalog catalog, int[] rows, string name, bool descending)
    {
        var field = new NamedField(catalog, name);
        var keys = new SortKey[rows.Length];
        foreach ((int segment, int from, int to) in RowSlices.Of(catalog, rows))
        {
            for (int i = from; i < to; i++)
            {
                object? value = field.TryGet(segment, rows[i] - catalog.Bases[segment], out object? found) ? found : null;
                keys[i] = SortKey.Of(value, i);
            }
        }

        int direction = descending ? -1 : 1;
        Array.Sort(keys, (a, b) => a.CompareTo(b, direction));
        return [.. keys.Select(k => rows[k.Place])];
    }

    private readonly record struct SortKey(bool IsMissing, double Number, object? Exact, string? Text, int Place)
    {
        public static SortKey Of(object? value, int place)
        {
            if (FieldNames.TryNumber(value, out double number)) return new SortKey(double.IsNaN(number), number, value is double ? null : value, null, place);
            return new SortKey(value is null, double.NaN, null, value is null ? null : value as string ?? PlainJson.Of(value), place);
        }

        public int CompareTo(in SortKey other, int direction)
        {
            int order = IsMissing.CompareTo(other.IsMissing);
            if (order == 0) order = direction * (Text is not null).CompareTo(other.Text is not null);
            if (order == 0 && !IsMissing) order = direction * (Text is null ? Number.CompareTo(other.Number) : string.CompareOrdinal(Text, other.Text));
            if (order == 0 && Text is null && (Exact is not null || other.Exact is not null)) order = direction * NumberOrder.Tie(Number, Exact ?? Number, other.Exact ?? other.Number);
            return order != 0 ? order : Place.CompareTo(other.Place);
        }
    }
}
