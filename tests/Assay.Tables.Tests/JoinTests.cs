using static Assay.Tables.Tests.TableAssert;

namespace Assay.Tables.Tests;

[Trait("Category", "Quick")]
public class JoinTests
{
    private static readonly Table Runs = Table.FromColumns(
        Column.Of<int?>("run", [1, 2, null, 2, 5]), Column.Of("loss", [0.1, 0.2, 0.3, 0.4, 0.5]));

    private static readonly Table Notes = Table.FromColumns(
        Column.Of("loss", ["low", "high", "none", "twice"]), Column.Of<double?>("run", [2, 7, null, 2]));

    [Fact]
    public void Inner_keeps_rows_with_a_partner()
    {
        Table joined = Runs.Join(Notes, "run");

        Assert.Equal("run: Double, loss: Double, loss_right: String", Schema(joined));
        Assert.Equal("2 2 null 2 2", Line(joined["run"]));
        Assert.Equal("0.2 0.2 0.3 0.4 0.4", Line(joined["loss"]));
        Assert.Equal("'low' 'twice' 'none' 'low' 'twice'", Line(joined["loss_right"]));
    }

    [Fact]
    public void Left_and_outer_fill_with_nulls()
    {
        Table left = Runs.Join(Notes, "run", JoinKind.Left), outer = Runs.Join(Notes, ["run"], JoinKind.Outer);

        Assert.Equal("1 2 2 null 2 2 5", Line(left["run"]));
        Assert.Equal("null 'low' 'twice' 'none' 'low' 'twice' null", Line(left["loss_right"]));
        Assert.Equal("1 2 2 null 2 2 5 7", Line(outer["run"]));
        Assert.Equal("0.1 0.2 0.2 0.3 0.4 0.4 0.5 null", Line(outer["loss"]));
    }

    [Fact]
    public void Whole_and_floating_point_keys_meet_where_the_numbers_are_equal()
    {
        Table wholes = Table.FromColumns(
            Column.Of<long?>("a", [1L << 60, (1L << 53) + 1, long.MaxValue, 0, null, 7]), Column.Of("l", [0, 1, 2, 3, 4, 5]));
        Table reals = Table.FromColumns(
            Column.Of<double?>("a", [1L << 60, 1L << 53, 9223372036854775808.0, -0.0, null, 7.5, double.NaN]),
            Column.Of("r", [0, 1, 2, 3, 4, 5, 6]));

        Assert.Equal("0 3 4", Line(wholes.Join(reals, "a")["l"]));
        Assert.Equal("0 3 4", Line(wholes.Join(reals, "a")["r"]));
        Assert.Equal("'1152921504606846976' '0' null", Line(wholes.Join(reals, "a")["a"]));
        Assert.Equal("0 3 4", Line(reals.Join(wholes, "a")["l"]));
        Assert.Equal(10, wholes.Join(reals, "a", JoinKind.Outer).RowCount);
    }

    [Theory]
    [InlineData(JoinKind.Inner, "10000000000 rows")]
    [InlineData(JoinKind.Left, "10000000001 rows")]
    [InlineData(JoinKind.Outer, "10000000003 rows")]
    public void A_result_too_large_for_a_table_is_refused_before_it_is_made(JoinKind kind, string count)
    {
        int[] keys = new int[100_000];
        Table left = Table.FromColumns(Column.Of("k", [.. keys, 1])), right = Table.FromColumns(Column.Of("k", [.. keys, 2, 3]));
        string message = Assert.Throws<TableException>(() => left.Join(right, "k", kind)).Message;

        Assert.Contains(count, message, StringComparison.Ordinal);
        Assert.Contains("Name more key columns", message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_key_must_be_in_both_tables()
    {
        Assert.Contains("'x'", Assert.Throws<TableException>(() => Runs.Join(Notes, "x")).Message, StringComparison.Ordinal);
        Assert.Throws<TableException>(() => Runs.Join(Notes, []));
    }

    [Fact]
    public void Pivot_spreads_values_in_ascending_order()
    {
        Table table = Table.FromColumns(
            Column.Of("lr", [0.1, 0.1, 0.01, 0.1]), Column.Of<int?>("hidden", [16, 8, 8, 8]), Column.Of("acc", [1.0, 2, 3, 4]));
        Table pivot = table.Pivot("hidden", Aggregate.Mean("acc"), "lr");

        Assert.Equal("lr: Double, 8: Double, 16: Double", Schema(pivot));
        Assert.Equal("3 3", Line(pivot["8"]));
        Assert.Equal("1 null", Line(pivot["16"]));
        Assert.Equal("3", Line(table.Pivot("hidden", Aggregate.Count())["8"]));
    }
}
