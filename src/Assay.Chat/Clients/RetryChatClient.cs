using System.Security.Cryptography;
using Microsoft.Extensions.AI;
using Polly;
using Polly.Retry;

namespace Assay.Chat;

/// <summary>How calls are tried again. Immutable.</summary>
public sealed record ChatRetryOptions
{
    /// <summary>The number of further tries. Default: 8.</summary>
    public int Retries { get; init; } = 8;

    /// <summary>
    /// The mean pause before the first further try; it doubles from try to try, and is drawn so that calls that failed together are not
    /// made again together. A <c>Retry-After</c> of the provider goes before it. Default: one second.
    /// </summary>
    public TimeSpan Delay { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>The longest pause of our own. Default: one minute.</summary>
    public TimeSpan MaxDelay { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>The time of a single try, after which it is made again. Default: none, the time of the step counts.</summary>
    public TimeSpan? TryTimeout { get; init; }
}

/// <summary>Tries calls again after faults that may pass: limits of the rate, faults of servers and connections, timeouts.</summary>
internal sealed class RetryChatClient : WholeAnswerChatClient
{
    private const int LongestJitterMs = 250;

    private readonly ResiliencePipeline<ChatResponse> _pipeline;
    private readonly ChatRetryOptions _options;
    private readonly TimeProvider _clock;

    public RetryChatClient(IChatClient innerClient, ChatRetryOptions options, TimeProvider clock) : base(innerClient)
    {
        (_options, _clock) = (options, clock);
        if (options.Retries < 0 || options.Delay < TimeSpan.Zero || options.MaxDelay < TimeSpan.Zero || options.TryTimeout <= TimeSpan.Zero)
            throw new AssayException($"the options of retries are {options}; expected no negative number or time, and a TryTimeout above "
                + "zero.");
        var builder = new ResiliencePipelineBuilder<ChatResponse> { TimeProvider = clock };
        if (options.Retries > 0)
            builder.AddRetry(new RetryStrategyOptions<ChatResponse>
            {
                MaxRetryAttempts = options.Retries,
                BackoffType = DelayBackoffType.Exponential,
                UseJitter = true,
                Delay = options.Delay,
                MaxDelay = options.MaxDelay,
                ShouldHandle = new PredicateBuilder<ChatResponse>().Handle<ChatException>(fault => fault.IsTransient),
                DelayGenerator = outcome => ValueTask.FromResult(Asked(outcome.Outcome.Exception)),
                OnRetry = retry =>
                {
                    if (ChatScope.Current is not { } scope) return default;
                    scope.LastFault = retry.Outcome.Exception as ChatException;
                    scope.Clock.Pause();
                    return default;
                },
            });
        _pipeline = builder.Build();
    }

    protected override async Task<ChatResponse> AnswerAsync(
        IReadOnlyList<ChatMessage> messages, ChatOptions? options, Func<CancellationToken, Task<ChatResponse>> ask,
        CancellationToken cancellationToken)
    {
        StepClock? clock = ChatScope.Current?.Clock;
        bool isPaused = false;
        return await _pipeline.ExecuteAsync(async token =>
        {
            // The pause before a retry began when the retry was announced.
            if (isPaused) clock?.Resume();
            isPaused = true;
            return await TryAsync(ask, token);
        }, cancellationToken);
    }

    private async Task<ChatResponse> TryAsync(Func<CancellationToken, Task<ChatResponse>> ask, CancellationToken cancellationToken)
    {
        using CancellationTokenSource? late = _options.TryTimeout is { } limit ? new CancellationTokenSource(limit, _clock) : null;
        using CancellationTokenSource? linked =
            late is null ? null : CancellationTokenSource.CreateLinkedTokenSource(late.Token, cancellationToken);
        try
        {
            ChatResponse response = await ask(linked?.Token ?? cancellationToken);
            return response.Messages.Count > 0 ? response
                : throw new ChatException(ChatOutcome.Provider, "the answer of the server has no message.") { IsTransient = true };
        }
        catch (Exception fault) when (fault is not ChatException && !cancellationToken.IsCancellationRequested)
        {
            if (ProviderFault.Of(fault) is { } known) throw known;
            throw;
        }
    }

    private static TimeSpan? Asked(Exception? fault) => fault is ChatException { RetryAfter: { } wait }
        ? wait + TimeSpan.FromMilliseconds(RandomNumberGenerator.GetInt32(LongestJitterMs)) : null;
}
