namespace Assay.Analysis.Figures;

/// <summary>The values between the places of a grid, by bilinear interpolation along the axes as they are shown.</summary>
internal sealed class ContourSurface(ContourMark contour, PanelViews views)
{
    private const int Grid = 40;

    private readonly double[] _x = views.X.Places(contour.X), _y = views.Y.Places(contour.Y);

    /// <param name="x">A place from 0 to 1.</param>
    /// <param name="y">A place from 0 to 1.</param>
    public double At(double x, double y)
    {
        (int column, double right) = Cell(_x, x);
        (int row, double up) = Cell(_y, y);
        IReadOnlyList<double> lower = contour.Values[row], upper = contour.Values[Math.Min(row + 1, _y.Length - 1)];
        int next = Math.Min(column + 1, _x.Length - 1);
        double bottom = (lower[column] * (1 - right)) + (lower[next] * right), top = (upper[column] * (1 - right)) + (upper[next] * right);
        return (bottom * (1 - up)) + (top * up);
    }

    /// <summary>
    /// The grid between points that form none, by their inverse squared distances (Shepard 1968) in the scales of the axes.
    /// </summary>
    public static ContourMark Between(ContourMark points, AxisScale x, AxisScale y)
    {
        int[] kept = [.. Enumerable.Range(0, points.X.Count).Where(i => AxisView.Shows(x, points.X[i]) && AxisView.Shows(y, points.Y[i]))];
        if (kept.Length == 0) return points with { X = [], Y = [], Values = [] };
        double[] xs = Array.ConvertAll(kept, i => AxisView.ToScale(x, points.X[i]));
        double[] ys = Array.ConvertAll(kept, i => AxisView.ToScale(y, points.Y[i]));
        double[] values = Array.ConvertAll(kept, i => points.Values[0][i]), columns = Spread(xs), lines = Spread(ys);
        double width = Math.Max(columns[^1] - columns[0], double.Epsilon), height = Math.Max(lines[^1] - lines[0], double.Epsilon);
        return points with
        {
            X = Array.ConvertAll(columns, at => AxisView.FromScale(x, at)),
            Y = Array.ConvertAll(lines, at => AxisView.FromScale(y, at)),
            Values = Array.ConvertAll(lines, line => Array.ConvertAll(columns, column => ValueAt(column, line))),
        };

        double ValueAt(double column, double line)
        {
            double sum = 0, weights = 0;
            for (int i = 0; i < values.Length; i++)
            {
                double distance = Math.Pow((column - xs[i]) / width, 2) + Math.Pow((line - ys[i]) / height, 2);
                if (distance == 0) return values[i];
                (sum, weights) = (sum + (values[i] / distance), weights + (1 / distance));
            }

            return sum / weights;
        }
    }

    private static double[] Spread(double[] places)
    {
        double least = places.Min(), most = places.Max();
        return [.. Enumerable.Range(0, Grid).Select(i => least + (i / (Grid - 1.0) * (most - least)))];
    }

    private static (int Cell, double Share) Cell(double[] places, double at)
    {
        int cell = 0;
        while (cell < places.Length - 2 && at >= places[cell + 1]) cell++;
        double width = places.Length < 2 ? 0 : places[cell + 1] - places[cell];
        return (cell, width <= 0 ? 0 : Math.Clamp((at - places[cell]) / width, 0, 1));
    }
}
