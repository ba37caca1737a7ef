namespace Assay.Analysis;

/// <summary>Ranks from 1, tied values having the middle of theirs.</summary>
/// <param name="Doubled">Twice the rank of each value, which is whole.</param>
/// <param name="TieSum">The sum of t³ − t over the groups of t tied values.</param>
internal readonly record struct Ranks(int[] Doubled, double TieSum)
{
    public static Ranks Of(double[] values)
    {
        int[] order = [.. Enumerable.Range(0, values.Length)];
        Array.Sort([.. values], order);
        var doubled = new int[values.Length];
        double ties = 0;
        for (int from = 0, to; from < order.Length; from = to)
        {
            for (to = from + 1; to < order.Length && values[order[to]] == values[order[from]];) to++;
            double size = to - from;
            ties += (size * size * size) - size;
            for (int i = from; i < to; i++) doubled[order[i]] = from + 1 + to;
        }

        return new Ranks(doubled, ties);
    }

    /// <summary>The sum of the ranks of some values.</summary>
    public double SumWhere(Func<int, bool> counts)
    {
        long sum = 0;
        for (int i = 0; i < Doubled.Length; i++)
            if (counts(i)) sum += Doubled[i];
        return sum / 2.0;
    }
}
