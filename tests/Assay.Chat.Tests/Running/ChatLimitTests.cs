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
        for (decimal budget = 60; budget <= 100; budget += 20)
        {
            BudgetException stopped = await Assert.ThrowsAsync<BudgetException>(() => Experiments.Addition(client, 60).Prices(prices)
                .WithOptions(new ChatOptions { MaxOutputTokens = 5 }).Budget(new ChatBudget(budget))
                .RunAsync(Experiments.In(folder) with { Parallel = parallel }));
            // A call costs 2, and up to 24 is reserved for it, a token for each byte.
            Assert.InRange(client.Calls * 2, budget - 24, budget);
            Assert.Equal(client.Calls, stopped.Results!.Successful.Count);
        }
    }

    [Fact]
    public async Task An_answer_without_a_usage_counts_as_its_largest_cost_and_its_run_has_none()
    {
        using var folder = new TempFolder();
        var client = new LocalClient((messages, _, _) => Task.FromResult(
            new ChatResponse(new ChatMessage(ChatRole.Assistant, LocalClient.Sum(messages[^1].Text)))));
        var options = new ChatOptions { MaxOutputTokens = 5 };
        var prices = new PriceTable(new Dictionary<string, ModelPrice> { ["local"] = new(Input: 100_000, Output: 200_000) });
        BudgetException stopped = await Assert.ThrowsAsync<BudgetException>(() => Experiments.Addition(client, 60).Prices(prices)
            .WithOptions(options).Budget(new ChatBudget(200) { Tokens = 100_000 })
            .RunAsync(Experiments.In(folder) with { Parallel = 1 }));
        Assert.InRange(client.Calls, 2, 20);
        Assert.Equal(client.Calls, stopped.Results!.Successful.Count);
        ChatRun<Numbers, int>[] answered = [.. Experiments.Addition(client, 60).WithOptions(options).LoadRuns(Experiments.In(folder))
            .Where(run => run.Status == ChatStatus.Complete)];
        Assert.Equal(client.Calls, answered.Length);
        Assert.All(answered, run => Assert.Null(run.Cost));
    }

    [Fact]
    public void A_request_is_as_large_as_all_that_is_sent()
    {
        const string Chinese = "请把这两个数字相加";
        long Size(AIContent content, ChatOptions? options = null) =>
            RequestKey.SizeOf([new ChatMessage(ChatRole.User, [content])], options);
        long empty = Size(new TextContent(""));
        Assert.Equal(empty + 3 * Chinese.Length, Size(new TextContent(Chinese)));
        Assert.True(Size(new FunctionResultContent("1", new string('x', 5000))) > 5000);
        Assert.True(Size(new DataContent(new byte[3000], "image/png")) > 4000);
        AIFunction tool = AIFunctionFactory.Create((int first, int second) => first + second, "add", new string('d', 3000));
        Assert.True(Size(new TextContent(""), new ChatOptions { Tools = [tool] }) > 3000 + tool.JsonSchema.GetRawText().Length / 2);
        var format = ChatResponseFormat.ForJsonSchema<Numbers>(schemaDescription: new string('d', 3000));
        Assert.True(Size(new TextContent(""), new ChatOptions { ResponseFormat = format }) > 3000);
    }

    [Fact]
    public async Task A_budget_is_refused_in_worker_processes_which_would_each_spend_it()
    {
        using var folder = new TempFolder();
        LocalClient client = LocalClient.Adding();
        ChatExperiment<Numbers, int> experiment = Experiments.Addition(client).Budget(new ChatBudget { Tokens = 100_000 });
        RunOptions options = Experiments.In(folder), apart = options with { Executor = new WorkerProcesses() };
        Func<Task>[] refused =
        [
            () => experiment.RunAsync(apart),
            () => experiment.RunAsync(["--executor", "processes"], options),
            () => experiment.RunAsync(["--executor=processes"], options),
        ];
        foreach (Func<Task> run in refused)
        {
            InvalidExperimentException fault = await Assert.ThrowsAsync<InvalidExperimentException>(run);
            Assert.Equal(
                ["its budget is 100000 tokens, and its runs are to be executed in worker processes, each of which would spend it anew; "
                    + "use Executor.InProcess (--executor in-process), or no budget."], fault.Faults);
        }

        Assert.False(Directory.Exists(folder.File("store")));
        Assert.Equal(3, (await experiment.RunAsync(["--executor", "in-process"], apart)).Summary.Correct);
    }

    [Fact]
    public async Task A_pause_that_a_step_cancels_does_not_stop_the_time_of_later_steps()
    {
        using var folder = new TempFolder();
        var client = new LocalClient((_, _, _) => throw new HttpRequestException("busy", null, System.Net.HttpStatusCode.TooManyRequests));
        using IChatClient retrying = client.AsBuilder()
            .UseAssayRetry(new ChatRetryOptions { Delay = TimeSpan.FromHours(1), MaxDelay = TimeSpan.FromHours(1) }).Build();
        int steps = 0;
        ChatExperiment<Numbers, int> experiment = Experiments.Addition(retrying, 1)
            .StepTimeout(TimeSpan.FromSeconds(0.5)).RunTimeout(TimeSpan.FromSeconds(20))
            .Step(async (run, token) =>
            {
                if (++steps > 1) await Task.Delay(Timeout.Infinite, token);
                using var cancel = CancellationTokenSource.CreateLinkedTokenSource(token);
                Task<string> asking = run.AskAsync(cancel.Token);
                // The client answers at once, so the call pauses already.
                await cancel.CancelAsync();
                await Assert.ThrowsAnyAsync<OperationCanceledException>(() => asking);
                return Next.Continue;
            });
        ChatRun<Numbers, int> run = (await experiment.RunAsync(Experiments.In(folder))).Runs[0];
        Assert.Equal((2, ChatStatus.Fail), (steps, run.Status));
        Assert.StartsWith("a step took longer than its limit of 00:00:00.5", run.Error!.Message, StringComparison.Ordinal);
    }
}
