namespace Assay.Chat.Tests;

[Trait("Category", "Quick")]
public class RunQueryTests
{
    private static readonly IReadOnlyList<ListedRun> All =
    [
        Run("sums", 0, ChatStatus.Complete, "CORRECT"), Run("sums", 1, ChatStatus.Fail), Run("sums", 2, ChatStatus.Ready),
        Run("sums", 3, ChatStatus.Complete, "INCORRECT"), Run("a:b", 0, ChatStatus.Incomplete), Run("two words", 0, ChatStatus.Fail),
    ];

    [Theory]
    [InlineData("", "0 1 2 3 4 5")]
    [InlineData("*", "0 1 2 3 4 5")]
    [InlineData("sums", "0 1 2 3")]
    [InlineData("fail", "1 5")]
    [InlineData("COMPLETE", "0 3 4")]
    [InlineData("nothing", "")]
    [InlineData("two words", "5")]
    [InlineData("r:^sums:[12]$", "1 2")]
    [InlineData("r:FAIL|READY", "1 2 5")]
    [InlineData("r:", "0 1 2 3 4 5")]
    [InlineData("a:3", "3")]
    [InlineData("a:[2-4]", "2 3 4")]
    [InlineData("a:[2-2]", "2")]
    [InlineData("a:sums:1", "1")]
    [InlineData("sums:2", "2")]
    [InlineData("a:b:0", "4")]
    [InlineData("sums:9", "")]
    [InlineData("s:fail", "1 5")]
    [InlineData("s:FAILED", "1 5")]
    [InlineData("s:complete", "0 3")]
    [InlineData("s:correct", "0")]
    [InlineData("s:incorrect", "3")]
    [InlineData("3", "3")]
    public void A_query_chooses_runs(string query, string places) => Assert.Equal(places, Chosen(query, All));

    [Theory]
    [InlineData("3", "3")]
    [InlineData("[1-3]", "1 2 3")]
    [InlineData("sums:1", "1")]
    [InlineData("s:fail", "1 5")]
    public void Where_single_runs_are_expected_a_place_is_one(string query, string places) =>
        Assert.Equal(places, Chosen(query, All, takesPlaces: true));

    [Fact]
    public void Places_are_those_of_the_last_list_and_an_address_alone_is_of_all_runs()
    {
        IReadOnlyList<ListedRun> last = [.. All.Skip(2)];
        Assert.Equal("3", Chosen("a:1", last));
        Assert.Equal("2 3", Chosen("sums", last));
        Assert.Equal("0", Chosen("sums:0", last));
    }

    [Theory]
    [InlineData("a:6", "there is no run at 6; the list has the places 0 to 5")]
    [InlineData("a:[4-9]", "there is no run at [4-9]")]
    [InlineData("a:[3-2]", "'[3-2]' is no range")]
    [InlineData("a:[x-2]", "'[x-2]' is no range")]
    [InlineData("a:3abc", "'a:3abc' names no runs")]
    [InlineData("a:-1", "'a:-1' names no runs")]
    [InlineData("a:", "'a:' names no runs")]
    [InlineData("r:[", "'[' is no regular expression")]
    [InlineData("r:(a+)+(b+)+$\\", "is no regular expression")]
    [InlineData("s:done", "there is no status 'done'; expected one of ready, incomplete, complete, fail, correct")]
    [InlineData("w:x > 1", "no store here")]
    public void A_fault_of_a_query_is_a_message(string query, string message) =>
        Assert.Contains(message, Assert.Throws<AssayException>(() => Chosen(query, All)).Message, StringComparison.Ordinal);

    private static string Chosen(string query, IReadOnlyList<ListedRun> list, bool takesPlaces = false) => string.Join(' ',
        new RunQuery(_ => throw new AssayException("no store here")).Choose(query, list, All, takesPlaces).Select(run => run.Index));

    private static int _next;

    private static ListedRun Run(string batch, int number, ChatStatus status, string? score = null) =>
        new(new ChatRun<int, int>(new ChatAddress(batch, number), _next++, 0), status, new SerializedRun(
            default, default, status, score, default, default));
}
