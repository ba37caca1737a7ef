namespace Assay.Questions;

/// <summary>Thins a long history and keeps its extremes.</summary>
internal static class Thinning
{
    private const int PerStretch = 3;

    /// <summary>
    /// The first and the last point, and of each stretch between the smallest, the largest and the first that is no number, in their order;
    /// all of them when they are few enough.
    /// </summary>
    /// <param name="points">The history.</param>
    /// <param name="most">The largest number of points.</param>
    public static FieldPoint[] To(FieldPoint[] points, int most)
    {
        if (points.Length <= most) return points;
        var kept = new SortedSet<int> { 0, points.Length - 1 };
        int stretches = Math.Max(1, (most - 2) / PerStretch), inner = points.Length - 2;
        for (int i = 0; i < stretches; i++) AddOutstanding(
            points, 1 + (int)((long)inner * i / stretches), 1 + (int)((long)inner * (i + 1) / stretches), kept);
        return [.. kept.Select(place => points[place])];
    }

    private static void AddOutstanding(FieldPoint[] points, int from, int to, SortedSet<int> kept)
    {
        int smallest = -1, largest = -1, odd = -1;
        for (int i = from; i < to; i++)
        {
            if (!ValueOrder.TryNumber(points[i].Value, out double value) || !double.IsFinite(value))
            {
                if (odd < 0) odd = i;
                continue;
            }

            if (smallest < 0 || value < Number(points[smallest])) smallest = i;
            if (largest < 0 || value > Number(points[largest])) largest = i;
        }

        foreach (int place in (int[])[smallest, largest, odd])
        {
            if (place >= 0) kept.Add(place);
        }
    }

    private static double Number(FieldPoint point) => ValueOrder.TryNumber(point.Value, out double value) ? value : double.NaN;
}
