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

/// <summary>Sorts runs by values of theirs; runs without one come last either way, and equal ones keep their order.</summary>
internal static class RunOrder
{
    /// <returns>The places of the runs, in their new order.</returns>
    public static int[] Sort(IReadOnlyList<RunRecord> runs, IReadOnlyList<RunSortKey> keys, CancellationToken cancellation = default)
    {
        var rows = new (int Place, (int Group, object? Key)[] Keys)[runs.Count];
        for (int i = 0; i < rows.Length; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            var run = new RunValues(runs[i]);
            rows[i] = (i, [.. keys.Select(k => ValueOrder.SortKey(k.Field.Single(run)))]);
        }

        Array.Sort(rows, (a, b) =>
        {
            for (int k = 0; k < keys.Count; k++)
            {
                int order = Compare(a.Keys[k], b.Keys[k], keys[k].Descending);
                if (order != 0) return order;
            }

            return a.Place.CompareTo(b.Place);
        });
        return Array.ConvertAll(rows, r => r.Place);
    }

    private static int Compare((int Group, object? Key) a, (int Group, object? Key) b, bool descending)
    {
        if (a.Key is null || b.Key is null) return (a.Key is null).CompareTo(b.Key is null);
        int order = a.Group != b.Group ? a.Group.CompareTo(b.Group) : ValueOrder.Compare(a.Key, b.Key) ?? 0;
        return descending ? -order : order;
    }
}
