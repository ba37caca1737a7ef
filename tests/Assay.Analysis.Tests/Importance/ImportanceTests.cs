using System.Globalization;
using Assay.Analysis;
using FsCheck;
using FsCheck.Fluent;

namespace Assay.AnalysisTests;

[Trait("Category", "Quick")]
public class ImportanceTests
{
    [Fact]
    public void Two_parameters_of_two_levels_are_decomposed_as_by_hand()
    {
        // Means 1 3 / 5 11: the grand mean is 5, rows are 2 and 8, columns 3 and 7, and what remains is 1 -1 / -1 1.
        Table table = Runs("a,b,y", "0,x,1", "0,z,3", "1,x,5", "1,z,11");
        Importance importance = table.Importance("y", "a", "b");
        Assert.Equal(14, importance.Variance);
        Assert.Equal((9.0, 4.0, 1.0), (importance["a"].Variance, importance["b"].Variance, importance["b", "a"].Variance));
        Assert.Equal(9 / 14.0, importance["a"].Share);
        Assert.Null(importance.Residual);
        Assert.Null(importance.Higher);
        Assert.Equal((4, 4, (1, 1), 0), (importance.Runs, importance.Points, importance.Replicates, importance.LeftOut));
        Assert.Equal(
            "y: 4 runs at 4 points, replicates: 1\n    64.3 %  a\n    28.6 %  b\n     7.1 %  a × b", importance.ToString());
    }

    [Fact]
    public void Replicates_are_apart_and_the_rest_is_what_three_do_together()
    {
        // y = a b c of signs: nothing but the three together; replicates differ by 2, a variance of 1.
        string[] rows =
        [
            .. from a in Signs from b in Signs from c in Signs from noise in Signs
               select string.Create(CultureInfo.InvariantCulture, $"{a},{b},{c},{(a * b * c) + noise}"),
        ];
        Importance importance = Runs(["a,b,c,y", .. rows]).Importance("y", "a", "b", "c");
        Assert.Equal((2.0, 1.0, 1.0), (importance.Variance, importance.Higher!.Variance, importance.Residual!.Variance));
        Assert.All(importance.Effects, e => Assert.Equal(0, e.Variance));
        Assert.Equal(
            ["a", "b", "c", "a × b", "a × c", "b × c", "higher", "residual"],
            importance.ToTable().Rows.Select(r => (string)r["effect"]!));
        Assert.Equal([0, 0, 0, 0, 0, 0, 0.5, 0.5], importance.ToTable()["share"].AsDoubles().ToArray());
    }

    [Fact]
    public void The_parts_are_the_sums_of_squares_of_R()
    {
        Importance importance = Data("importance.csv").Importance("score", "a", "b", "c");
        Table expected = Data("importance-anova.csv");
        Assert.Equal(8, expected.RowCount);
        foreach (TableRow row in expected.Rows)
        {
            string effect = (string)row["effect"]!;
            double squares = (double)row["sum_of_squares"]!, actual = importance.Runs * (effect switch
            {
                "Residuals" => importance.Residual!.Variance,
                "a:b:c" => importance.Higher!.Variance,
                _ => importance[effect.Split(':')].Variance,
            });
            Assert.True(Math.Abs(actual - squares) <= 1e-9 * squares, $"{effect}: {actual:R} and by R {squares:R}");
        }
    }

    [Fact]
    public void The_parts_of_any_full_grid_sum_to_the_total_and_do_not_depend_on_the_order_or_on_an_offset()
    {
        Prop.ForAll<int>(seed =>
        {
            var random = new System.Random(seed);
            int[] levels = [.. Enumerable.Range(0, random.Next(1, 5)).Select(_ => random.Next(2, 4))];
            string[] names = [.. levels.Select((_, i) => $"p{i}")];
            var rows = new List<(int[] Point, double Value)>();
            for (int point = 0, points = levels.Aggregate((x, y) => x * y); point < points; point++)
            {
                int rest = point;
                int[] at = [.. levels.Select(l => (rest % l, rest /= l).Item1)];
                for (int r = random.Next(1, 4); r > 0; r--) rows.Add((at, random.NextDouble() - 0.5));
            }

            Importance one = Of(names, rows, 0), other = Of(names, [.. rows.OrderBy(_ => random.Next())], 1000);
            double sum = one.Effects.Sum(e => e.Variance) + (one.Higher?.Variance ?? 0) + (one.Residual?.Variance ?? 0);
            return Math.Abs(sum - one.Variance) < 1e-12
                && one.Effects.All(e => Math.Abs(e.Variance - other[[.. e.Names]].Variance) < 1e-11 && e.Share is >= 0 and <= 1 + 1e-12);
        }).Check(Checks);

        static Importance Of(string[] names, IReadOnlyList<(int[] Point, double Value)> rows, double offset) => Table.FromColumns(
        [
            .. names.Select((name, i) => Column.Of(name, rows.Select(r => (long)r.Point[i]))),
            Column.Of("y", rows.Select(r => r.Value + offset)),
        ]).Importance("y", names);
    }

