using FsCheck;
using FsCheck.Fluent;

namespace Assay.Tables.Tests.Properties;

public class OperationTests
{
    [Fact]
    public void Sorting_orders_and_loses_nothing() => Prop.ForAll<double?[], int>((values, _) =>
    {
        Table table = Table.FromColumns(Column.Of("x", values), Column.Of("i", Enumerable.Range(0, values.Length)));
        double?[] sorted = table.Sort("x").Rows.Select(row => row.Get<double?>("x")).ToArray();
        double?[] expected =
            values.OrderBy(value => value is null ? 2 : double.IsNaN(value.Value) ? 1 : 0).ThenBy(value => value).ToArray();
        return sorted.SequenceEqual(expected);
    }).Check(Config.QuickThrowOnFailure.WithReplay(4711, 17));

    [Fact]
    public void Groups_partition_the_rows() => Prop.ForAll<int[]>(values =>
    {
        int[] keys = values.Select(value => value % 5).ToArray();
        Table table = Table.FromColumns(Column.Of("k", keys), Column.Of("v", values));
        Table groups = table.GroupBy("k").Aggregate(Aggregate.Count(), Aggregate.Sum("v"), Aggregate.Max("v"));
        var expected = keys.Zip(values).GroupBy(pair => pair.First, pair => pair.Second)
            .Select(group => ((long)group.Key, (long)group.Count(), group.Sum(value => (long)value), (long)group.Max()));
        return groups.Rows
            .Select(row => (row.Get<long>("k"), row.Get<long>("count"), row.Get<long>("v_sum"), row.Get<long>("v_max")))
            .SequenceEqual(expected);
    }).Check(Config.QuickThrowOnFailure.WithReplay(4711, 17));

    [Fact]
    public void Slices_put_together_are_the_whole()
    {
        var random = new Random(5);
        for (int seed = 0; seed < 100; seed++)
        {
            Table table = RandomTables.Create(seed, rows: 100);
            int cut = random.Next(0, 101);
            TableAssert.Equal(table, Table.Concat(table.Head(cut), table.Slice(cut, 100)));
        }
    }
}
