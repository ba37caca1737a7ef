using System.Globalization;

namespace Assay.Analysis.Tests;

/// <summary>The tables made by R and SciPy, see tables.R and exact.py beside them.</summary>
internal static class Reference
{
    public static IEnumerable<Row> Rows(string name)
    {
        string[] lines = File.ReadAllLines(Repository.File("tests", "Assay.Analysis.Tests", "Data", name + ".csv"));
        string[] names = lines[0].Split(',');
        return lines.Skip(1).Select(line => new Row(line, names.Zip(line.Split(',')).ToDictionary(p => p.First, p => p.Second)));
    }

    /// <summary>Whether a number is as close to what another program found as a part of it.</summary>
    public static void Close(double expected, double? actual, string row, double tolerance = 1e-9)
    {
        if (double.IsNaN(expected))
            Assert.True(actual is null, $"{actual} instead of nothing: {row}");
        else
            Assert.True(
                actual == expected || Math.Abs(actual!.Value - expected) <= tolerance * Math.Abs(expected),
                $"{actual:R} instead of {expected:R}: {row}");
    }

    public static IEnumerable<string?> Texts(this Column column) => column.AsStrings().ToArray();

    internal sealed record Row(string Text, IReadOnlyDictionary<string, string> Cells)
    {
        public string this[string name] => Cells[name];

        /// <summary>A number; NaN where there is none.</summary>
        public double Number(string name) => Parse(Cells[name]);

        public double[] Numbers(string name) => [.. Cells[name].Split(' ').Select(Parse)];

        private static double Parse(string text) => text switch
        {
            "" or "NA" => double.NaN,
            "Inf" => double.PositiveInfinity,
            _ => double.Parse(text, CultureInfo.InvariantCulture),
        };
    }
}
