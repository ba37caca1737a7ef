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

    private static Table Rows(string json) => Table.Read(new MemoryStream(System.Text.Encoding.UTF8.GetBytes(json)), TableFormat.NdJson);

    private sealed record Outer(NestedPart A);

    private sealed record NestedPart(int B, int[] C, Dictionary<string, NestedPart>? LongName = null);

    private sealed record Inner(int[] Sizes);

    private sealed record Trial(double LearningRate, int Hidden, Kind Kind, Inner Inner, TimeSpan? Took)
    {
        public string? Note { get; init; }
    }

    private sealed record Pair(double LearningRate, int Hidden, int Optional = 7);
}
