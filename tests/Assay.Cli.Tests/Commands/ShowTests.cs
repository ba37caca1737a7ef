namespace Assay.Cli.Tests;

[Trait("Category", "Quick")]
public sealed class ShowTests
{
    [Fact]
    public void A_run_is_shown_with_everything_the_store_holds()
    {
        using StoreFixture store = SampleStore.Make();
        Approved.Matches("show", $"{store.Run("show", StoreFixture.Id(1))}");
    }

    [Fact]
    public void A_run_is_shown_as_json()
    {
        using StoreFixture store = SampleStore.Make();
        Approved.Matches("show-json", $"{store.Run("show", StoreFixture.Id(1), "--json", "--log", "1")}");
    }

    [Fact]
    public void A_run_that_was_tried_again_shows_its_error_and_attempts()
    {
        using StoreFixture store = SampleStore.Make();
        Approved.Matches("show-attempts", $"{store.Run("show", StoreFixture.Id(2)[..8])}");
    }

    [Theory]
    [InlineData("fatal: not a git repository (or any of the parent directories): .git", "no repository")]
    [InlineData(
        "fatal: detected dubious ownership in repository at '/work'\\nTo add an exception:\\n\\n\\tgit config",
        "not recorded: fatal: detected dubious ownership in repository at '/work' To add an exception: git config")]
    public void Why_there_is_no_code_is_said(string fault, string said)
    {
        using var store = new StoreFixture();
        File.WriteAllText(store.File("runs", "a.jsonl"),
            $$"""
                {"schema_version":1,"assay_version":"0.1.0","run_id":"{{StoreFixture.Id(1)}}","experiment_name":"training",
                "kind":"run_start","value":{"attempt":1,"git":null,"git_fault":"{{fault}}","process":{"pid":7} },
                "created_at":"2026-01-02T03:04:05.0000000+00:00","elapsed_ms":0}
                """.OneLine() + "\n");
        Assert.Contains($"\n  git         {said}\n", store.Run("show", "latest").Out, StringComparison.Ordinal);
    }

    [Fact]
    public void Latest_and_the_runs_before_it_are_found()
    {
        using StoreFixture store = SampleStore.Make();
        Assert.StartsWith($"run           {StoreFixture.Id(5)}\n", store.Run("show", "latest").Out);
        Assert.StartsWith($"run           {StoreFixture.Id(5)}\n", store.Run("show", "latest~0").Out);
        Assert.StartsWith($"run           {StoreFixture.Id(1)}\n", store.Run("show", "latest~4").Out);
    }

    [Theory]
    [InlineData("latest~5", "N may be 0 to 4")]
    [InlineData("latest~x", "latest~N with a number")]
    [InlineData("latestx", "latest~N with a number")]
    [InlineData("zz", "no run has an id that starts with 'zz'")]
    public void An_unknown_run_is_bad_input_and_the_latest_runs_are_listed(string address, string message)
    {
        using StoreFixture store = SampleStore.Make();
        ToolResult result = store.Run("show", address);
        Assert.Equal((2, ""), (result.Exit, result.Out));
        Assert.Contains(message, result.Error, StringComparison.Ordinal);
        Assert.Contains(StoreFixture.Id(5), result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void An_ambiguous_run_lists_the_candidates()
    {
        using var store = new StoreFixture();
        JournalFixture journal = store.Journal("a").Session();
        for (int i = 0; i < 40; i++) journal.Begin(i).End(i);
        string digit = StoreFixture.Id(7)[..1];
        string[] candidates = [
            .. Enumerable.Range(0, 40).Select(StoreFixture.Id).Where(id => id.StartsWith(digit, StringComparison.Ordinal))];
        ToolResult result = store.Run("show", digit);
        Assert.Equal(2, result.Exit);
        Assert.Contains($"'{digit}' starts the ids of {candidates.Length} runs", result.Error, StringComparison.Ordinal);
        Assert.All(candidates.Take(10), id => Assert.Contains(id, result.Error, StringComparison.Ordinal));
    }

    [Fact]
    public void An_artifact_without_content_is_shown_as_missing()
    {
        using StoreFixture store = SampleStore.Make();
        File.Delete(store.BlobPath(SampleStore.Model));
        Assert.Contains(
            "MISSING " + StoreFixture.Hash(SampleStore.Model), store.Run("show", StoreFixture.Id(1)).Out, StringComparison.Ordinal);
        Assert.Contains("\"stored\": \"missing\"", store.Run("show", StoreFixture.Id(1), "--json").Out, StringComparison.Ordinal);
    }
}
