namespace Assay.Tests.Reading;

/// <summary>Columns answer for single values of runs wherever names are plain, and only there.</summary>
[Trait("Category", "Quick")]
public class ColumnCellTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Plain_names_are_answered_without_any_line_being_read(bool isIndexed)
    {
        using var store = new TestStore();
        if (isIndexed) IndexOptions.Ambient = new IndexOptions { WorthWriting = 1 };
        await Sample().RunAsync(store.Options);
        Results results = store.Load();
        foreach (RunRecord run in results)
        {
            Assert.True(run.TryCell(FieldPlace.Metric, ValuePath.Parse("half"), out object? half));
            Assert.True(run.TryCell(FieldPlace.Metric, ValuePath.Parse("HALF"), out _));
            Assert.False(run.TryCell(FieldPlace.Metric, ValuePath.Parse("third"), out _));
            Assert.True(run.TryCell(FieldPlace.Param, ValuePath.Parse("Inner.Size"), out object? size));
            Assert.Null(run.TryCell(FieldPlace.Param, ValuePath.Parse("Inner"), out _));
            Assert.True(run.TryCell(FieldPlace.Param, ValuePath.Parse("inner.size"), out object? alike));
            Assert.False(run.TryCell(FieldPlace.Param, ValuePath.Parse("inner.length"), out _));
            Assert.Equal(run.Metrics["half"], half);
            Assert.Equal(((IReadOnlyDictionary<string, object?>)run.Params["Inner"]!)["Size"], size);
            Assert.Equal(size, alike);
            Assert.Equal(run.Metrics.ContainsKey("odd"), run.TryCell(FieldPlace.Metric, ValuePath.Parse("odd"), out _));
        }
    }

    [Fact]
    public async Task Numbers_with_more_digits_than_a_double_has_are_the_same_in_columns_and_in_records()
    {
        using var store = new TestStore();
        decimal[] close = [1.23456789012345678m, 1.23456789012345679m];
        await Experiment.Create<decimal>("close", (_, _) => { }).Over(Space.Values(close)).RunAsync(store.Options);
        Results results = store.Load();
        Assert.Equal(2, results.Stats([RunField.Parse(results[0].Params.Keys.Single())], null).Count);
        Assert.Single(results.Filter(new Dictionary<string, object?> { [results[0].Params.Keys.Single()] = close[0] }));
        Assert.All(results, run =>
        {
            Assert.True(run.TryCell(FieldPlace.Param, ValuePath.Parse(run.Params.Keys.Single()), out object? cell));
            Assert.Equal(run.Params.Values.Single(), cell);
        });
    }

    private static Experiment<Outer> Sample() => Experiment
        .Create<Outer>("cells", (p, run) =>
        {
            run.Metric("half", p.N / 2.0);
            if (p.N % 2 == 1) run.Metric("odd", true);
        })
        .Over(Space.Of<Outer>().Grid(p => p.N, 1, 2, 3).Grid(p => p.Inner.Size, 4, 5));

    internal sealed record Inner(int Size);

    internal sealed record Outer(int N, Inner Inner);
}
