namespace Assay.Analysis.Tests;

[Trait("Category", "Quick")]
public class TableStatisticsTests
{
    private static readonly Table Runs = Table.FromColumns(
        Column.Of("hidden", [4L, 4, 4, 16, 16, 16, 32, 32]),
        Column.Of("seed", [1L, 2, 3, 1, 2, 3, 1, 2]),
        Column.Of("loss", new double?[] { 1.1, 1.4, 1.2, 0.9, 1.0, 0.8, 1.5, null }),
        Column.Of("correct", [true, false, true, true, true, true, false, true]),
        Column.Of("model", ["a", "a", "b", "a", "b", "b", "a", "a"]));

    [Fact]
    public void Groups_have_the_interval_of_their_values()
    {
        Table intervals = Runs.Intervals("loss", by: ["hidden"]);

        Assert.Equal(
            ["hidden", "mean", "std", "lower_bound", "upper_bound", "count", "confidence", "method", "note"],
            intervals.Columns.Select(c => c.Name));
        var first = Interval.OfMean([1.1, 1.4, 1.2]);
        Reference.Close(first.Estimate!.Value, (double?)intervals["mean"][0], "mean", 1e-15);
        Reference.Close(first.StandardDeviation!.Value, (double?)intervals["std"][0], "std", 1e-14);
        Reference.Close(first.LowerBound!.Value, (double?)intervals["lower_bound"][0], "lower", 1e-14);
        Assert.Equal(["t", "t", "t"], intervals["method"].Texts());
        Assert.Equal([3L, 3, 1], intervals["count"].AsInt64s().ToArray());
        Assert.Equal([null, null, "one value has no spread; 1 row without a value"], intervals["note"].Texts());
        Assert.True(intervals["lower_bound"].IsNull(2));
    }

    [Fact]
    public void All_groups_together_decide_the_method()
    {
        Table shares = Runs.With("share", r => 0.1 * (long)r["seed"]!).Intervals("share", by: ["hidden"]);

        Assert.Equal(["wilson"], Runs.Intervals("correct")["method"].Texts());
        Assert.Equal(["bootstrap", "bootstrap", "bootstrap"], shares["method"].Texts());
        // Equal to that of the group alone, to the last bit.
        Assert.Equal(Interval.OfMean([0.1 * 1, 0.1 * 2, 0.1 * 3]).LowerBound, shares["lower_bound"][0]);
        Assert.Equal("bca", Runs.Intervals("loss", method: IntervalMethod.Bca)["method"][0]);
    }

    [Fact]
    public void Clusters_are_named_by_a_column()
    {
        Table intervals = Runs.Where("hidden", 16).Intervals("loss", cluster: "model");

        Assert.Equal(Interval.OfMean([0.9, 1.0, 0.8], [0, 1, 1]).LowerBound, intervals["lower_bound"][0]);
        Assert.Equal(2L, intervals["clusters"][0]);
        Table gap = Runs.With(Column.Of("text", ["a", null, "a", "a", "a", "a", "a", "a"]));
        Assert.StartsWith(
            "Column 'text' has no value beside 1.4 of 'loss'",
            Assert.Throws<TableException>(() => gap.Intervals("loss", cluster: "text")).Message);
    }

    [Fact]
    public void Settings_are_compared_paired_and_unpaired()
    {
        Comparison unpaired = Runs.Compare("loss", "hidden", a: 4, b: 16);
        Comparison paired = Runs.Compare("loss", "hidden", a: 4.0, b: 16, pairedBy: ["seed"]);

        Assert.Equal(Comparison.Unpaired([1.1, 1.4, 1.2], [0.9, 1.0, 0.8]).PValue, unpaired.PValue);
        Assert.Equal((4L, 16L, 6, false), ((long)unpaired.A!, (long)unpaired.B!, unpaired.Count, unpaired.IsPaired));
        Assert.Equal(Comparison.Paired([1.1, 1.4, 1.2], [0.9, 1.0, 0.8]).PValue, paired.PValue);
        Assert.Equal((3, true, ComparisonTest.T), (paired.Count, paired.IsPaired, paired.Test));
        Assert.Equal(ComparisonTest.McNemar, Runs.Compare("correct", "hidden", 4, 16, pairedBy: ["seed"]).Test);
        Comparison booleans = Runs.Compare("correct", "hidden", 4, 16);
        Assert.Equal((ComparisonTest.Permutation, EffectMeasure.OddsRatio), (booleans.Test, booleans.EffectSize!.Measure));
    }

