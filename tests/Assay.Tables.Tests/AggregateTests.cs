using static Assay.Tables.Tests.TableAssert;

namespace Assay.Tables.Tests;

[Trait("Category", "Quick")]
public class AggregateTests
{
    private static readonly Table Runs = Table.FromColumns(
        Column.Of("lr", [0.1, 0.01, 0.1, 0.01, 0.1, 1]),
        Column.Of<double?>("accuracy", [1, 2, 3, null, 8, null]),
        Column.Of<bool?>("solved", [true, true, false, null, true, null]),
        Column.Of<TimeSpan?>("took", [TimeSpan.FromSeconds(1), null, TimeSpan.FromSeconds(2), null, TimeSpan.FromSeconds(6), null]),
        Column.Of<int?>("steps", [1, 2, 3, null, 3, null]),
        Column.Of("note", ["b", "c", "a", null, "b", null]));

    [Fact]
    public void Groups_stand_in_the_order_of_their_first_row()
    {
        Table table = Runs.GroupBy("lr").Aggregate(Aggregate.Count(), Aggregate.Mean("accuracy"), Aggregate.StandardDeviation("accuracy"));

        Assert.Equal("lr: Double, count: Int64, accuracy_mean: Double, accuracy_std: Double", Schema(table));
        Assert.Equal("0.1 0.01 1", Line(table["lr"]));
        Assert.Equal("3 2 1", Line(table["count"]));
        Assert.Equal("4 2 null", Line(table["accuracy_mean"]));
        Assert.Equal("3.605551275463989 null null", Line(table["accuracy_std"]));
    }

    [Theory]
    [InlineData("3 1 0", "count")]
    [InlineData("12 2 null", "sum")]
    [InlineData("1 2 null", "min")]
    [InlineData("8 2 null", "max")]
    [InlineData("3 2 null", "median")]
    [InlineData("2 2 null", "q0.25")]
    [InlineData("1 2 null", "first")]
    [InlineData("3 1 0", "n_distinct")]
    public void Nothing_is_null_and_never_zero_except_when_counting(string expected, string suffix)
    {
        Table table = Runs.GroupBy("lr").Aggregate(
            Aggregate.Count("accuracy"), Aggregate.Sum("accuracy"), Aggregate.Min("accuracy"), Aggregate.Max("accuracy"),
            Aggregate.Median("accuracy"),
            Aggregate.Quantile("accuracy", 0.25), Aggregate.First("accuracy"), Aggregate.CountDistinct("accuracy"));

        Assert.Equal(expected, Line(table["accuracy_" + suffix]));
    }

