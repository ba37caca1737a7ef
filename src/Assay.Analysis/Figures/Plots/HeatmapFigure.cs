namespace Assay.Analysis.Figures;

/// <summary>An aggregate for each pair of values of two columns.</summary>
internal static class HeatmapFigure
{
    // No column of a user's is called so.
    private const string X = "\u0001x", Y = "\u0001y", Cell = "\u0001value";

    public static Figure Of(Table table, string x, string y, Aggregate value, PlotOptions options)
    {
        PlotColumn across = PlotColumn.AsCategories(table, x), up = PlotColumn.AsCategories(table, y);
        Column? source = value.Column is null ? null : PlotColumn.Find(table, value.Column);
        double[]? numbers = source?.Type == ColumnType.Double ? source.AsDoubles().ToArray() : null;
        int[] rows =
        [
            .. Enumerable.Range(0, table.RowCount).Where(row => !double.IsNaN(across.Values[row]) && !double.IsNaN(up.Values[row])
                && source?.IsNull(row) != true && (numbers is null || double.IsFinite(numbers[row]))),
        ];
        double[][] cells = [.. up.Axis.Categories.Select(_ => Enumerable.Repeat(double.NaN, across.Axis.Categories.Count).ToArray())];
        Column[] columns = [Column.Of(X, across.Values), Column.Of(Y, up.Values), .. source is null ? [] : new[] { source }];
        Table groups = Table.FromColumns(columns).TakeRows(rows).GroupBy(X, Y).Aggregate(value.As(Cell));
        ReadOnlySpan<double> at = groups[X].AsDoubles(), row = groups[Y].AsDoubles();
        double[] values = PlotColumn.OfNumbers(groups, Cell).Values;
        for (int i = 0; i < values.Length; i++) cells[(int)row[i]][(int)at[i]] = values[i];
        int left = table.RowCount - rows.Length;
        return new Figure
        {
            Title = options.Title ?? $"{value.Name} by {x} and {y}",
            LegendTitle = value.Name,
            Panels = [new Panel { X = across.Axis, Y = up.Axis, Marks = rows.Length == 0 ? [] : [new HeatmapMark { Values = cells }] }],
            Notes = left == 0 ? [] : [ShownFigure.Missing(left)],
        };
    }
}
