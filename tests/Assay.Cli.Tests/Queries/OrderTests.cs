namespace Assay.Cli.Tests.Queries;

[Trait("Category", "Quick")]
public sealed class OrderTests
{
    [Theory]
    [InlineData("x", "3 1 4 2 6 7 5 8")]
    [InlineData("x:desc", "7 6 2 4 1 3 5 8")]
    [InlineData("group,x:desc", "6 4 3 5 7 2 1 8")]
    [InlineData("started:desc", "8 7 6 5 4 3 2 1")]
    public void Numbers_come_before_text_and_runs_without_a_value_last_either_way(string sort, string order)
    {
        using var store = new StoreFixture();
        JournalFixture journal = store.Journal("a").Session();
        string[] values = ["1", "2.5", "-1e300", "1.5", "\"NaN\"", "\"apple\"", "\"pear\"", "null"];
        for (int i = 1; i <= values.Length; i++)
            journal.Begin(i, $$"""{"group":{{(i is 3 or 4 or 5 or 6 ? 1 : 2)}}}""")
                .End(i, metrics: i == 8 ? "{}" : $$"""{"x":{{values[i - 1]}}}""");
        Results runs = Store.Open(store.Path).LoadAll();
        Assert.Equal(order, string.Join(' ', runs.Sort(sort).Select(run => runs.IndexOf(run.Id) + 1)));
    }

    [Theory]
    [InlineData("2w", "2025-12-22T00:00")]
    [InlineData("12h ago", "2026-01-04T12:00")]
    [InlineData("1.5d", "2026-01-03T12:00")]
    [InlineData("2026-01-02", "2026-01-02T00:00")]
    [InlineData("2026-01-02 03:04", "2026-01-02T03:04")]
    [InlineData("2026-01-02T03:04:00+01:00", "2026-01-02T02:04")]
    [InlineData("2026-01-02T03:04:00Z", "2026-01-02T03:04")]
    [InlineData("02.01.2026", null)]
    [InlineData("2", null)]
    [InlineData("", null)]
    [InlineData("99999999w", null)]
    public void Times_are_points_or_distances_from_now_and_never_depend_on_the_culture(string text, string? time)
    {
        bool read = TimeText.TryParse(text, new DateTimeOffset(2026, 1, 5, 0, 0, 0, TimeSpan.Zero), out DateTimeOffset found);
        Assert.Equal(time, read ? found.UtcDateTime.ToString("yyyy-MM-ddTHH:mm", System.Globalization.CultureInfo.InvariantCulture) : null);
    }

    [Fact]
    public void A_group_has_no_deviation_of_one_value_and_loses_no_digits_of_large_ones()
    {
        using var store = new StoreFixture();
        store.Journal("a").Session().Begin(1).End(1, metrics: """{"n":9007199254740993}""")
            .Begin(2).End(2, metrics: """{"n":9007199254740992}""").Begin(3, """{"lr":0.5}""").End(3, metrics: """{"n":1}""");
        string groups = store.Run("best", "n", "--by", "lr", "--json").Out.OneLine();
        Assert.Contains("\"min\": 9007199254740992,", groups, StringComparison.Ordinal);
        Assert.Contains("\"max\": 9007199254740993,", groups, StringComparison.Ordinal);
        Assert.Contains("\"mean\": 1.0,", groups, StringComparison.Ordinal);
        Assert.Contains("\"standard_deviation\": null,", groups, StringComparison.Ordinal);
    }
}
