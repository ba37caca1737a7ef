using Parquet;

namespace Assay.Tables.Tests.Formats;

/// <summary>Readers leave out row groups by their smallest and largest value, so a wrong one loses rows in silence.</summary>
[Trait("Category", "Quick")]
public class ParquetStatisticsTests
{
    private static readonly double[] Edges =
        [0, -0.0, double.PositiveInfinity, double.NegativeInfinity, double.MaxValue, double.Epsilon, -1, 1];

    [Fact]
    public async Task Whole_numbers_have_their_extremes_and_none_where_all_are_null()
    {
        var random = new Random(5);
        for (int round = 0; round < 200; round++)
        {
            long?[] values = [.. Enumerable.Range(0, random.Next(1, 40))
                .Select(_ => random.Next(4) < round % 5 ? (long?)null : random.NextInt64(long.MinValue, long.MaxValue))];
            (object? min, object? max) = await Range(Column.Of("x", values));

            Assert.Equal(values.Min(), (long?)min);
            Assert.Equal(values.Max(), (long?)max);
        }
    }

    [Fact]
    public async Task Doubles_have_theirs_and_none_where_there_is_a_NaN()
    {
        var random = new Random(6);
        for (int round = 0; round < 400; round++)
        {
            double?[] values =
                [.. Enumerable.Range(0, random.Next(1, 40)).Select(_ => Value(random, hasNulls: round % 2 == 0, hasNaN: round % 4 < 2))];
            (object? min, object? max) = await Range(Column.Of("x", values));
            double[] some = [.. values.OfType<double>()];
            if (some.Length == 0 || some.Any(double.IsNaN))
            {
                Assert.True(min is null && max is null);
                continue;
            }

            (double low, double high) = ((double)min!, (double)max!);
            Assert.True(low == some.Min() && high == some.Max(), $"{low} to {high} for {string.Join(' ', some)}");
            Assert.True(
                (low != 0 || double.IsNegative(low)) && (high != 0 || double.IsPositive(high)),
                "a zero of the wrong sign leaves out the other");
        }
    }

    [Theory]
    [InlineData("b", "a", "ü", "a", "ü")]
    [InlineData("a", "｡", "🧪", null, null)]
    [InlineData(null, null, null, null, null)]
    public async Task Texts_have_theirs_where_their_order_is_the_same_in_every_encoding(
        string? first, string? second, string? third, string? min, string? max) =>
        Assert.Equal(((object?)min, (object?)max), await Range(Column.Of("x", new[] { first, second, third })));

    private static async Task<(object? Min, object? Max)> Range(Column column)
    {
        using var stream = new MemoryStream();
        Table.FromColumns(column).Write(stream, TableFormat.Parquet);
        await using ParquetReader reader = await ParquetReader.CreateAsync(stream);
        var statistics = reader.RowGroups[0].GetStatistics(reader.Schema.DataFields[0])!;
        return (statistics.MinValue, statistics.MaxValue);
    }

    private static double? Value(Random random, bool hasNulls, bool hasNaN) => random.Next(20) switch
    {
        0 when hasNaN => double.NaN,
        < 5 when hasNulls => null,
        < 12 => Edges[random.Next(Edges.Length)],
        _ => random.NextDouble() - 0.5,
    };
}
