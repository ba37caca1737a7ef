namespace Assay.Analysis;

/// <summary>Rank correlations of all pairs of columns of two groups.</summary>
internal static class CorrelationTable
{
    /// <param name="xs">The columns of one group; a column that holds no numbers gets no correlation and a note.</param>
    /// <param name="ys">Those of the other.</param>
    /// <param name="confidence">Of the intervals.</param>
    public static Table Of(IReadOnlyList<Column> xs, IReadOnlyList<Column> ys, double confidence)
    {
        Requirements.Confidence(confidence);
        (Column X, Column Y)[] pairs = [.. xs.SelectMany(x => ys.Select(y => (x, y)))];
        (RankCorrelation Spearman, RankCorrelation Kendall, string? Note)[] found = [.. pairs.Select(p => Of(p.X, p.Y, confidence))];
        double[] adjusted = PValues.Holm([.. found.Select(f => f.Spearman.PValue ?? double.NaN)]);
        return Table.FromColumns(
        [
            Column.Of("x", pairs.Select(p => p.X.Name)),
            Column.Of("y", pairs.Select(p => p.Y.Name)),
            Column.Of("count", found.Select(f => (long)f.Spearman.Count)),
            Column.Of("spearman", found.Select(f => f.Spearman.Value)),
            Column.Of("lower_bound", found.Select(f => f.Spearman.LowerBound)),
            Column.Of("upper_bound", found.Select(f => f.Spearman.UpperBound)),
            Column.Of("p_value", found.Select(f => f.Spearman.PValue)),
            Column.Of("p_adjusted", adjusted.Select(p => double.IsNaN(p) ? null : (double?)p)),
            Column.Of("kendall", found.Select(f => f.Kendall.Value)),
            Column.Of("kendall_p_value", found.Select(f => f.Kendall.PValue)),
            .. found.All(f => f.Note is null) ? [] : new[] { Column.Of("note", found.Select(f => f.Note)) },
        ]);
    }

    private static (RankCorrelation, RankCorrelation, string?) Of(Column x, Column y, double confidence)
    {
        if (new[] { x, y }.FirstOrDefault(c => !NumericColumn.IsNumeric(c)) is { } other)
            return Nothing(0, $"'{other.Name}' holds {other.Type} values, which are no numbers");
        (Column numbersX, Column numbersY) = (NumericColumn.Of(x), NumericColumn.Of(y));
        int[] rows = [.. Enumerable.Range(0, x.Count).Where(i => !numbersX.IsNull(i) && !numbersY.IsNull(i))];
        double[] valuesX = Values(numbersX), valuesY = Values(numbersY);
        var spearman = RankCorrelation.Spearman(valuesX, valuesY, confidence);
        if (spearman.Value is null) return Nothing(rows.Length, Fault(rows.Length, valuesX, valuesY, x.Name, y.Name));
        int without = x.Count - rows.Length;
        return (spearman, RankCorrelation.Kendall(valuesX, valuesY, confidence), without == 0 ? null : $"{without} without both values");

        double[] Values(Column column)
        {
            ReadOnlySpan<double> all = column.AsDoubles();
            var values = new double[rows.Length];
            for (int i = 0; i < values.Length; i++) values[i] = all[rows[i]];
            return values;
        }

        (RankCorrelation, RankCorrelation, string?) Nothing(int count, string note)
        {
            var none = new RankCorrelation(null, null, null, null, count, confidence);
            return (none, none, note);
        }
    }

    private static string Fault(int count, double[] x, double[] y, string nameX, string nameY) =>
        count < 2 ? "fewer than two pairs"
        : x.Contains(double.NaN) || y.Contains(double.NaN) ? "NaN among the values"
        : $"'{(x.AsSpan().ContainsAnyExcept(x[0]) ? nameY : nameX)}' does not vary";
}
