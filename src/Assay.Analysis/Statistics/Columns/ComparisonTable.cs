namespace Assay.Analysis;

/// <summary>Compares settings, the values of one column, by the numbers in another.</summary>
/// <param name="settings">The setting of each row.</param>
/// <param name="metric">The numbers; null where a row has none.</param>
internal sealed class ComparisonTable(Column settings, Column metric)
{
    private readonly Lazy<(object? Setting, int[] Rows)[]> _settings = new(() => RowsBySetting(settings));

    public double Confidence { get; init; } = 0.95;

    public ComparisonTest Test { get; init; }

    public Resampling Resampling { get; init; } = Resampling.Default;

    /// <summary>What partners have in common; null where there are no pairs.</summary>
    public IReadOnlyList<Column>? PairedBy { get; init; }

    /// <summary>What belongs together and counts as one observation, its mean; null where rows are independent.</summary>
    public Column? Clusters { get; init; }

    /// <summary>What is counted in notes: rows or runs.</summary>
    public string Unit { get; init; } = "row";

    public Comparison Compare(object? a, object? b)
    {
        (a, b) = (Plain(a), Plain(b));
        if (ValueOrder.AreEqual(a, b))
            throw new TableException($"Both settings of '{settings.Name}' are {ValueText.Of(a)}; expected two different ones.");
        int[] ofA = RowsOf(a), ofB = RowsOf(b);
        Comparison comparison = PairedBy is null ? Unpaired(ofA, ofB) : Paired(ofA, ofB, a, b);
        return comparison with { A = a, B = b };
    }

    /// <summary>All pairs of settings in their order, with p-values that are corrected for their number.</summary>
    public IReadOnlyList<Comparison> CompareAll()
    {
        object[] values = Settings();
        if (values.Length < 2)
            throw new TableException($"'{settings.Name}' has {Plural.Of(values.Length, "value")}; expected at least two to compare.");
        return Comparison.Corrected(
            [.. values.SelectMany((a, i) => values.Skip(i + 1).Select(b => Compare(a, b)))]);
    }

    private Comparison Unpaired(int[] ofA, int[] ofB)
    {
        double[] a = Present(ofA), b = Present(ofB);
        int without = ofA.Length + ofB.Length - a.Length - b.Length;
        if (Clusters is not null) (a, b) = (ClusterMeans(ofA), ClusterMeans(ofB));
        bool isBoolean = metric.Type == ColumnType.Boolean && Clusters is null;
        ComparisonTest test = Test == ComparisonTest.Auto && isBoolean ? ComparisonTest.Permutation : Test;
        EffectSize? odds = isBoolean ? EffectSize.OddsRatio((int)a.Sum(), a.Length, (int)b.Sum(), b.Length, Confidence) : null;
        var comparison = Comparison.Unpaired(a, b, test, Confidence, Resampling, odds);
        return comparison with
        {
            Notes =
            [
                .. comparison.Notes, .. without == 0 ? [] : new[] { $"{Plural.Of(without, Unit)} without a value left out" },
                .. Clusters is null ? [] : new[] { Clustered(ofA.Length + ofB.Length - without, Unit, a.Length + b.Length) },
            ],
        };
    }

    private Comparison Paired(int[] ofA, int[] ofB, object? a, object? b)
    {
        (double[] left, double[] right, int alone, int pairs) = Pairs(ofA, ofB, a, b);
        bool isBoolean = metric.Type == ColumnType.Boolean && Clusters is null;
        ComparisonTest test = Test == ComparisonTest.Auto && isBoolean ? ComparisonTest.McNemar : Test;
        var comparison = Comparison.Paired(left, right, test, Confidence, Resampling);
        return comparison with
        {
            Notes =
            [
                .. comparison.Notes, .. alone == 0 ? [] : new[] { $"{Plural.Of(alone, Unit)} without a value or partner left out" },
                .. pairs == left.Length ? [] : new[] { Clustered(pairs, "pair", left.Length) },
            ],
        };
    }

    private static string Clustered(int count, string unit, int clusters) =>
        $"{Plural.Of(count, unit)} in {Plural.Of(clusters, "cluster")}, each of which counts once";

    private double[] ClusterMeans(int[] rows)
    {
        const string Value = "\0value", Cluster = "\0cluster";
        Table table = Table.FromColumns(NumericColumn.Of(metric).Rename(Value), Clusters!.Rename(Cluster)).TakeRows(rows);
        return [.. table.GroupBy(Cluster).Select(g => NumericColumn.Present(g[Value])).Where(v => v.Length > 0).Select(Mean)];
    }

