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

    /// <summary>
    /// The longest pause that a provider may ask for by <c>Retry-After</c>. A call that is to wait for longer fails at once, as
    /// <see cref="ChatOutcome.RateLimit"/>. Default: two minutes.
    /// </summary>
    public TimeSpan MaxRetryAfter { get; init; } = TimeSpan.FromMinutes(2);

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
        if (options.Retries < 0 || options.Delay < TimeSpan.Zero || options.MaxDelay < TimeSpan.Zero
            || options.MaxRetryAfter < TimeSpan.Zero || options.TryTimeout <= TimeSpan.Zero)
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
                ShouldHandle = new PredicateBuilder<ChatResponse>().Handle<ChatException>(IsWorthAnother),
                DelayGenerator = outcome => ValueTask.FromResult(Asked(outcome.Outcome.Exception)),
            });
        _pipeline = builder.Build();
    }

    protected override async Task<ChatResponse> AnswerAsync(
        IReadOnlyList<ChatMessage> messages, ChatOptions? options, Func<CancellationToken, Task<ChatResponse>> ask,
        CancellationToken cancellationToken)
    {
        ChatScope? scope = ChatScope.Current;
        int tries = 0;
        bool isPaused = false;
        try
        {
            return await _pipeline.ExecuteAsync(async token =>
            {
                Resume();
                tries++;
                try
                {
                    return await TryAsync(ask, token);
                }
                catch (ChatException fault) when (scope is not null && IsWorthAnother(fault) && tries <= _options.Retries)
                {
                    // The pause before a retry does not count as time of the step.
                    scope.LastFault = fault;
                    scope.Clock.Pause();
                    isPaused = true;
                    throw;
                }
            }, cancellationToken);
        }
        finally
        {
            // A pause that was cancelled ends here.
            Resume();
        }

        void Resume()
        {
            if (isPaused) scope!.Clock.Resume();
            isPaused = false;
        }
    }

    private bool IsWorthAnother(ChatException fault) => fault.IsTransient && !(fault.RetryAfter > _options.MaxRetryAfter);

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
        catch (Exception fault) when (!cancellationToken.IsCancellationRequested)
        {
            if (ProviderFault.Of(fault, _clock) is not { } known) throw;
            if (known.IsTransient && known.RetryAfter > _options.MaxRetryAfter) throw TooLong(known, known.RetryAfter.Value);
            if (ReferenceEquals(known, fault)) throw;
            throw known;
        }
    }

    private ChatException TooLong(ChatException fault, TimeSpan wait) => new(ChatOutcome.RateLimit,
        $"the provider asks to wait for {wait:c}, longer than MaxRetryAfter, which is {_options.MaxRetryAfter:c}; run again later, or "
            + $"allow more. It said: {fault.Message}", fault)
    {
        IsTransient = true,
        RetryAfter = wait,
    };

    private static TimeSpan? Asked(Exception? fault) => fault is ChatException { RetryAfter: { } wait }
        ? wait + TimeSpan.FromMilliseconds(RandomNumberGenerator.GetInt32(LongestJitterMs)) : null;
}
