using Microsoft.Extensions.AI;

namespace Assay.Chat;

/// <summary>The client of the runs: answers from the cache, keeps the budget, counts, and writes every call to the journal.</summary>
internal sealed class RunChatClient(IChatClient innerClient, ChatSession session) : WholeAnswerChatClient(innerClient)
{
    private readonly string? _model = innerClient.GetService<ChatClientMetadata>()?.DefaultModelId;

    protected override async Task<ChatResponse> AnswerAsync(
        IReadOnlyList<ChatMessage> messages, ChatOptions? options, Func<CancellationToken, Task<ChatResponse>> ask,
        CancellationToken cancellationToken)
    {
        if (ChatScope.Current is not { } scope) return await ask(cancellationToken);
        long start = scope.Run.Clock.GetTimestamp();
        string? model = options?.ModelId ?? _model;
        var call = new ChatCall { Model = model };
        try
        {
            if (model is null) session.Cache?.RequireCalls();
            if (session.Cache is not { } cache || model is null)
            {
                ChatResponse uncached = await PayAsync(scope, model, messages, options, ask, cancellationToken);
                scope.Conversation.Keep(Answered(scope, call, uncached, start));
                return uncached;
            }

            UInt128 request = RequestKey.Of(model, messages, options);
            UInt128 key = RequestKey.Of(request, scope.Run.Seeds.Replicate, scope.NumberOf(request));
            call = call with { Key = key.ToString("x32", null) };
            (ChatResponse response, bool isCached) = await cache.GetAsync(
                key, new AskedBy(model, scope.Run.Experiment, scope.RunId, scope.Run.Seeds.Replicate),
                () => PayAsync(scope, model, messages, options, ask, cancellationToken), cancellationToken);
            scope.LastKey = key;
            scope.Conversation.Keep(Answered(scope, call with { IsCached = isCached }, response, start));
            return response;
        }
        catch (Exception fault) when (fault is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            Exception known = ProviderFault.Of(fault) ?? fault;
            scope.Conversation.Keep(call with
            {
                Duration = scope.Run.Clock.GetElapsedTime(start),
                Outcome = (known as RunErrorException)?.Kind ?? "exception",
                Error = known.Message,
            });
            if (ReferenceEquals(known, fault)) throw;
            throw known;
        }
    }

    private async Task<ChatResponse> PayAsync(
        ChatScope scope, string? model, IReadOnlyList<ChatMessage> messages, ChatOptions? options,
        Func<CancellationToken, Task<ChatResponse>> ask, CancellationToken cancellationToken)
    {
        using Reservation reserved = await session.Ledger.ReserveAsync(model, messages, options, cancellationToken);
        ChatResponse response = await ask(cancellationToken);
        TokenUsage? usage = UsageOf(response);
        decimal? cost = reserved.Settle(usage);
        scope.Count(usage, cost, isCached: false);
        scope.LastFault = null;
        return response;
    }

    private ChatCall Answered(ChatScope scope, ChatCall call, ChatResponse response, long start)
    {
        TokenUsage? usage = UsageOf(response);
        if (call.IsCached) scope.Count(null, 0, isCached: true);
        return call with
        {
            FinishReason = response.FinishReason?.Value,
            Usage = usage,
            Cost = call.IsCached ? 0 : session.Ledger.CostOf(call.Model, usage),
            Duration = scope.Run.Clock.GetElapsedTime(start),
        };
    }

    internal static TokenUsage? UsageOf(ChatResponse response) => response.Usage is { } usage
        ? new TokenUsage(usage.InputTokenCount ?? 0, usage.OutputTokenCount ?? 0, usage.CachedInputTokenCount ?? 0) : null;
}
