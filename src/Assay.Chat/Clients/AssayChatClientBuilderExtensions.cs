using Microsoft.Extensions.AI;

namespace Assay.Chat;

/// <summary>
/// Middlewares for any <see cref="IChatClient"/>, in the style of those of Microsoft.Extensions.AI, with which they compose. The first is
/// the outermost; a usual order is retry, adaptive concurrency, rate limits.
/// </summary>
public static class AssayChatClientBuilderExtensions
{
    /// <summary>Tries calls again that failed for a reason that may pass. See <see cref="ChatRetryOptions"/>.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="options">How often and when. Default: see there.</param>
    /// <param name="clock">The source of times and timers. Default: the system's.</param>
    public static ChatClientBuilder UseAssayRetry(
        this ChatClientBuilder builder, ChatRetryOptions? options = null, TimeProvider? clock = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.Use(inner => new RetryChatClient(inner, options ?? new(), clock ?? TimeProvider.System));
    }

    /// <summary>
    /// Limits the calls under way, and finds the limit: it grows slowly while calls succeed, and is halved when the provider says that
    /// there are too many (429).
    /// </summary>
    /// <param name="builder">The builder.</param>
    /// <param name="options">The smallest, first and largest limit. Default: see there.</param>
    public static ChatClientBuilder UseAdaptiveConcurrency(this ChatClientBuilder builder, ConcurrencyOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.Use(inner => new AdaptiveConcurrencyChatClient(inner, options ?? new()));
    }

    /// <summary>Spreads calls evenly so that at most some are made in a minute, and at most some tokens are sent and received.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="requestsPerMinute">Default: no limit.</param>
    /// <param name="tokensPerMinute">
    /// Default: no limit. The tokens of a call are estimated before it, from its text and <see cref="ChatOptions.MaxOutputTokens"/>, and
    /// corrected after it.
    /// </param>
    public static ChatClientBuilder UseRateLimits(
        this ChatClientBuilder builder, int? requestsPerMinute = null, int? tokensPerMinute = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        if (requestsPerMinute is < 1 || tokensPerMinute is < 1)
            throw new AssayException($"the limits are {requestsPerMinute} requests and {tokensPerMinute} tokens per minute; expected at "
                + "least 1, or null for none.");
        return builder.Use(inner => new RateLimitChatClient(inner, requestsPerMinute, tokensPerMinute));
    }

    /// <summary>
    /// Keeps answers in a store and gives them again: a recording. For clients outside of chat experiments, which keep answers themselves.
    /// </summary>
    /// <param name="builder">The builder.</param>
    /// <param name="store">The path or URL of the store, which is created if it is missing.</param>
    /// <param name="mode">How kept answers are used; <see cref="CacheMode.ReplayOnly"/> never calls the client below.</param>
    /// <param name="clock">The source of times. Default: the system's.</param>
    public static ChatClientBuilder UseAnswerCache(
        this ChatClientBuilder builder, string store, CacheMode mode = CacheMode.On, TimeProvider? clock = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentException.ThrowIfNullOrWhiteSpace(store);
        return builder.Use(inner => new CachingChatClient(inner, store, mode, clock ?? TimeProvider.System));
    }

    /// <summary>Counts calls, tokens and costs, also outside of chat experiments.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="meter">Where they are added up.</param>
    public static ChatClientBuilder UseUsageMeter(this ChatClientBuilder builder, UsageMeter meter)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(meter);
        return builder.Use(inner => new MeteredChatClient(inner, meter));
    }
}
