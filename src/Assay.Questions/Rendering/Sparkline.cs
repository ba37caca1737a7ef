namespace Assay.Questions;

/// <summary>The course of numbers on one line, in blocks of eight heights.</summary>
internal static class Sparkline
{
    public const int Width = 32;

    private const string Heights = "▁▂▃▄▅▆▇█";
    private const char Undefined = '·';

    /// <summary>
    /// The smallest number lowest and the largest highest; of more numbers than <paramref name="width"/> each block is the mean of some
    /// that follow each other. A dot stands for what is no finite number; nothing is drawn of fewer than two numbers.
    /// </summary>
    public static string Of(IReadOnlyList<double> values, int width = Width)
    {
        int count = Math.Min(values.Count, width);
        double[] means = [.. Enumerable.Range(0, count).Select(i => MeanOf(values, Start(i), Start(i + 1)))];
        double[] finite = Array.FindAll(means, double.IsFinite);
        if (finite.Length < 2) return "";
        double least = finite.Min(), most = finite.Max();
        return new string([.. means.Select(Block)]);

        int Start(int block) => (int)((long)values.Count * block / count);

        char Block(double mean) => !double.IsFinite(mean) ? Undefined
            : most == least ? Heights[Heights.Length / 2]
            // Halved, because the distance of the two largest doubles is none.
            : Heights[(int)Math.Round(((mean / 2) - (least / 2)) / ((most / 2) - (least / 2)) * (Heights.Length - 1))];
    }

    /// <summary>A bar from the left, in eighths of a character.</summary>
    /// <param name="share">Its length, from 0 to 1.</param>
    /// <param name="width">The characters of a whole bar.</param>
    public static string Bar(double share, int width)
    {
        int eighths = (int)Math.Round(Math.Clamp(share, 0, 1) * width * 8);
        return new string('█', eighths / 8) + (eighths % 8 == 0 ? "" : "▏▎▍▌▋▊▉"[(eighths % 8) - 1]);
    }

    private static double MeanOf(IReadOnlyList<double> values, int from, int to)
    {
        double mean = 0;
        int count = 0;
        for (int i = from; i < to; i++)
            if (double.IsFinite(values[i])) mean += (values[i] - mean) / ++count;

        return count == 0 ? double.NaN : mean;
    }
}
