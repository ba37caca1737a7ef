using System.Text;

namespace Assay.Tables.Tests.Formats;

[Trait("Category", "Quick")]
public class Utf8ValuesTests
{
    [Fact]
    public void Times_are_written_as_everywhere_else()
    {
        var random = new Random(11);
        DateTimeOffset[] edges =
        [
            DateTimeOffset.MinValue, DateTimeOffset.MaxValue, DateTimeOffset.UnixEpoch,
            new(2024, 2, 29, 23, 59, 59, 999, TimeSpan.FromMinutes(-14 * 60)), new(2024, 1, 1, 0, 0, 0, TimeSpan.FromMinutes(30)),
        ];
        long[] units = [1, TimeSpan.TicksPerMicrosecond, TimeSpan.TicksPerMillisecond, TimeSpan.TicksPerSecond];
        IEnumerable<DateTimeOffset> some = Enumerable.Range(0, 10_000).Select(i =>
        {
            long ticks = random.NextInt64(TimeSpan.TicksPerDay, DateTime.MaxValue.Ticks - TimeSpan.TicksPerDay);
            return new DateTimeOffset(ticks - ticks % units[i % 4], TimeSpan.FromMinutes(i % 3 == 0 ? 0 : random.Next(-840, 841)));
        });
        foreach (DateTimeOffset time in edges.Concat(some))
        {
            var block = new Utf8Output();
            Utf8Values.Write(block, time);
            Assert.Equal(ValueText.Of(time), Encoding.UTF8.GetString(block.Written));
        }
    }
}
