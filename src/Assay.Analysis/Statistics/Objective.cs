namespace Assay.Analysis;

/// <summary>A metric with the direction in which it is better. Immutable.</summary>
/// <param name="Metric">Its name.</param>
/// <param name="Maximize">Whether more is better.</param>
public sealed record Objective(string Metric, bool Maximize)
{
    /// <summary>More is better.</summary>
    public static Objective Max(string metric) => new(metric, Maximize: true);

    /// <summary>Less is better.</summary>
    public static Objective Min(string metric) => new(metric, Maximize: false);
}

/// <summary>What no other choice surpasses in everything.</summary>
public static class ParetoFront
{
    /// <summary>
    /// The places of the points that no other one dominates: is at least as good in all objectives and better in one. Equal points stay
    /// together; a point with NaN is never on the front. Takes n log n for one or two objectives, beyond that also n times the size of the
    /// front.
    /// </summary>
    /// <param name="values">The values of each objective, an array for each; all of one length.</param>
    /// <param name="maximize">For each objective, whether more is better.</param>
    /// <returns>The places in ascending order.</returns>
    /// <exception cref="ArgumentException">There is no objective, or lengths differ.</exception>
    public static IReadOnlyList<int> Of(IReadOnlyList<double[]> values, IReadOnlyList<bool> maximize)
    {
        ArgumentNullException.ThrowIfNull(values);
        ArgumentNullException.ThrowIfNull(maximize);
        Requirements.SameLength(values.Count, maximize.Count, "objectives", "directions");
        if (values.Count == 0) throw new ArgumentException("There is no objective; expected at least one.", nameof(values));
        foreach (double[] other in values)
            Requirements.SameLength(values[0].Length, other.Length, "values of the first objective", "of another one");
        double[][] costs = [.. values.Select((v, i) => maximize[i] ? Array.ConvertAll(v, x => -x) : v)];
        int[] order = [.. Enumerable.Range(0, costs[0].Length).Where(i => costs.All(c => !double.IsNaN(c[i])))];
        Array.Sort(order, (a, b) => Compare(costs, a, b));
        var front = new List<int>();
        // In this order a point is dominated only by those before it; of two objectives, by the last of the front or by none.
        foreach (int point in order)
        {
            IEnumerable<int> rivals = costs.Length <= 2 ? front.TakeLast(1) : front;
            if (!rivals.Any(rival => Dominates(costs, rival, point))) front.Add(point);
        }

        front.Sort();
        return front;
    }

    private static int Compare(double[][] costs, int a, int b)
    {
        foreach (double[] cost in costs)
            if (cost[a].CompareTo(cost[b]) is not 0 and int order) return order;
        return a.CompareTo(b);
    }

    private static bool Dominates(double[][] costs, int a, int b)
    {
        bool isBetter = false;
        foreach (double[] cost in costs)
        {
            if (cost[a] > cost[b]) return false;
            isBetter |= cost[a] < cost[b];
        }

        return isBetter;
    }
}