    [Theory]
    [InlineData(1e300)]
    [InlineData(1e-300)]
    [InlineData(1e150)]
    public void Huge_and_tiny_numbers_keep_their_shares(double scale)
    {
        Table table = Table.FromColumns(
        [
            Column.Of("a", new long[] { 0, 0, 1, 1 }), Column.Of("b", new long[] { 0, 1, 0, 1 }),
            Column.Of("y", new[] { 1 * scale, 3 * scale, 5 * scale, 11 * scale }),
        ]);
        Assert.Equal(9 / 14.0, table.Importance("y", "a", "b")["a"].Share!.Value, 12);
    }

    [Fact]
    public void A_metric_that_does_not_vary_has_no_shares()
    {
        Importance importance = Runs("a,y", "0,5.5", "1,5.5").Importance("y", "a");
        Assert.Equal((0, null), (importance.Variance, importance["a"].Share));
        Assert.EndsWith("       -  a", importance.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Numbers_are_levels_by_value_and_runs_without_a_number_are_counted()
    {
        Table table = Table.FromColumns(
        [
            Column.Of("a", new object?[] { 1L, 1.0, 2L, 2L, 2L }), Column.Of("y", new[] { 1, 3, 4, double.NaN, double.PositiveInfinity }),
        ]);
        Importance importance = table.Importance("y", "a");
        Assert.Equal((3, 2, 2, (1, 2)), (importance.Runs, importance.LeftOut, importance.Points, importance.Replicates));
        Assert.Contains("replicates: 1 to 2; 2 without a value left out", importance.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("the runs are no full grid: of the 4 points of a (2) × b (2), 1 have no run with a finite number called 'y', for example "
        + "a = 1, b = \"z\".", "a,b,y", "0,x,1", "0,z,2", "1,x,3")]
    [InlineData("1 have no run with a finite number called 'y', for example a = 1, b = ", "a,b,y", "0,x,1", "0,z,2", "1,x,3", "1,z,NaN")]
    [InlineData("expected a parameter that varies", "a,b,y", "0,x,1", "0,x,2")]
    [InlineData("no run has a finite number called 'y' (2 runs without)", "a,b,y", "0,x,NaN", "1,x,NaN")]
    public void What_cannot_be_decomposed_is_refused_with_what_is_missing(string message, params string[] lines) =>
        Assert.Contains(
            message, Assert.Throws<AssayException>(() => Runs(lines).Importance("y", "a", "b")).Message, StringComparison.Ordinal);

    [Fact]
    public void A_table_without_parameters_has_nothing_to_attribute() =>
        Assert.Contains(
            "no parameter", Assert.Throws<AssayException>(() => Runs("y", "1").Importance("y")).Message, StringComparison.Ordinal);

    private static readonly Config Checks = Config.QuickThrowOnFailure.WithMaxTest(200).WithReplay(5, 7);

    private static readonly int[] Signs = [-1, 1];

    private static Table Runs(params string[] lines)
    {
        string[][] cells = [.. lines.Select(l => l.Split(','))];
        return Table.FromColumns(cells[0].Select((name, i) => name == "y"
            ? Column.Of(name, cells.Skip(1).Select(c => double.Parse(c[i], CultureInfo.InvariantCulture)))
            : Column.Of(name, cells.Skip(1).Select(c => Value(c[i])))));

        static object Value(string cell) => long.TryParse(cell, CultureInfo.InvariantCulture, out long number) ? number : cell;
    }

    private static Table Data(string name) => Table.Load(Path.Combine(Repository.Root, "tests", "Assay.Analysis.Tests", "Data", name));
}
