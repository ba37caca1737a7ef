using System.Threading.RateLimiting;
using Microsoft.Extensions.AI;

namespace Assay.Chat;

/// <summary>Limits requests and tokens per minute.</summary>
internal sealed class RateLimitChatClient(IChatClient innerClient, int? requests, int? tokens) : WholeAnswerChatClient(innerClient)
{
    // Of usual text; what a call used beyond its estimate, or left of it, is settled with later ones.
    private const int BytesPerToken = 4;
    private const int UsualOutput = 500;

    private readonly TokenBucketRateLimiter? _requests = requests is { } perMinute ? Bucket(perMinute, perMinute / 60) : null;
    private readonly TokenBucketRateLimiter? _tokens = tokens is { } perMinute ? Bucket(perMinute, perMinute / 6) : null;
    private readonly int _mostTokens = Math.Max(1, (tokens ?? 0) / 6);
    // What calls took beyond their estimates; below zero, what they left of them.
    private long _debt;

    protected override async Task<ChatResponse> AnswerAsync(
        IReadOnlyList<ChatMessage> messages, ChatOptions? options, Func<CancellationToken, Task<ChatResponse>> ask,
        CancellationToken cancellationToken)
    {
        long estimate = _tokens is null ? 0
            : RequestKey.SizeOf(messages, options) / BytesPerToken + (options?.MaxOutputTokens ?? UsualOutput);
        using (Waiting.Here())
        {
            if (_requests is not null) await _requests.AcquireAsync(1, cancellationToken);
            if (_tokens is not null) await TakeAsync(_tokens, estimate, cancellationToken);
        }

        long used = 0;
        try
        {
            ChatResponse response = await ask(cancellationToken);
            used = response.Usage?.TotalTokenCount ?? estimate;
            return response;
        }
        finally
        {
            // A call that failed used nothing.
            Interlocked.Add(ref _debt, used - estimate);
        }
    }

    // Takes the tokens of a call and the debt of earlier ones; what a cancellation leaves is owed again.
    private async Task TakeAsync(TokenBucketRateLimiter tokens, long estimate, CancellationToken cancellationToken)
    {
        long owed = Interlocked.Exchange(ref _debt, 0), due = owed + estimate, taken = 0;
        try
        {
            while (taken < due)
            {
                int part = (int)Math.Min(due - taken, _mostTokens);
                using RateLimitLease lease = await tokens.AcquireAsync(part, cancellationToken);
                taken += part;
            }

            owed = due;
        }
        finally
        {
            Interlocked.Add(ref _debt, owed - taken);
        }
    }

    protected override void Dispose(bool disposing)
    {
        _requests?.Dispose();
        _tokens?.Dispose();
        base.Dispose(disposing);
    }

    // Filled in small parts, so that calls are spread evenly; a short pause may be caught up with.
    private static TokenBucketRateLimiter Bucket(int perMinute, int burst)
    {
        double perPeriod = Math.Max(1, perMinute / 1200.0);
        int whole = (int)Math.Floor(perPeriod);
        return new TokenBucketRateLimiter(new TokenBucketRateLimiterOptions
        {
            TokenLimit = Math.Max(Math.Max(burst, whole), 1),
            TokensPerPeriod = whole,
            ReplenishmentPeriod = TimeSpan.FromMinutes((double)whole / perMinute),
            QueueLimit = int.MaxValue,
            QueueProcessingOrder = QueueProcessingOrder.OldestFirst,
        });
    }
}
