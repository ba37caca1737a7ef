namespace Assay.Cli.Tests.Commands;

/// <summary>The commands that draw conclusions from many runs.</summary>
public sealed class ConclusionTests : IDisposable
{
    private const string Hostile = "<script>alert(1)</script>|[x](javascript:1)";

    private readonly StoreFixture _store = new();

    public ConclusionTests()
    {
        JournalFixture journal = _store.Journal("a").Session();
        double[] noise = [0.011, -0.004, 0.007, -0.013];
        for (int run = 0; run < 16; run++)
        {
            (int rate, int hidden, int replicate) = (run / 8, run / 4 % 2, run % 4);
            double loss = 1.5 + rate + (0.25 * hidden) + (noise[(run + rate) % 4] * (1 + hidden));
            journal.Begin(
                run + 1, $$"""{"lr":{{(rate == 0 ? "0.1" : "0.01")}},"hidden":{{8 * (hidden + 1)}}}""", replicate: replicate).End(
                run + 1, metrics: FormattableString.Invariant($$"""{"loss":{{loss:R}}}"""));
        }

        journal.Begin(17, """{"lr":0.1,"hidden":8}""", replicate: 4).End(17, "failed", "{}", error: $$"""
            {"kind":"exception","type":"System.Exception","message":"{{Hostile}}","stack":""}
            """.OneLine());
    }

    public void Dispose() => _store.Dispose();

    [Fact]
    public void Settings_are_compared_with_corrected_p_values() => Approved.Matches("compare-settings",
        $"{_store.Run("compare", "iris", "--metric", "loss", "--between", "hidden=8,16", "--paired-by", "lr,seed")}"
            + $"{_store.Run("compare", "iris", "--metric", "loss", "--between", "lr", "--test", "mann-whitney")}"
            + $"{_store.Run("compare", "iris", "--metric", "loss", "--between", "hidden=8,16", "--paired-by", "lr,seed", "--json")}");

    [Fact]
    public void The_variance_is_attributed_to_parameters() => Approved.Matches("importance",
        $"{_store.Run("importance", "loss", "iris", "--params", "lr,hidden")}"
            + $"{_store.Run("importance", "loss", "--params", "lr", "--json")}");

    [Fact]
    public void Replicates_are_planned_from_the_spread_of_runs_or_a_given_one() => Approved.Matches("power",
        $"{_store.Run("power", "iris", "--metric", "loss", "--difference", "0.01")}"
            + $"{_store.Run("power", "--std", "0.05", "--replicates", "10", "--paired")}"
            + $"{_store.Run("power", "--std", "0.05", "--replicates", "10", "--difference", "0.05", "--json")}");

    [Fact]
    public void Without_a_file_means_are_bars_in_the_terminal() => Approved.Matches("plot",
        $"{_store.Run("plot", "loss", "iris", "--x", "lr", "--color", "hidden")}{_store.Run("plot", "loss", "--x", "lr", "--json")}");

    [Fact]
    public void Bars_have_the_interval_that_is_asked_for()
    {
        Assert.Contains("99 % interval", _store.Run("plot", "loss", "--x", "lr", "--confidence", "0.99").Out, StringComparison.Ordinal);
        string[] wide = Bounds("0.99"), narrow = Bounds("0.5");
        Assert.All(wide.Zip(narrow), pair => Assert.NotEqual(pair.First, pair.Second));

        string[] Bounds(string confidence) =>
        [
            .. _store.Run("plot", "loss", "--x", "lr", "--confidence", confidence, "--json").Out.Split('\n')
                .Where(line => line.Contains("lower_bound", StringComparison.Ordinal)),
        ];
    }

    [Fact]
    public void A_report_tells_what_ran_what_failed_and_what_follows() =>
        Approved.Matches("report", $"{_store.Run("report", "iris", "--minimize", "loss")}");

    [Fact]
    public void Values_of_runs_are_text_in_a_report_and_never_tags_links_or_images()
    {
        Assert.Equal(0, _store.Run("report", "-o", _store.File("report.html")).Exit);
        string page = File.ReadAllText(_store.File("report.html"));
        Assert.DoesNotContain("<script>alert(1)", page, StringComparison.Ordinal);
        Assert.Contains("&lt;script&gt;alert(1)", page, StringComparison.Ordinal);
        Assert.Contains(@"\<script\>alert(1)\</script\>\|\[x\](javascript:1)", _store.Run("report").Out, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("no run has lr = 7; there are", "compare", "--metric", "loss", "--between", "lr=7,0.1")]
    [InlineData("'lr=0.1' names 1 setting; expected at least two", "compare", "--metric", "loss", "--between", "lr=0.1")]
    [InlineData("--between is given without --metric", "compare", "--between", "lr")]
    [InlineData("--metric is given without --between", "compare", "iris", "--metric", "loss")]
    [InlineData("neither --difference nor --replicates is given", "power", "--std", "1")]
    [InlineData("--confidence is '95'; expected a number above 0 and below 1.", "stats", "--confidence", "95")]
    [InlineData("does not say how the report is to be written", "report", "-o", "report.pdf")]
    [InlineData("does not say how the figure is to be saved", "plot", "loss", "-o", "loss.pdf")]
    [InlineData("Did you mean 'loss'?", "plot", "los")]
    public void Bad_input_says_what_was_expected(string expected, params string[] arguments)
    {
        ToolResult result = _store.Run(arguments);
        Assert.Equal(2, result.Exit);
        Assert.Contains(expected, result.Error, StringComparison.OrdinalIgnoreCase);
    }
}
