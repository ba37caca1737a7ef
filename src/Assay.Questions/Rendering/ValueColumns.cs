namespace Assay.Questions;

/// <summary>Recorded values as columns of their own, as long as a table of them reads well.</summary>
internal static class ValueColumns
{
    // A table with more columns is wider than any terminal, and names beside values read better.
    private const int Most = 10;

    /// <summary>A column for each name among the values of some items, in the order in which they bring them.</summary>
    /// <param name="items">The items.</param>
    /// <param name="values">The values of an item.</param>
    /// <param name="place">Stands with a dot before names that are taken: <c>params.X</c> beside the metric <c>X</c>.</param>
    /// <param name="taken">The headings of other columns.</param>
    public static (string Heading, Func<T, string?> Cell)[] Of<T>(
        IReadOnlyList<T> items, Func<T, IEnumerable<KeyValuePair<string, object?>>> values, string place, IEnumerable<string> taken)
        where T : class
    {
        var known = new Dictionary<T, Dictionary<string, object?>>(ReferenceEqualityComparer.Instance);
        foreach (T item in items) known[item] = values(item).ToDictionary(v => v.Key, v => v.Value, StringComparer.Ordinal);
        var others = taken.ToHashSet(StringComparer.Ordinal);
        return [.. items.SelectMany(item => known[item].Keys).Distinct(StringComparer.Ordinal).Select(Column)];

        (string, Func<T, string?>) Column(string name) =>
            (others.Contains(name) ? $"{place}.{name}" : name, item => Words.Value(known[item].GetValueOrDefault(name)));
    }

    /// <summary>Whether there are few enough; what is the same in every row does not count where it stands above the table.</summary>
    public static bool Fit<T>(IReadOnlyList<T> items, Page page, IEnumerable<(string Heading, Func<T, string?> Cell)> columns) =>
        !columns.Where(c => !page.FoldsConstants || items.Select(c.Cell).Distinct(StringComparer.Ordinal).Skip(1).Any()).Skip(Most).Any();
}
