namespace Assay.Names;

/// <summary>A key to sort runs by. Immutable.</summary>
/// <param name="Field">The field.</param>
/// <param name="Descending">Whether the largest value comes first.</param>
public sealed record RunSortKey(RunField Field, bool Descending)
{
    /// <summary>Reads keys such as <c>accuracy:desc,started</c>.</summary>
    /// <param name="text">Names with commas between them, each with <c>:desc</c> for the largest first.</param>
    /// <exception cref="AssayException">A part is no name, or its direction is none.</exception>
    public static IReadOnlyList<RunSortKey> Parse(string text) => [.. FieldList.Split(text).Select(One)];

    private static RunSortKey One(string text)
    {
        string name = text.Trim();
        bool descending = name.EndsWith(":desc", StringComparison.OrdinalIgnoreCase);
        if (descending) name = name[..^5];
        else if (name.EndsWith(":asc", StringComparison.OrdinalIgnoreCase)) name = name[..^4];
        return name.Length > 0 ? new RunSortKey(RunField.Parse(name), descending) : throw new AssayException(
            "a name to sort by is empty; expected NAME or NAME:desc, several with commas between them.");
    }
}

/// <summary>Sorts runs by values of theirs; runs without one come last in both directions, and equal ones keep their order.</summary>
internal static class RunOrder
{
    /// <returns>The places of the rows, in their new order.</returns>
    public static int[] Sort(RunCatalog catalog, int[] rows, IReadOnlyList<RunSortKey> keys, CancellationToken cancellation = default)
    {
        ValueKey[][] values = [.. keys.Select(k => Values(new FieldReader(catalog, k.Field), catalog, rows, cancellation))];
        int[] places = [.. Enumerable.Range(0, rows.Length)];
        Array.Sort(places, (a, b) =>
        {
            for (int k = 0; k < values.Length; k++)
            {
                int order = values[k][a].CompareTo(values[k][b], keys[k].Descending);
                if (order != 0) return order;
            }

            return a.CompareTo(b);
        });
        return places;
    }

    private static ValueKey[] Values(FieldReader reader, RunCatalog catalog, int[] rows, CancellationToken cancellation)
    {
        var values = new ValueKey[rows.Length];
        foreach ((int segment, int row, int place) in RowSlices.Rows(catalog, rows))
        {
            cancellation.ThrowIfCancellationRequested();
            values[place] = ValueKey.Of(reader.Single(segment, row));
        }

        return values;
    }
}