    [Fact]
    public void What_has_no_partner_is_left_out_and_told()
    {
        Comparison comparison = Runs.Compare("loss", "hidden", 4, 32, pairedBy: ["seed"]);

        Assert.Equal(1, comparison.Count);
        Assert.Equal(
            ["one pair has no spread, so there is no p-value", "3 rows without a value or partner left out"], comparison.Notes);
        Assert.Contains("1 row without a value left out", Runs.Compare("loss", "hidden", 4, 32).Notes);
    }

    [Fact]
    public void Notes_on_bounds_and_effects_stand_in_the_table()
    {
        Table ranks = Runs.CompareAll("loss", "hidden", test: ComparisonTest.MannWhitney).ToTable();
        Comparison odds = Runs.Compare("correct", "hidden", 4, 16);

        Assert.Equal(
            "too few values for bounds with a confidence of 0.95; "
                + "all values of one side exceed all of the other, so that the spread is unknown",
            ranks["note"][0]);
        Assert.Equal("a number is 0, so ½ was added to all for the bounds", Assert.Single(odds.Notes));
    }

    [Fact]
    public void All_pairs_of_settings_are_corrected_together()
    {
        IReadOnlyList<Comparison> all = Runs.CompareAll("loss", "hidden", test: ComparisonTest.MannWhitney);

        Assert.Equal([(4L, 16L), (4L, 32L), (16L, 32L)], all.Select(c => ((long)c.A!, (long)c.B!)));
        Assert.Equal(PValues.Holm([.. all.Select(c => c.PValue!.Value)]), all.Select(c => c.AdjustedPValue!.Value));
        Table table = all.ToTable();
        Assert.Equal(
            "a b n difference lower_bound upper_bound p_value p_adjusted test effect effect_size note",
            string.Join(' ', table.Columns.Select(c => c.Name)));
        Assert.Equal(["mann-whitney", "cliff_delta"], [table["test"][0], table["effect"][0]]);
    }

    [Fact]
    public void Faults_name_what_is_there()
    {
        Table mixed = Table.FromColumns(Column.Of("x", new object?[] { 1, "n/a", 2.5 }));

        Equal("There is no column 'los'; the table has 'hidden', 'seed', 'loss', 'correct', 'model'. Did you mean 'loss'?",
            () => Runs.Intervals("los"));
        Equal("Column 'x' holds \"n/a\" in row 1, which is no number; expected numbers, booleans or durations alone. Filter such rows out, "
            + "or choose another column.", () => mixed.Intervals("x"));
        Equal("No row has hidden = 5; there are 4, 16, 32.", () => Runs.Compare("loss", "hidden", 4, 5));
        Equal("Both settings of 'hidden' are 4; expected two different ones.", () => Runs.Compare("loss", "hidden", 4, 4.0));
        Equal("2 rows with hidden = 4 share model = \"a\"; expected one on each side of a pair. Pair also by a name in which they differ, "
            + "or compare them unpaired.", () => Runs.Compare("loss", "hidden", 4, 16, pairedBy: ["model"]));
        Equal("'hidden' has 1 value; expected at least two to compare.", () => Runs.Where("hidden", 4).CompareAll("loss", "hidden"));

        static void Equal(string expected, Action call) => Assert.Equal(expected, Assert.Throws<TableException>(call).Message);
    }

