namespace Assay.Analysis.Figures;

/// <summary>The rows of a table by a column of names: in colours, or in facets.</summary>
internal sealed class PlotGroups
{
    private PlotGroups(string? title, string[] names, int[] groups) => (Title, Names, Groups) = (title, names, groups);

    /// <summary>The column; null where all rows are one group.</summary>
    public string? Title { get; }

    /// <summary>The name of each group.</summary>
    public string[] Names { get; }

    /// <summary>The group of each row.</summary>
    public int[] Groups { get; }

    /// <param name="table">The table.</param>
    /// <param name="column">Rows without a value are a group of their own, the last one. Null for one group of all rows.</param>
    public static PlotGroups Of(Table table, string? column)
    {
        if (column is null) return new PlotGroups(null, [""], new int[table.RowCount]);
        PlotColumn found = PlotColumn.AsCategories(table, column);
        bool some = Array.Exists(found.Values, double.IsNaN);
        string[] names = some || found.Axis.Categories.Count == 0 ? [.. found.Axis.Categories, "(none)"] : [.. found.Axis.Categories];
        return new PlotGroups(column, names, Array.ConvertAll(found.Values, value => double.IsNaN(value) ? names.Length - 1 : (int)value));
    }
}

/// <summary>The panels of a figure, and the rows of a table in each.</summary>
internal sealed record Facet(int Row, int Column, string? Title, int[] Rows)
{
    public static IReadOnlyList<Facet> Of(Table table, PlotOptions options)
    {
        PlotGroups down = PlotGroups.Of(table, options.FacetRow), across = PlotGroups.Of(table, options.FacetColumn);
        var rows = new List<int>[down.Names.Length, across.Names.Length];
        for (int i = 0; i < table.RowCount; i++) (rows[down.Groups[i], across.Groups[i]] ??= []).Add(i);
        return
        [
            .. from r in Enumerable.Range(0, down.Names.Length)
               from c in Enumerable.Range(0, across.Names.Length)
               select new Facet(r, c, TitleOf(down, r, across, c), rows[r, c]?.ToArray() ?? []),
        ];
    }

    private static string? TitleOf(PlotGroups down, int row, PlotGroups across, int column)
    {
        string[] parts =
        [
            .. down.Title is null ? [] : new[] { $"{down.Title} = {down.Names[row]}" },
            .. across.Title is null ? [] : new[] { $"{across.Title} = {across.Names[column]}" },
        ];
        return parts.Length == 0 ? null : string.Join(", ", parts);
    }
}
