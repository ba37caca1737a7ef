using Assay.Tables.Parquet;

namespace Assay.Tables.Tests.Formats;

/// <summary>Readers leave out row groups by their smallest and largest value, so a wrong one loses rows in silence.</summary>
public class ParquetStatisticsTests
{
    private static readonly double[] Edges = [0, -0.0, double.PositiveInfinity, double.NegativeInfinity, double.MaxValue, double.Epsilon, -1, 1];

    [Fact]
    public void Whole_numbers_have_their_extremes_at_any_length_and_place()
    {
        var random = new Random(5);
        for (int round = 0; round < 2000; round++)
        {
            long?[] values = [.. Enumerable.Range(0, random.Next(1, 40)).Select(_ => round % 2 == 0 && random.Next(4) == 0 ? (long?)null : random.NextInt64(long.MinValue, long.MaxValue))];
            int from = random.Next(values.Length), to = random.Next(from + 1, values.Length + 1);
            (byte[] Min, byte[] Max)? range = new FixedEncoder(Column.Of("x", values)).Range(from, to);
            long[] some = [.. values[from..to].OfType<long>()];

            Assert.Equal(some.Length == 0 ? null : some.Min(), range is null ? (long?)null : BitConverter.ToInt64(range.Value.Min));
            Assert.Equal(some.Length == 0 ? null : some.Max(), range is null ? (long?)null : BitConverter.ToInt64(range.Value.Max));
        }
    }

    [Fact]
    public void Doubles_have_theirs_and_none_where_there_is_a_NaN()
    {
        var random = new Random(6);
        for (int round = 0; round < 4000; round++)
        {
            double?[] values = [.. Enumerable.Range(0, random.Next(1, 40)).Select(_ => Value(random, hasNulls: round % 2 == 0, hasNaN: round % 4 < 2))];
            int from = random.Next(values.Length), to = random.Next(from + 1, values.Length + 1);
            (byte[] Min, byte[] Max)? range = new FixedEncoder(Column.Of("x", values)).Range(from, to);
            double[] some = [.. values[from..to].OfType<double>()];
            if (some.Length == 0 || some.Any(double.IsNaN))
            {
                Assert.Null(range);
                continue;
            }

            (double min, double max) = (BitConverter.ToDouble(range!.Value.Min), BitConverter.ToDouble(range.Value.Max));
            Assert.True(min == some.Min() && max == some.Max(), $"{min} to {max} for {string.Join(' ', some)}");
            Assert.True((min != 0 || double.IsNegative(min)) && (max != 0 || double.IsPositive(max)), "a zero of the wrong sign leaves out the other");
        }
    }

    private static double? Value(Random random, bool hasNulls, bool hasNaN) => random.Next(20) switch
    {
        0 when hasNaN => double.NaN,
        < 5 when hasNulls => null,
        < 12 => Edges[random.Next(Edges.Length)],
        _ => random.NextDouble() - 0.5,
    };
}
