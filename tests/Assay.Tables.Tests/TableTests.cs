using static Assay.Tables.Tests.TableAssert;

namespace Assay.Tables.Tests;

[Trait("Category", "Quick")]
public class TableTests
{
    private static readonly Table Runs = Table.FromColumns(
        Column.Of("lr", [0.1, 0.01, 0.1, 0.01]),
        Column.Of("seed", [1L, 1, 2, 2]),
        Column.Of<double?>("accuracy", [0.5, null, 0.7, double.NaN]),
        Column.Of("note", ["b", null, "a", "b"]));

    [Fact]
    public void Columns_are_found_by_name()
    {
        Assert.Equal(4, Runs.RowCount);
        Assert.Equal([0.1, 0.01, 0.1, 0.01], Runs["lr"].AsDoubles().ToArray());
        Assert.Equal([1.0, 1, 2, 2], Runs["seed"].AsDoubles().ToArray());
        Assert.Equal(0.7, Runs["accuracy"][2]);
        Assert.Equal(1, Runs["accuracy"].NullCount);
        Assert.True(double.IsNaN(Runs["accuracy"].AsDoubles()[1]), "a null shows as NaN, not as zero");

        var missing = Assert.Throws<TableException>(() => Runs["loss"]);
        Assert.Contains("'loss'", missing.Message, StringComparison.Ordinal);
        Assert.Contains("'accuracy'", missing.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_wrong_accessor_names_the_type_there_is()
    {
        var fault = Assert.Throws<TableException>(() => Runs["note"].AsDoubles().Length);
        Assert.Contains("String", fault.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => Runs["lr"][4]);
        Assert.Throws<ArgumentOutOfRangeException>(() => Runs["lr"][-1]);
    }

    [Fact]
    public void Columns_of_differing_length_or_equal_name_are_refused()
    {
        Assert.Throws<TableException>(() => Table.FromColumns(Column.Of("a", [1]), Column.Of("b", [1, 2])));
        Assert.Throws<TableException>(() => Table.FromColumns(Column.Of("a", [1]), Column.Of("a", [2])));
        Assert.Throws<TableException>(() => Runs.With(Column.Of("x", [1])));
    }

    [Fact]
    public void Select_drop_rename_and_with_change_columns_only()
    {
        Assert.Equal("note: String, lr: Double", Schema(Runs.Select("note", "lr")));
        Assert.Equal("lr: Double, accuracy: Double", Schema(Runs.Drop("seed", "note")));
        Assert.Equal("lr: Double, s: Int64, accuracy: Double, note: String", Schema(Runs.Rename("seed", "s")));
        Assert.Equal("2 2 4 4", Line(Runs.With("double", row => row.Get<int>("seed") * 2)["double"]));
        Assert.Equal("lr: String, seed: Int64, accuracy: Double, note: String", Schema(Runs.With("lr", row => "x")));
    }

    [Fact]
    public void Whole_and_floating_point_numbers_are_found_by_their_exact_values()
    {
        Table table = Table.FromColumns(
            Column.Of("whole", [(1L << 53) + 1, 1L << 53, long.MaxValue]), Column.Of("real", [(1L << 53), -0.0, 9223372036854775808.0]));

        Assert.Equal("9007199254740992", Line(table.Where("whole", (double)(1L << 53))["whole"]));
        Assert.Equal("9007199254740993", Line(table.Where("whole", 9007199254740993m)["whole"]));
        Assert.Equal(0, table.Where("whole", 9223372036854775808.0).RowCount);
        Assert.Equal(0, table.Where("whole", 0.5m).RowCount);
        Assert.Equal(0, table.Where("real", (1L << 53) + 1).RowCount);
        Assert.Equal(0, table.Where("real", long.MaxValue).RowCount);
        Assert.Equal(1, table.Where("real", 0).RowCount);
        Assert.Equal(1, table.Where("real", 1L << 53).RowCount);
    }

    [Fact]
    public void Where_keeps_rows_in_order()
    {
        Assert.Equal("1 2", Line(Runs.Where(row => row.Get<double>("lr") > 0.05)["seed"]));
        Assert.Equal("1 2", Line(Runs.Where("lr", 0.1)["seed"]));
        Assert.Equal("0.1 0.01", Line(Runs.Where("seed", 2)["lr"]));
        Assert.Equal("0.1 0.01", Line(Runs.Where("seed", 2.0)["lr"]));
        Assert.Equal("NaN", Line(Runs.Where("accuracy", double.NaN)["accuracy"]));
        Assert.Equal("null", Line(Runs.Where("note", null)["note"]));
        Assert.Equal(0, Runs.Where("note", 5).RowCount);
    }

    [Fact]
    public void Sort_is_stable_with_nulls_last_in_both_directions()
    {
        Assert.Equal("0.5 0.7 NaN null", Line(Runs.Sort("accuracy")["accuracy"]));
        Assert.Equal("0.7 0.5 NaN null", Line(Runs.Sort(SortKey.Descending("accuracy"))["accuracy"]));
        Assert.Equal("1 2 1 2", Line(Runs.Sort("lr")["seed"]));
        Assert.Equal("2 1 2 1", Line(Runs.Sort("lr", SortKey.Descending("seed"))["seed"]));
        Assert.Equal("'b' 'b' 'a' null", Line(Runs.Sort(SortKey.Descending("note"))["note"]));
    }

    [Fact]
    public void Head_tail_and_slice_never_ask_for_more_than_there_is()
    {
        Assert.Equal("1 1", Line(Runs.Head(2)["seed"]));
        Assert.Equal("2", Line(Runs.Tail(1)["seed"]));
        Assert.Equal("null 0.7", Line(Runs.Slice(1, 2)["accuracy"]));
        Assert.Equal(1, Runs.Slice(1, 2)["accuracy"].NullCount);
        Assert.Equal(4, Runs.Head(100).RowCount);
        Assert.Equal(0, Runs.Slice(9, 2).RowCount);
    }

    [Fact]
    public void Distinct_keeps_the_first_row_of_each_combination()
    {
        Assert.Equal("1 1", Line(Runs.Distinct("lr")["seed"]));
        Assert.Equal(3, Runs.Distinct("note").RowCount);
        Assert.Equal(4, Runs.Distinct().RowCount);
        Assert.Equal(4, Table.Concat(Runs, Runs).Distinct().RowCount);
    }

    [Fact]
    public void Concat_matches_columns_by_name_and_widens()
    {
        Table other = Table.FromColumns(
            Column.Of("seed", [0.5]), Column.Of("extra", [true]), Column.Of("lr", ["x"]), Column.Of<string?>("accuracy", [null]));
        Table all = Table.Concat(Runs, other);

        Assert.Equal("lr: String, seed: Double, accuracy: Double, note: String, extra: Boolean", Schema(all));
        Assert.Equal("'0.1' '0.01' '0.1' '0.01' 'x'", Line(all["lr"]));
        Assert.Equal("0.5 null 0.7 NaN null", Line(all["accuracy"]));
        Assert.Equal("null null null null True", Line(all["extra"]));
        Assert.Equal(0, Table.Concat().RowCount);
    }

    [Fact]
    public void Rows_convert_to_the_type_asked_for_or_say_why_not()
    {
        TableRow row = Table.FromColumns(
            Column.Of("n", [2.0]), Column.Of("half", [2.5]), Column.Of("day", ["friday"]), Column.Of<int?>("none", [null])).Rows[0];

        Assert.Equal(2, row.Get<int>("n"));
        Assert.Equal(DayOfWeek.Friday, row.Get<DayOfWeek>("day"));
        Assert.Null(row.Get<int?>("none"));
        Assert.Equal("2.5", row.Get<string>("half"));
        Assert.Throws<TableException>(() => row.Get<int>("half"));
        Assert.Throws<TableException>(() => row.Get<int>("none"));
        Assert.Throws<TableException>(() => row.Get<int>("day"));
    }

    [Fact]
    public void A_column_of_nulls_takes_its_type_from_the_element_type()
    {
        Assert.Equal(ColumnType.Int64, Column.Of<int?>("x", [null]).Type);
        Assert.Equal(ColumnType.Timestamp, Column.Of<DateTime?>("x", []).Type);
        Assert.Equal(ColumnType.String, Column.Of<object?>("x", [null]).Type);
        Assert.Throws<TableException>(() => Column.OfJson("x", ["{"]));
    }

    [Fact]
    public void Values_and_bits_make_a_column_with_nulls()
    {
        Column column = Column.Of<double>("x", [1.5, 7, double.NaN], [0b101]);
        Assert.Equal("1.5 null NaN", TableAssert.Line(column));
        Assert.Equal([1.5, double.NaN, double.NaN], column.AsDoubles().ToArray());
        Assert.Equal(ColumnType.Boolean, Column.Of<bool>("x", [true], [1]).Type);
        Assert.Throws<ArgumentException>(() => Column.Of<int>("x", [1], [1]));
        Assert.Throws<ArgumentException>(() => Column.Of<long>("x", new long[65], [1]));
    }
}
