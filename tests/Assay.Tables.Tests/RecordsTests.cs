using static Assay.Tables.Tests.TableAssert;

namespace Assay.Tables.Tests;

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
        Assert.Equal(Trials.Select(trial => trial with { Inner = Trials[0].Inner }), back.Select(trial => trial with { Inner = Trials[0].Inner }));
        Assert.Equal([1, 2], back[0].Inner.Sizes);
    }

    [Fact]
    public void No_records_still_make_columns()
    {
        Assert.Equal("LearningRate: Double, Hidden: Int64, Kind: String, Inner: String, Took: Duration, Note: String", Schema(Table.From<Trial>([])));
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

    private sealed record Inner(int[] Sizes);

    private sealed record Trial(double LearningRate, int Hidden, Kind Kind, Inner Inner, TimeSpan? Took)
    {
        public string? Note { get; init; }
    }

    private sealed record Pair(double LearningRate, int Hidden, int Optional = 7);
}
