namespace Assay.Chat.Tests;

[Trait("Category", "Quick")]
public class LimitTests
{
    [Fact]
    public async Task The_limit_grows_slowly_and_is_halved_once_for_all_that_were_under_way()
    {
        var limit = new ConcurrencyLimit(new ConcurrencyOptions { Min = 1, Start = 8, Max = 10 });
        int[] eras = [.. await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => limit.EnterAsync(default)))];
        Task<int> waiting = limit.EnterAsync(default);
        Assert.False(waiting.IsCompleted);
        limit.Leave(eras[0], isGood: false, isLimited: true);
        limit.Leave(eras[1], isGood: false, isLimited: true);
        Assert.Equal(4, limit.Limit);
        foreach (int era in eras[2..6]) limit.Leave(era, isGood: true, isLimited: false);
        int last = await waiting;
        Assert.Equal(1, last);
        // Six were under way of the four that are allowed, so the successes do not make it grow beyond five.
        Assert.InRange(limit.Limit, 4, 5);
    }

    [Fact]
    public async Task A_caller_that_gives_up_leaves_its_place_to_the_next()
    {
        var limit = new ConcurrencyLimit(new ConcurrencyOptions { Min = 1, Start = 1, Max = 1 });
        int era = await limit.EnterAsync(default);
        using var cancel = new CancellationTokenSource();
        Task<int> first = limit.EnterAsync(cancel.Token), second = limit.EnterAsync(default);
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        limit.Leave(era, isGood: true, isLimited: false);
        Assert.Equal(0, await second);
    }

    [Fact]
    public async Task A_failure_that_is_not_the_providers_is_not_tried_again()
    {
        var client = new LocalClient((_, _, _) => throw new InvalidOperationException("a mistake"));
        using IChatClient retrying = client.AsBuilder().UseAssayRetry(new ChatRetryOptions { Delay = TimeSpan.Zero }).Build();
        InvalidOperationException fault = await Assert.ThrowsAsync<InvalidOperationException>(() => retrying.GetResponseAsync("?"));
        Assert.Equal(("a mistake", 1), (fault.Message, client.Calls));
    }

    [Fact]
    public async Task A_streamed_answer_is_tried_again_and_passed_on_whole()
    {
        int calls = 0;
        var client = new LocalClient((_, _, _) => ++calls == 1 ? throw new HttpRequestException("broken")
            : Task.FromResult(LocalClient.Response("whole")));
        var meter = new UsageMeter(new PriceTable(new Dictionary<string, ModelPrice> { ["local"] = new(1_000_000, 2_000_000) }));
        using IChatClient retrying = client.AsBuilder()
            .UseUsageMeter(meter).UseAssayRetry(new ChatRetryOptions { Delay = TimeSpan.Zero }).Build();
        List<string> parts = [];
        await foreach (ChatResponseUpdate update in retrying.GetStreamingResponseAsync("?")) parts.Add(update.Text);
        Assert.Equal(("whole", 2), (string.Concat(parts), calls));
        Assert.Equal((new ModelUsage(new TokenUsage(10, 5), 1), 20m), (meter.Models["local"], meter.Cost));
    }

    [Fact]
    public async Task A_recording_is_played_back_without_a_client()
    {
        using var folder = new TempFolder();
        var client = new LocalClient(_ => "recorded");
        using (IChatClient recording = client.AsBuilder().UseAnswerCache(folder.File("recordings")).Build())
            Assert.Equal("recorded", (await recording.GetResponseAsync("?")).Text);
        using IChatClient replaying = client.AsBuilder().UseAnswerCache(folder.File("recordings"), CacheMode.ReplayOnly).Build();
        Assert.Equal("recorded", (await replaying.GetResponseAsync("?")).Text);
        await Assert.ThrowsAsync<AssayException>(() => replaying.GetResponseAsync("another question"));
        Assert.Equal(1, client.Calls);
    }

    [Theory]
    [InlineData("Retry-After", "3600")]
    [InlineData("Retry-After", "1e300")]
    [InlineData("retry-after-ms", "3600000")]
    [InlineData("Retry-After", "Tue, 31 Dec 2199 23:59:59 GMT")]
    public async Task A_provider_that_asks_for_a_longer_pause_than_is_allowed_fails_the_call_at_once(string header, string value)
    {
        await using ModelServer server = await ModelServer.StartAsync(_ => "4", (_, _) => Trouble.TooMany);
        server.RetryAfter = (header, value);
        using IChatClient client = OpenAIModel.Bare("local", server.Url, "key").AsBuilder().UseAssayRetry().Build();
        ChatException fault = await Assert.ThrowsAsync<ChatException>(() => client.GetResponseAsync("?"));
        Assert.Equal((ChatOutcome.RateLimit, 1), (fault.Kind, server.Requests["?"]));
        Assert.StartsWith($"the provider asks to wait for {fault.RetryAfter:c}, longer than MaxRetryAfter, which is 00:02:00; ",
            fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_call_that_fails_gives_its_tokens_back()
    {
        var client = new LocalClient((_, _, _) => throw new HttpRequestException("broken"));
        using IChatClient limited = client.AsBuilder().UseRateLimits(tokensPerMinute: 6000).Build();
        var options = new ChatOptions { MaxOutputTokens = 900 };
        for (int i = 0; i < 20; i++)
        {
            Task<ChatResponse> call = limited.GetResponseAsync("?", options);
            Assert.True(call.IsCompleted, $"call {i} waits");
            await Assert.ThrowsAsync<HttpRequestException>(() => call);
        }
    }

    [Fact]
    public async Task What_a_call_leaves_of_its_tokens_serves_several_later_ones()
    {
        using IChatClient limited = new LocalClient(_ => "short").AsBuilder().UseRateLimits(tokensPerMinute: 6000).Build();
        await limited.GetResponseAsync("?", new ChatOptions { MaxOutputTokens = 900 });
        for (int i = 0; i < 20; i++)
            Assert.True(limited.GetResponseAsync("?", new ChatOptions { MaxOutputTokens = 400 }).IsCompleted, $"call {i} waits");
    }

    [Fact]
    public async Task A_call_that_is_cancelled_while_it_waits_leaves_the_debt_to_later_ones()
    {
        var client = new LocalClient((_, _, _) => Task.FromResult(new ChatResponse(new ChatMessage(ChatRole.Assistant, "long"))
        {
            Usage = new UsageDetails { TotalTokenCount = 100_000 },
        }));
        using IChatClient limited = client.AsBuilder().UseRateLimits(tokensPerMinute: 6000).Build();
        var options = new ChatOptions { MaxOutputTokens = 100 };
        await limited.GetResponseAsync("?", options);
        for (int i = 0; i < 2; i++)
        {
            using var cancel = new CancellationTokenSource();
            Task<ChatResponse> waiting = limited.GetResponseAsync("?", options, cancel.Token);
            Assert.False(waiting.IsCompleted);
            await cancel.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        }
    }
}
