using static Assay.Tables.Tests.TableAssert;

namespace Assay.Tables.Tests;

[Trait("Category", "Quick")]
public class RecordsTests
{
    private static readonly Trial[] Trials =
    [
        new(0.1, 8, Kind.Small, new Inner([1, 2]), null) { Note = "n" },
        new(0.01, 16, Kind.Large, new Inner([]), TimeSpan.FromSeconds(2)),
    ];

    private enum Kind
    {
        Small,
        Large,
    }

    [Fact]
    public void Records_become_rows_and_come_back()
    {
        Table table = Table.From(Trials);

        Assert.Equal("LearningRate: Double, Hidden: Int64, Kind: String, Inner: Json, Took: Duration, Note: String", Schema(table));
        IReadOnlyList<Trial> back = table.As<Trial>();
        Assert.Equal(
            Trials.Select(trial => trial with { Inner = Trials[0].Inner }), back.Select(trial => trial with { Inner = Trials[0].Inner }));
        Assert.Equal([1, 2], back[0].Inner.Sizes);
    }

    [Fact]
    public void No_records_still_make_columns()
    {
        Assert.Equal("LearningRate: Double, Hidden: Int64, Kind: String, Inner: String, Took: Duration, Note: "
            + "String", Schema(Table.From<Trial>([])));
    }

    [Fact]
    public void Names_match_regardless_of_case_and_underscores()
    {
        Table table = Table.FromColumns(Column.Of("learning_rate", [0.5]), Column.Of("hidden", [3.0]), Column.Of("extra", ["x"]));

        Assert.Equal(new Pair(0.5, 3), table.As<Pair>()[0]);
    }