    private static double Mean(IReadOnlyCollection<double> values) => Moments.Of([.. values]).Mean!.Value;

    private (double[] A, double[] B, int Alone, int Pairs) Pairs(int[] ofA, int[] ofB, object? a, object? b)
    {
        const string Value = "\0value", Second = "\0second", Cluster = "\0cluster";
        Column[] clusters = Clusters is null ? [] : [Clusters.Rename(Cluster)];
        Table rows = Table.FromColumns([.. PairedBy!, metric.Rename(Value), .. clusters]).TakeRows([.. ofA, .. ofB]);
        rows = rows.With(Column.Of(Second, Enumerable.Range(0, rows.RowCount).Select(i => i >= ofA.Length)));
        List<(double A, double B, object? Cluster)> pairs = [];
        foreach (Table partners in rows.GroupBy(PairedBy!.Select(c => c.Name)))
        {
            Column values = partners[Value];
            bool[] isSecond = partners[Second].AsBooleans().ToArray();
            foreach ((bool side, object? setting) in new[] { (false, a), (true, b) })
                if (isSecond.Count(s => s == side) is > 1 and int several) throw Repeated(partners, several, setting);
            if (values.Count < 2 || values.NullCount > 0) continue;
            (int first, int second) = (Array.IndexOf(isSecond, false), Array.IndexOf(isSecond, true));
            object? cluster = Clusters is null ? pairs.Count : partners[Cluster][first];
            if (Clusters is not null && !ValueOrder.AreEqual(cluster, partners[Cluster][second]))
                throw new TableException($"Partners have different values of '{Clusters.Name}', {ValueText.Of(cluster)} and "
                    + $"{ValueText.Of(partners[Cluster][second])}; expected pairs within clusters. Pair also by '{Clusters.Name}'.");
            pairs.Add((values.AsDoubles()[first], values.AsDoubles()[second], cluster));
        }

        int alone = rows.RowCount - (2 * pairs.Count);
        if (Clusters is null) return ([.. pairs.Select(p => p.A)], [.. pairs.Select(p => p.B)], alone, pairs.Count);
        var means = pairs.GroupBy(p => p.Cluster)
            .Select(c => (A: Mean([.. c.Select(p => p.A)]), B: Mean([.. c.Select(p => p.B)]))).ToArray();
        return ([.. means.Select(m => m.A)], [.. means.Select(m => m.B)], alone, pairs.Count);
    }

    private TableException Repeated(Table partners, int several, object? setting)
    {
        string key = string.Join(", ", PairedBy!.Select(c => $"{c.Name} = {ValueText.Of(partners[c.Name][0])}"));
        return new TableException($"{Plural.Of(several, Unit)} with {settings.Name} = {ValueText.Of(setting)} "
            + (key.Length == 0 ? "have no name to tell them apart" : $"share {key}")
            + "; expected one on each side of a pair. Pair also by a name in which they differ, or compare them unpaired.");
    }

    private double[] Present(int[] rows) => NumericColumn.Present(Table.FromColumns(metric).TakeRows(rows).Columns[0]);

    private int[] RowsOf(object? setting) =>
        Array.Find(_settings.Value, s => ValueOrder.AreEqual(s.Setting, setting)).Rows
        ?? throw new TableException($"No {Unit} has {settings.Name} = {ValueText.Of(setting)}; there are "
            + $"{(Settings() is { Length: > 0 } there ? ValueText.Few([.. there.Select(ValueText.Of)], most: 20) : "none")}.");

    private object[] Settings() => [.. _settings.Value.Select(s => s.Setting).OfType<object>().Order(ValueOrder.Comparer)];

    private static (object? Setting, int[] Rows)[] RowsBySetting(Column settings)
    {
        const string Setting = "setting", Row = "row";
        Column rows = Column.Of(Row, Enumerable.Range(0, settings.Count).Select(i => (long)i));
        GroupedTable groups = Table.FromColumns(settings.Rename(Setting), rows).GroupBy(Setting);
        return [.. groups.Select(g => (g[Setting][0], Array.ConvertAll(g[Row].AsInt64s().ToArray(), i => (int)i)))];
    }

    // As a column would hold it: whole numbers as long, enumerations as text.
    private static object? Plain(object? value) => value is null ? null : Column.Of("value", new[] { value })[0];
}
