namespace Assay.Analysis.Figures;

/// <summary>The values between the places of a grid, by bilinear interpolation along the axes as they are shown.</summary>
internal sealed class ContourSurface(ContourMark contour, PanelViews views)
{
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

    private static (int Cell, double Share) Cell(double[] places, double at)
    {
        int cell = 0;
        while (cell < places.Length - 2 && at >= places[cell + 1]) cell++;
        double width = places.Length < 2 ? 0 : places[cell + 1] - places[cell];
        return (cell, width <= 0 ? 0 : Math.Clamp((at - places[cell]) / width, 0, 1));
    }
}