    [Fact]
    public void A_missing_column_is_named()
    {
        var fault = Assert.Throws<TableException>(() => Table.FromColumns(Column.Of("hidden", [3])).As<Pair>());
        Assert.Contains("'LearningRate'", fault.Message, StringComparison.Ordinal);
        Assert.Contains("'hidden'", fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"a":{"b":7,"c":[1,2],"long_name":{"x_y":{"b":8,"C":[]}}}}""")]
    [InlineData("""{"a":{"B":7,"C":[1,2],"LongName":{"x_y":{"B":8,"c":[]}}}}""")]
    [InlineData("""{"a":{"b":1,"B":7,"C":[1,2],"longName":{"x_y":{"b_":8,"C":[]}}}}""")]
    public void Members_of_nested_values_match_like_columns(string row)
    {
        Outer outer = Rows(row).As<Outer>()[0];

        Assert.Equal((7, 8), (outer.A.B, outer.A.LongName!["x_y"].B));
        Assert.Equal([1, 2], outer.A.C);
    }

    [Theory]
    [InlineData("""{"a":{"b":7}}""", "'C'")]
    [InlineData("""{"a":{"b":7,"b_":8,"c":[]}}""", "'b_'")]
    public void A_nested_member_that_is_missing_or_ambiguous_is_named(string row, string named)
    {
        string message = Assert.Throws<TableException>(() => Rows(row).As<Outer>()).Message;

        Assert.Contains("Column 'a', row 0", message, StringComparison.Ordinal);
        Assert.Contains(named, message, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_several_columns_that_fit_the_one_of_the_very_name_counts()
    {
        Column snake =
            Column.Of("learning_rate", [1.0]), pascal =
                Column.Of("LearningRate", [2.0]), upper = Column.Of("LEARNING_RATE", [3.0]), hidden = Column.Of("hidden", [4]);

        Assert.Equal(2, Table.FromColumns(snake, pascal, upper, hidden).As<Pair>()[0].LearningRate);
        string message = Assert.Throws<TableException>(() => Table.FromColumns(snake, upper, hidden).As<Pair>()).Message;
        Assert.Contains("'learning_rate' and 'LEARNING_RATE'", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Parameters_of_runs_are_found_without_their_prefix()
    {
        Column rate = Column.Of("param_learning_rate", [0.5]), hidden = Column.Of("param_Hidden", [3]), metric = Column.Of("hidden", [9]);

        Assert.Equal(new Pair(0.5, 3), Table.FromColumns(rate, hidden).As<Pair>()[0]);
        string message = Assert.Throws<TableException>(() => Table.FromColumns(rate, hidden, metric).As<Pair>()).Message;
        Assert.Contains("'param_Hidden', 'hidden' fit 'Hidden' equally well", message, StringComparison.Ordinal);
        // A member for the whole name takes it.
        Assert.Equal(new Both(3, 9), Table.FromColumns(rate, hidden, metric).As<Both>()[0]);
    }

    [Fact]
    public void Nested_records_are_read_from_columns_with_dotted_names()
    {
        Table table = Table.FromColumns(
            Column.Of<double?>("param_optimizer.rate", [0.5, null]), Column.Of<string?>("param_optimizer.name", ["adam", null]),
            Column.Of("inner.sizes.first", [1, 2]), Column.Of("param_hidden", [3, 4]));

        Assert.Equal(
            [new Nested(new Optimizer(0.5, "adam"), new Deep(new Sizes(1)), 3), new Nested(null, new Deep(new Sizes(2)), 4)],
            table.As<Nested>());
        string message = Assert.Throws<TableException>(() => table.Drop("param_optimizer.rate").As<Nested>()).Message;
        Assert.Contains("no column for 'Rate' of Optimizer", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Structs_and_fields_are_filled()
    {
        Table table = Table.FromColumns(Column.Of("Rate", [0.5]), Column.Of("steps", [7]));

        Assert.Equal(new Open { Rate = 0.5, Steps = 7 }, table.As<Open>()[0]);
        Assert.Contains(
            "no column for 'Needed'", Assert.Throws<TableException>(() => table.As<Demanding>()).Message, StringComparison.Ordinal);
        Assert.Contains("no public constructor", Assert.Throws<TableException>(() => table.As<int>()).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("0.1", 0.1f)]
    [InlineData("0.10000000149011612", 0.1f)]
    [InlineData("16777216", 16777216f)]
    [InlineData("NaN", float.NaN)]
    [InlineData("0.1234567890123", null)]
    [InlineData("16777217", null)]
    [InlineData("1e300", null)]
    public void A_number_of_fewer_bits_is_read_when_nothing_is_lost(string number, float? expected)
    {
        double value = double.Parse(number, System.Globalization.CultureInfo.InvariantCulture);
        if (expected is { } single) Assert.Equal(single, TypedValues.To<float>(value, "value", "x"));
        else Assert.Throws<TableException>(() => TypedValues.To<float>(value, "value", "x"));
    }

    [Fact]
    public void Whole_numbers_are_read_as_every_type_that_holds_them()
    {
        Assert.Equal(255, TypedValues.To<byte>(255.0, "value", "x"));
        Assert.Equal(1L << 60, TypedValues.To<double>(1L << 60, "value", "x"));
        Assert.Equal((Int128)7, TypedValues.To<Int128>(7L, "value", "x"));
        Assert.Equal(0.1m, TypedValues.To<decimal>(0.1, "value", "x"));
        Assert.Equal(0.1, TypedValues.To<double>(0.1m, "value", "x"));
        foreach (Action read in (Action[])[
            () => TypedValues.To<byte>(256L, "value", "x"), () => TypedValues.To<ulong>(-1L, "value", "x"),
            () => TypedValues.To<double>((1L << 53) + 1, "value", "x"),
            () => TypedValues.To<double>(0.1000000000000000000001m, "value", "x"),
            () => TypedValues.To<int>(double.NaN, "value", "x")])
            Assert.StartsWith("value 'x': ", Assert.Throws<TableException>(read).Message);
    }

    private static Table Rows(string json) => Table.Read(new MemoryStream(System.Text.Encoding.UTF8.GetBytes(json)), TableFormat.NdJson);

    private struct Open
    {
        public double Rate;

        public int Steps { get; set; }
    }

    private sealed class Demanding
    {
        public double Rate { get; set; }

        public required int Needed { get; set; }
    }

    private sealed record Both(int ParamHidden, int Hidden);

    private sealed record Optimizer(double Rate, string Name);

    private sealed record Nested(Optimizer? Optimizer, Deep Inner, int Hidden);

    private sealed record Deep(Sizes Sizes);

    private sealed record Sizes(int First);

    private sealed record Outer(NestedPart A);

    private sealed record NestedPart(int B, int[] C, Dictionary<string, NestedPart>? LongName = null);

    private sealed record Inner(int[] Sizes);

    private sealed record Trial(double LearningRate, int Hidden, Kind Kind, Inner Inner, TimeSpan? Took)
    {
        public string? Note { get; init; }
    }

    private sealed record Pair(double LearningRate, int Hidden, int Optional = 7);
}
