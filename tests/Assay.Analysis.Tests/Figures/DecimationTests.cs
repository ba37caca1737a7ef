using Assay.Analysis.Figures;

namespace Assay.Analysis.Tests.Figures;

[Trait("Category", "Quick")]
public class DecimationTests
{
    [Fact]
    public void A_line_keeps_the_lowest_and_highest_point_of_each_column_of_pixels()
    {
        var random = new Random(1);
        double[] x = [.. Enumerable.Range(0, 200_000).Select(i => i / 200_000.0)], y = Array.ConvertAll(x, _ => random.NextDouble());
        int[] kept = Decimation.OfLine(x, y, columns: 500);
        Assert.InRange(kept.Length, 500, 2_000);
        Assert.Equal(kept.Order(), kept);
        for (int column = 0; column < 500; column++)
        {
            double[] all = [.. y[(column * 400)..((column + 1) * 400)]];
            double[] left = [.. kept.Where(i => i / 400 == column).Select(i => y[i])];
            Assert.Equal((all.Min(), all.Max()), (left.Min(), left.Max()));
            Assert.Contains(column * 400, kept);
            Assert.Contains((column * 400) + 399, kept);
        }
    }

    [Fact]
    public void A_line_that_turns_back_keeps_all_points()
    {
        double[] x = [.. Enumerable.Range(0, 10_000).Select(i => Math.Abs(Math.Sin(i)))];
        Assert.Equal(10_000, Decimation.OfLine(x, x, columns: 100).Length);
    }

    [Fact]
    public void Of_points_on_one_pixel_the_first_is_kept()
    {
        double[] x = [.. Enumerable.Range(0, 40_000).Select(i => ((i % 200) + 0.5) / 200)];
        double[] y = [.. Enumerable.Range(0, 40_000).Select(i => ((i / 200) + 0.5) / 200)];
        Assert.Equal(40_000, Decimation.OfPoints(x, y, columns: 200, rows: 200).Length);
        int[] kept = Decimation.OfPoints(x, y, columns: 100, rows: 100);
        Assert.Equal(10_000, kept.Length);
        Assert.Equal(0, kept[0]);
    }

    [Fact]
    public void Points_outside_of_the_picture_are_not_drawn() =>
        Assert.Empty(Decimation.OfPoints([.. Enumerable.Repeat(1.5, 5_000)], [.. Enumerable.Repeat(0.5, 5_000)], columns: 10, rows: 10));

    [Fact]
    public void Few_points_are_all_kept() =>
        Assert.Equal([0, 1, 2], Decimation.OfPoints([0.5, 0.5, 0.5], [0.5, 0.5, 0.5], columns: 10, rows: 10));
}
