using System.Threading.RateLimiting;
using Microsoft.Extensions.AI;

namespace Assay.Chat;

/// <summary>Limits requests and tokens per minute.</summary>
internal sealed class RateLimitChatClient(IChatClient innerClient, int? requests, int? tokens) : WholeAnswerChatClient(innerClient)
{
    private const int BytesPerToken = 4;
    private const int UsualOutput = 500;

    private readonly TokenBucketRateLimiter? _requests = requests is { } perMinute ? Bucket(perMinute, perMinute / 60) : null;
    private readonly TokenBucketRateLimiter? _tokens = tokens is { } perMinute ? Bucket(perMinute, perMinute / 6) : null;
    private readonly int _mostTokens = Math.Max(1, (tokens ?? 0) / 6);
    private int _debt;

    protected override async Task<ChatResponse> AnswerAsync(
        IReadOnlyList<ChatMessage> messages, ChatOptions? options, Func<CancellationToken, Task<ChatResponse>> ask,
        CancellationToken cancellationToken)
    {
        int estimate = messages.Sum(m => m.Text.Length / BytesPerToken) + (options?.MaxOutputTokens ?? UsualOutput);
        using (Waiting.Here())
        {
            if (_requests is not null) await _requests.AcquireAsync(1, cancellationToken);
            // What earlier calls took beyond their estimates is paid back by later ones.
            if (_tokens is not null)
            {
                int due = Math.Max(1, estimate + Interlocked.Exchange(ref _debt, 0));
                for (int left = due; left > 0; left -= _mostTokens)
                    await _tokens.AcquireAsync(Math.Min(left, _mostTokens), cancellationToken);
            }
        }

        ChatResponse response = await ask(cancellationToken);
        if (_tokens is not null && response.Usage?.TotalTokenCount is { } used) Interlocked.Add(ref _debt, (int)used - estimate);
        return response;
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