    [Fact]
    public void Booleans_durations_and_text_aggregate_where_it_has_a_meaning()
    {
        Table table = Runs.GroupBy("lr").Aggregate(
            Aggregate.Mean("solved"), Aggregate.Sum("solved"), Aggregate.Mean("took"), Aggregate.Median("took").As("typical"),
            Aggregate.Max("note"),
            Aggregate.Min("took"), Aggregate.CountDistinct("note"));

        Assert.Equal("0.6666666666666666 1 null", Line(table["solved_mean"]));
        Assert.Equal("2 1 null", Line(table["solved_sum"]));
        Assert.Equal("00:00:03 null null", Line(table["took_mean"]));
        Assert.Equal("00:00:02 null null", Line(table["typical"]));
        Assert.Equal("'b' 'c' null", Line(table["note_max"]));
        Assert.Equal("2 1 0", Line(table["note_n_distinct"]));
        Assert.Contains(
            "String", Assert.Throws<TableException>(() => Runs.Summarize(Aggregate.Mean("note"))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_whole_table_is_one_group_even_when_empty()
    {
        Assert.Equal("6", Line(Runs.Summarize(Aggregate.Count())["count"]));
        Table empty = Runs.Head(0).Summarize(Aggregate.Count(), Aggregate.Mean("accuracy"), Aggregate.First("note"));
        Assert.Equal(1, empty.RowCount);
        Assert.Equal("0", Line(empty["count"]));
        Assert.Equal("null", Line(empty["accuracy_mean"]));
        Assert.Equal(0, Runs.Head(0).GroupBy("lr").Aggregate(Aggregate.Count()).RowCount);
    }

    [Fact]
    public void Null_and_nan_are_keys_of_their_own()
    {
        Table table = Table.FromColumns(
            Column.Of<double?>("k", [double.NaN, null, double.NaN, null, 1]), Column.Of<string?>("t", ["a", null, "a", "b", "a"]));

        Assert.Equal("2 2 1", Line(table.GroupBy("k").Aggregate(Aggregate.Count())["count"]));
        Assert.Equal("2 1 1 1", Line(table.GroupBy("k", "t").Aggregate(Aggregate.Count())["count"]));
        Assert.Equal([2, 2, 1], table.GroupBy("k").Select(group => group.RowCount));
    }

    [Fact]
    public void Nan_makes_a_numeric_aggregate_nan()
    {
        Table table = Table.FromColumns(Column.Of("x", [1.0, double.NaN, 3])).Summarize(
            Aggregate.Sum("x"), Aggregate.Mean("x"), Aggregate.StandardDeviation("x"), Aggregate.Min("x"), Aggregate.Max("x"),
            Aggregate.Median("x"));

        Assert.All(table.Columns, column => Assert.Equal(double.NaN, column[0]));
    }

    [Fact]
    public void Whole_numbers_sum_without_loss_and_overflow_to_double()
    {
        Column exact = Table.FromColumns(Column.Of("x", [long.MaxValue - 1, 1L])).Summarize(Aggregate.Sum("x"))["x_sum"];
        Column over = Table.FromColumns(Column.Of("x", [long.MaxValue, 1L])).Summarize(Aggregate.Sum("x"))["x_sum"];

        Assert.Equal(long.MaxValue, exact[0]);
        Assert.Equal((double)long.MaxValue, over[0]);
    }

    [Fact]
    public void Durations_sum_without_loss_and_are_refused_beyond_their_range()
    {
        Table exact = Table.FromColumns(Column.Of("x", [TimeSpan.MaxValue - TimeSpan.FromTicks(1), TimeSpan.FromTicks(1)]));
        Table over = Table.FromColumns(Column.Of("x", [TimeSpan.MaxValue, TimeSpan.FromTicks(1)]));
        Table wide = Table.FromColumns(Column.Of("x", [TimeSpan.MinValue, TimeSpan.MaxValue]));

        Assert.Equal(TimeSpan.MaxValue, exact.Summarize(Aggregate.Sum("x"))["x_sum"][0]);
        Assert.Equal(TimeSpan.MaxValue, Table.FromColumns(Column.Of("x", [TimeSpan.MaxValue])).Summarize(Aggregate.Mean("x"))["x_mean"][0]);
        Assert.Contains(
            "sum of column 'x' is about 10675199 days", Assert.Throws<TableException>(() => over.Summarize(Aggregate.Sum("x"))).Message,
            StringComparison.Ordinal);
        Assert.Contains(
            "standard deviation of column 'x'",
            Assert.Throws<TableException>(() => wide.Summarize(Aggregate.StandardDeviation("x"))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_column_of_nulls_without_a_type_has_null_aggregates()
    {
        Table table = new TableBuilder().AddRow(new { k = 1, x = (object?)null }).AddRow(new { k = 2, x = (object?)null }).Build();
        Table means = table.GroupBy("k").Aggregate(
            Aggregate.Mean("x"), Aggregate.Sum("x"), Aggregate.StandardDeviation("x"), Aggregate.Median("x"));

        Assert.Equal("k: Int64, x_mean: Double, x_sum: Double, x_std: Double, x_median: Double", Schema(means));
        Assert.All(means.Columns.Skip(1), column => Assert.Equal("null null", Line(column)));
    }

    [Fact]
    public void Two_results_of_one_name_are_refused()
    {
        string key = Assert.Throws<TableException>(() => Runs.GroupBy("lr").Aggregate(Aggregate.Mean("steps").As("lr"))).Message;
        string twice = Assert.Throws<TableException>(() => Runs.Summarize(Aggregate.Count(), Aggregate.Count())).Message;
        Assert.All([key, twice], message => Assert.Contains("Aggregate.As", message, StringComparison.Ordinal));
        Assert.Throws<TableException>(() => Runs.Summarize(Aggregate.Count(), Aggregate.Count()));
        Assert.Throws<ArgumentOutOfRangeException>(() => Aggregate.Quantile("x", double.NaN));
    }
}
