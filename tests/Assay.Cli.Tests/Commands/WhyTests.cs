using System.Text.Json;

namespace Assay.Cli.Tests;

[Trait("Category", "Quick")]
public sealed class WhyTests
{
    [Fact]
    public void The_newest_run_with_the_same_params_and_seed_is_compared_member_by_member()
    {
        using StoreFixture store = SampleStore.Make();
        Approved.Matches("why", $"{store.Run("why", StoreFixture.Id(4))}");
    }

    [Fact]
    public void The_comparison_is_told_as_json()
    {
        using StoreFixture store = SampleStore.Make();
        Approved.Matches("why-json", $"{store.Run("why", StoreFixture.Id(4), "--json")}");
    }

    [Fact]
    public void An_old_run_asks_the_same_question_from_its_side()
    {
        using StoreFixture store = SampleStore.Make();
        string output = store.Run("why", StoreFixture.Id(1)).Out;
        Assert.Contains($"older: {StoreFixture.Id(1)}", output, StringComparison.Ordinal);
        Assert.Contains($"newer: {StoreFixture.Id(4)}", output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_run_that_was_tried_again_says_why()
    {
        using StoreFixture store = SampleStore.Make();
        string output = store.Run("why", StoreFixture.Id(2)).Out;
        Assert.Contains("It was run 2 times: attempt 1 failed, attempt 2 was cancelled.", output, StringComparison.Ordinal);
        Assert.Contains("only success counts as finished", output, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_a_twin_the_most_similar_run_of_the_latest_other_session_is_taken()
    {
        using var store = new StoreFixture();
        store.Journal("1").Session().Begin(1, """{"lr":1}""").End(1).Begin(2, """{"lr":2.0,"hidden":4}""").End(2);
        store.Journal("2").At(60).Session().Begin(3, """{"lr":2,"hidden":4}""").End(3);
        string output = store.Run("why", "latest").Out;
        Assert.Contains($"compared with {StoreFixture.Id(2)}", output, StringComparison.Ordinal);
        Assert.Contains("params.lr  2.0    2", output, StringComparison.Ordinal);
        Assert.Contains("The ids differ because of: params.", output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_lone_session_has_nothing_to_compare_with()
    {
        using StoreFixture store = SampleStore.Make();
        Assert.Contains("there is nothing to compare with", store.Run("why", "latest").Out, StringComparison.Ordinal);
        Assert.Contains("Nothing differs: it is the same run.", store.Run("why", "latest", "latest").Out, StringComparison.Ordinal);
    }

    [Fact]
    public void Runs_of_different_experiments_can_be_compared()
    {
        using StoreFixture store = SampleStore.Make();
        Assert.Contains(
            "because of: experiment, version, params, seed", store.Run("why", "latest", StoreFixture.Id(1)).Out, StringComparison.Ordinal);
    }

    [Fact]
    public void A_fingerprint_that_differs_alone_points_to_files_and_types()
    {
        using var store = new StoreFixture();
        store.Journal("1").Session(context: """{"data":"iris.csv"}""").Begin(1, context: "a").End(1);
        store.Journal("2").At(60).Session(context: """{"data":"iris.csv"}""").Begin(2, context: "b").End(2);
        Assert.Contains(
            "The recorded values of context look the same: a file's content or a type changed.", store.Run("why", "latest").Out,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("abc123", false, true)]
    [InlineData("abc123", true, false)]
    [InlineData("def456", false, false)]
    public void Other_code_of_the_same_clean_commit_points_to_the_build(string commit, bool dirty, bool same)
    {
        using var store = new StoreFixture();
        store.Journal("1").Session().Begin(1).End(1);
        store.Journal("2").At(60).Session(
            code: "newer", commit: commit, dirty: dirty).Begin(2, code: "newer", commit: commit, dirty: dirty).End(2);
        string output = store.Run("why", "latest").Out;
        const string Hint = "Git says that both are of the same source, commit abc123 without anything else, so the build made the "
            + "difference: a Debug and a Release build differ, and another SDK may make other code of the same source.";
        Assert.Equal(same, output.Contains(Hint, StringComparison.Ordinal));
        Assert.Equal(same, output.Contains("Git says", StringComparison.Ordinal));
    }

    [Fact]
    public void A_lone_run_that_was_interrupted_says_so_and_neither_damage_nor_resuming()
    {
        (StoreFixture store, IReadOnlyList<TrackedFact> facts) = TrackedStore.Make(10, TimeSpan.FromHours(1));
        using (store)
        {
            string told = $"{store.Run("why", facts[9].Id)}";
            Assert.DoesNotContain("doctor", told, StringComparison.Ordinal);
            Assert.DoesNotContain("resume", told.Replace("nothing resumes it", "", StringComparison.Ordinal), StringComparison.Ordinal);
            Approved.Matches("why-alone", told);
            string failed = store.Run("why", facts[7].Id).Out;
            Assert.Contains("It stands as failed, and nothing runs it again", failed, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Lone_runs_have_no_parts_of_an_id_that_could_differ()
    {
        (StoreFixture store, IReadOnlyList<TrackedFact> facts) = TrackedStore.Make(2, TimeSpan.FromHours(1));
        using (store)
        {
            store.Journal("z").At(100).Session().Begin(1).End(1);
            using JsonDocument alone = JsonDocument.Parse(store.Run("why", facts[1].Id, facts[0].Id, "--json").Out);
            Assert.True(alone.RootElement.GetProperty("run").GetProperty("alone").GetBoolean());
            Assert.Empty(alone.RootElement.GetProperty("compared").GetProperty("parts").EnumerateArray());
            string mixed = store.Run("why", StoreFixture.Id(1), facts[0].Id).Out;
            Assert.Contains($"Run {facts[0].Id} stands alone", mixed, StringComparison.Ordinal);
            Assert.DoesNotContain("doctor", mixed, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void The_only_lone_run_of_its_name_has_nothing_to_compare_with()
    {
        (StoreFixture store, IReadOnlyList<TrackedFact> facts) = TrackedStore.Make(1, TimeSpan.FromHours(1));
        using (store) Assert.Contains(
            "No other run is called 'training my network': there is nothing to compare with.", store.Run("why", facts[0].Id).Out,
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_damaged_session_line_leaves_the_fingerprints_to_compare()
    {
        using var store = new StoreFixture();
        store.Journal("1").Raw("{damaged\n").Begin(1).End(1);
        store.Journal("2").At(60).Session(code: "newer").Begin(2, code: "newer").End(2);
        ToolResult result = store.Run("why", "latest");
        Assert.Contains("the members of the code cannot be compared", result.Out, StringComparison.Ordinal);
        Assert.Contains("warning: 1 damaged line was skipped", result.Error, StringComparison.Ordinal);
        Assert.Equal(0, result.Exit);
    }
}
