namespace Assay.Analysis.Tests;

[Trait("Category", "Quick")]
public class ParetoTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void The_front_is_what_comparing_all_points_finds(int objectives)
    {
        var random = new Random(3);
        for (int round = 0; round < 100; round++)
        {
            int n = random.Next(0, 60);
            double[][] values = [.. Enumerable.Range(0, objectives).Select(_ =>
                Enumerable.Range(0, n).Select(_ => random.Next(12) == 0 ? double.NaN : random.Next(8)).ToArray())];
            bool[] maximize = [.. Enumerable.Range(0, objectives).Select(_ => random.Next(2) == 0)];

            IEnumerable<int> expected = Enumerable.Range(0, n).Where(i =>
                values.All(v => !double.IsNaN(v[i])) && !Enumerable.Range(0, n).Any(j => Dominates(j, i)));

            Assert.Equal(expected, ParetoFront.Of(values, maximize));

            bool Dominates(int a, int b)
            {
                double[] gains = [.. values.Zip(maximize, (v, max) => max ? v[a] - v[b] : v[b] - v[a])];
                return gains.All(g => g >= 0) && gains.Any(g => g > 0);
            }
        }
    }

    [Fact]
    public void Rows_of_a_table_keep_their_order()
    {
        Table table = Table.FromColumns(
            Column.Of("name", ["slow", "best", "worse", "fast"]), Column.Of("accuracy", new double?[] { 0.9, 0.9, 0.8, 0.5 }),
            Column.Of("cost", [5L, 4, 4, 1]));

        Table front = table.Pareto(Objective.Max("accuracy"), Objective.Min("cost"));

        Assert.Equal(["best", "fast"], front["name"].Texts());
        Assert.Contains(
            "Did you mean 'cost'?", Assert.Throws<TableException>(() => table.Pareto(Objective.Min("costs"))).Message);
        Assert.Throws<ArgumentException>(() => table.Pareto());
    }
}
