namespace Assay.Chat.Tests;

/// <summary>Times and budgets of runs that are under way together.</summary>
[Trait("Category", "Quick")]
public class ChatLimitTests
{
    [Fact]
    public async Task Waiting_for_a_limit_of_the_rate_does_not_count_as_time_of_a_step()
    {
        using var folder = new TempFolder();
        // Ten come at once, and then one every tenth of a second: the last waits for two seconds.
        using IChatClient client = LocalClient.Adding().AsBuilder().UseRateLimits(requestsPerMinute: 600).Build();
        ChatResults<Numbers, int> results = await Experiments.Addition(client, 30).StepTimeout(TimeSpan.FromSeconds(0.5))
            .RunAsync(Experiments.In(folder));
        Assert.Equal(30, results.Summary.Correct);
    }

    [Fact]
    public async Task A_step_that_was_kept_waiting_by_the_server_says_so()
    {
        using var folder = new TempFolder();
        var client = new LocalClient(async (_, _, token) =>
        {
            await Task.Delay(100, token);
            throw new HttpRequestException("busy", null, System.Net.HttpStatusCode.TooManyRequests);
        });
        using IChatClient retrying = client.AsBuilder()
            .UseAssayRetry(new ChatRetryOptions { Retries = 1000, MaxDelay = TimeSpan.FromMilliseconds(1) })
            .Build();
        // Long enough for the first try on a machine that is busy.
        ChatResults<Numbers, int> results = await Experiments.Addition(retrying, 1).StepTimeout(TimeSpan.FromSeconds(3))
            .RunAsync(Experiments.In(folder));
        RunError error = results.Runs[0].Error!;
        Assert.Equal(ChatOutcome.RateLimit, error.Kind);
        Assert.StartsWith("a step took longer than its limit of 00:00:03", error.Message, StringComparison.Ordinal);
        Assert.Contains("429", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_run_beyond_its_time_fails_for_good()
    {
        using var folder = new TempFolder();
        var client = new LocalClient(async (messages, _, token) =>
        {
            await Task.Delay(20, token);
            return LocalClient.Response(LocalClient.Sum(messages[1].Text));
        });
        ChatExperiment<Numbers, int> experiment = Experiments.Addition(client, 1).RunTimeout(TimeSpan.FromMilliseconds(200))
            .Step(async (run, token) =>
            {
                await run.AskAsync(token);
                return Next.Continue;
            });
        ChatRun<Numbers, int> run = (await experiment.RunAsync(Experiments.In(folder))).Runs[0];
        Assert.Equal((ChatStatus.Fail, ChatOutcome.Timeout), (run.Status, run.Error!.Kind));
        Assert.True(run.Context.Count > 3);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(8)]
    [InlineData(32)]
    public async Task A_budget_is_never_exceeded_by_calls_that_are_under_way_together(int parallel)
    {
        using var folder = new TempFolder();
        var client = new LocalClient(async (messages, _, token) =>
        {
            await Task.Delay(5, token);
            return LocalClient.Response(LocalClient.Sum(messages[^1].Text));
        });
        var prices = new PriceTable(new Dictionary<string, ModelPrice> { ["local"] = new(Input: 100_000, Output: 200_000) });
        for (decimal budget = 20; budget <= 60; budget += 20)
        {
            BudgetException stopped = await Assert.ThrowsAsync<BudgetException>(() => Experiments.Addition(client, 60).Prices(prices)
                .WithOptions(new ChatOptions { MaxOutputTokens = 5 }).Budget(new ChatBudget(budget))
                .RunAsync(Experiments.In(folder) with { Parallel = parallel }));
            // A call costs 2, and up to 3.5 is reserved for it.
            Assert.InRange(client.Calls * 2, budget - 3.5m, budget);
            Assert.Equal(client.Calls, stopped.Results!.Successful.Count);
        }
    }
}
