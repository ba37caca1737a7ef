using System.Text;
using System.Text.Json;

namespace Assay.Tests.Journals;

[Trait("Category", "Quick")]
public sealed class JournalTimeTests : IDisposable
{
    private readonly TestStore _store = new();

    public void Dispose() => _store.Dispose();

    [Theory]
    [InlineData("2026-01-02T03:04:05.1234567+00:00", "2026-01-02T03:04:05.1234567")]
    [InlineData("2026-01-02T03:04:05.123456789+00:00", "2026-01-02T03:04:05.1234567")]
    [InlineData("2026-01-02T03:04:05.999999999999999999999999Z", "2026-01-02T03:04:05.9999999")]
    [InlineData("2026-01-02T03:04:05Z", "2026-01-02T03:04:05.0000000")]
    [InlineData("2026-01-02t03:04:05.5z", "2026-01-02T03:04:05.5000000")]
    [InlineData("2026-01-02 03:04:05-00:00", "2026-01-02T03:04:05.0000000")]
    [InlineData("2026-01-02T03:04:05.25+05:30", "2026-01-01T21:34:05.2500000")]
    [InlineData("2026-01-02T03:04:05-23:59", "2026-01-03T03:03:05.0000000")]
    [InlineData("2016-12-31T23:59:60Z", "2017-01-01T00:00:00.0000000")]
    [InlineData("2024-02-29T00:00:00\\u002B01:00", "2024-02-28T23:00:00.0000000")]
    public void A_time_of_RFC_3339_is_read_to_a_tenth_of_a_microsecond_in_UTC(string text, string expected)
    {
        var utc = DateTime.ParseExact(expected, "yyyy-MM-ddTHH:mm:ss.fffffff", System.Globalization.CultureInfo.InvariantCulture);
        using var json = JsonDocument.Parse($"\"{text}\"");
        Assert.True(JournalTime.TryParse(json.RootElement, out DateTimeOffset time));
        Assert.Equal((utc.Ticks, TimeSpan.Zero), (time.UtcTicks, time.Offset));
        var reader = new Utf8JsonReader(Encoding.UTF8.GetBytes($"\"{text}\""));
        reader.Read();
        Assert.Equal(utc.Ticks, JournalTime.Parse(ref reader));
    }

    [Theory]
    [InlineData("\"\"")]
    [InlineData("\"2026-01-02\"")]
    [InlineData("\"2026-01-02T03:04Z\"")]
    [InlineData("\"2026-01-02T03:04:05\"")]
    [InlineData("\"2026-01-02T03:04:05.\"")]
    [InlineData("\"2026-01-02T03:04:05.Z\"")]
    [InlineData("\"2026-01-02T03:04:05.5\"")]
    [InlineData("\"2026-01-02T03:04:05+1:00\"")]
    [InlineData("\"2026-01-02T03:04:05+01\"")]
    [InlineData("\"2026-01-02T03:04:05+24:00\"")]
    [InlineData("\"2026-01-02T03:04:05ZZ\"")]
    [InlineData("\"2026-02-29T03:04:05Z\"")]
    [InlineData("\"2026-01-02T24:00:00Z\"")]
    [InlineData("\"2026-01-02T03:04:61Z\"")]
    [InlineData("\"0000-01-02T03:04:05Z\"")]
    [InlineData("\"0001-01-01T00:00:00+01:00\"")]
    [InlineData("\"9999-12-31T23:59:60Z\"")]
    [InlineData("\"2 January 2026\"")]
    [InlineData("\"\\ud800\"")]
    [InlineData("1767323045")]
    [InlineData("null")]
    public void Whatever_else_is_no_time(string text)
    {
        using var json = JsonDocument.Parse(text);
        Assert.False(JournalTime.TryParse(json.RootElement, out DateTimeOffset time));
        Assert.Equal(default, time);
    }

    [Fact]
    public void Times_with_more_digits_than_ours_are_those_of_the_run_its_journal_and_its_values()
    {
        Directory.CreateDirectory(Path.Combine(_store.Path, "runs"));
        File.WriteAllText(Path.Combine(_store.Path, "store.json"), "{\"format\":1}");
        string journal = Path.Combine(_store.Path, "runs", "other.jsonl");
        string Line(string kind, string value) =>
            $$"""{"schema_version":1,"run_id":"1b4e28ba2fa141d2883f0016d3cca427","experiment_name":"other","kind":"{{kind}}","value":"""
            + $$"""{{value}},"created_at":"2026-01-02T03:04:05.123456789+01:00","elapsed_ms":0}""";
        File.WriteAllLines(journal, [Line("run_start", "{}"), Line("track", "1")]);
        var expected = new DateTimeOffset(2026, 1, 2, 2, 4, 5, TimeSpan.Zero).AddTicks(1234567);
        RunRecord run = Assert.Single(_store.Load());
        Assert.Equal(
            [expected, expected, expected], [run.StartedAt, Assert.Single(run.Tracked).CreatedAt, JournalHead.Read(run.Source).CreatedAt]);
    }
}