    [Fact]
    public void Correlations_are_of_all_pairs_of_columns()
    {
        Table found = Runs.Correlations(["hidden", "model"], ["loss", "seed"]);

        Assert.Equal(4, found.RowCount);
        Assert.Equal(
            RankCorrelation.Spearman([4, 4, 4, 16, 16, 16, 32], [1.1, 1.4, 1.2, 0.9, 1.0, 0.8, 1.5]).Value, found["spearman"][0]);
        const string NoNumbers = "'model' holds String values, which are no numbers";
        Assert.Equal(["1 without both values", null, NoNumbers, NoNumbers], found["note"].Texts());
    }

    [Fact]
    public void The_deviation_between_replicates_is_pooled_over_groups() => Assert.Equal(
        // R: sqrt((2 * var(c(1.1, 1.4, 1.2)) + 2 * var(c(.9, 1, .8))) / 4)
        0.12909944487358055, Runs.PooledStandardDeviation("loss", ["hidden"])!.Value, 1e-12);

    [Theory]
    [InlineData(1e-200)]
    [InlineData(1e200)]
    public void The_pooled_deviation_neither_vanishes_nor_overflows(double scale) => Reference.Close(
        Math.Sqrt(7.0 / 3) * scale,
        Table.FromColumns(Column.Of("x", new[] { 1, 2, 4 }.Select(v => v * scale))).PooledStandardDeviation("x"),
        "std", 1e-12);

    [Theory]
    [InlineData(1e-300)]
    [InlineData(1e300)]
    public void The_deviation_of_tiny_and_huge_numbers_neither_vanishes_nor_overflows(double scale)
    {
        Column column = Column.Of("x", new[] { 1, 2, 4 }.Select(v => v * scale));

        Reference.Close(Math.Sqrt(7.0 / 3) * scale, column.StandardDeviation(), "std", 1e-12);
        Assert.Equal(0, Column.Of("x", [scale, scale, scale]).StandardDeviation());
    }

    // Their sum is 0.30000000000000004, and a third of that is not 0.1.
    /// <summary>Twelve pairs of three seeds are three observations: the means over the other settings of each seed.</summary>
    [Fact]
    public void Pairs_of_a_cluster_count_once_with_their_mean()
    {
        var runs = (
            from setting in new[] { "a", "b" }
            from other in new[] { 1, 2, 3, 4 }
            from seed in new[] { 0, 1, 2 }
            select new { setting, other, seed, loss = (setting == "a" ? 0 : (seed * seed) + 1) + (10.0 * other) }).ToArray();
        Table table = Table.From(runs);

        Comparison pairs = table.Compare("loss", "setting", "a", "b", pairedBy: ["other", "seed"], cluster: "seed");
        Comparison sides = table.Compare("loss", "setting", "a", "b", cluster: "other");

        var expected = Comparison.Paired([25.0, 25, 25], [26.0, 27, 30]);
        Assert.Equal((3, expected.PValue, expected.Difference), (pairs.Count, pairs.PValue, pairs.Difference));
        Assert.Equal(["12 pairs in 3 clusters, each of which counts once"], pairs.Notes);
        Assert.Equal((4, 4), (sides.CountA, sides.CountB));
        double shift = 8 / 3.0;
        Assert.Equal(
            Comparison.Unpaired([10.0, 20, 30, 40], [10 + shift, 20 + shift, 30 + shift, 40 + shift]).PValue!.Value,
            sides.PValue!.Value, 1e-9);
        Assert.Contains("24 rows in 8 clusters, each of which counts once", sides.Notes);
    }

    [Fact]
    public void Partners_of_different_clusters_are_refused() => Assert.Contains(
        "Partners have different values of 'seed', 0 and 1; expected pairs within clusters. Pair also by 'seed'.",
        Assert.Throws<TableException>(() => Table.From(new[]
        {
            new { setting = "a", place = 1, seed = 0, loss = 1.0 }, new { setting = "b", place = 1, seed = 1, loss = 2.0 },
        }).Compare("loss", "setting", "a", "b", pairedBy: ["place"], cluster: "seed")).Message);

    [Fact]
    public void Equal_numbers_have_no_deviation_however_their_mean_is_rounded() =>
        Assert.Equal(0, Column.Of("x", [0.1, 0.1, 0.1]).StandardDeviation());
}
