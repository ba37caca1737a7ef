using Microsoft.Extensions.AI;

namespace Assay.Chat;

/// <summary>The limits of <see cref="AssayChatClientBuilderExtensions.UseAdaptiveConcurrency"/>. Immutable.</summary>
public sealed record ConcurrencyOptions
{
    /// <summary>The smallest limit. Default: 1.</summary>
    public int Min { get; init; } = 1;

    /// <summary>The first limit. Default: 20.</summary>
    public int Start { get; init; } = 20;

    /// <summary>The largest limit. Default: 200.</summary>
    public int Max { get; init; } = 200;
}

/// <summary>Limits the calls under way; see <see cref="ConcurrencyLimit"/>.</summary>
internal sealed class AdaptiveConcurrencyChatClient(IChatClient innerClient, ConcurrencyOptions options)
    : WholeAnswerChatClient(innerClient)
{
    private readonly ConcurrencyLimit _limit = new(options);

    public override object? GetService(Type serviceType, object? serviceKey = null) =>
        serviceType == typeof(ConcurrencyLimit) && serviceKey is null ? _limit : base.GetService(serviceType, serviceKey);

    protected override async Task<ChatResponse> AnswerAsync(
        IReadOnlyList<ChatMessage> messages, ChatOptions? options, Func<CancellationToken, Task<ChatResponse>> ask,
        CancellationToken cancellationToken)
    {
        int era;
        using (Waiting.Here()) era = await _limit.EnterAsync(cancellationToken);
        bool isGood = false, isLimited = false;
        try
        {
            ChatResponse response = await ask(cancellationToken);
            isGood = true;
            return response;
        }
        catch (Exception fault)
        {
            isLimited = ProviderFault.Of(fault)?.Kind == ChatOutcome.RateLimit;
            throw;
        }
        finally
        {
            _limit.Leave(era, isGood, isLimited);
        }
    }
}

/// <summary>
/// A limit that grows by one when as many calls as it allows have succeeded, and is halved when a call fails because there are too many:
/// once for all the calls that were under way then. Thread-safe.
/// </summary>
internal sealed class ConcurrencyLimit
{
    private readonly Lock _gate = new();
    private readonly Queue<TaskCompletionSource<int>> _waiting = new();
    private readonly ConcurrencyOptions _options;
    private double _limit;
    private int _underWay;
    private int _era;

    public ConcurrencyLimit(ConcurrencyOptions options)
    {
        if (options.Min < 1 || options.Start < options.Min || options.Max < options.Start)
            throw new AssayException($"the limits of concurrency are {options.Min}, {options.Start} and {options.Max}; expected "
                + "1 <= Min <= Start <= Max.");
        (_options, _limit) = (options, options.Start);
    }

    public int Limit
    {
        get { lock (_gate) return (int)_limit; }
    }

    /// <summary>Waits for a place.</summary>
    /// <returns>The number of halvings so far, for <see cref="Leave"/>.</returns>
    public async Task<int> EnterAsync(CancellationToken cancellationToken)
    {
        TaskCompletionSource<int> place;
        lock (_gate)
        {
            if (_underWay < (int)_limit && _waiting.Count == 0)
            {
                _underWay++;
                return _era;
            }

            place = new TaskCompletionSource<int>(TaskCreationOptions.RunContinuationsAsynchronously);
            _waiting.Enqueue(place);
        }

        await using CancellationTokenRegistration registration = cancellationToken.Register(() => place.TrySetCanceled(cancellationToken));
        return await place.Task;
    }

    public void Leave(int era, bool isGood, bool isLimited)
    {
        lock (_gate)
        {
            if (isLimited && era == _era)
            {
                _limit = Math.Max(_options.Min, _limit / 2);
                _era++;
            }
            else if (isGood && _underWay >= (int)_limit) _limit = Math.Min(_options.Max, _limit + 1 / _limit);

            _underWay--;
            while (_underWay < (int)_limit && _waiting.TryDequeue(out TaskCompletionSource<int>? next))
                if (next.TrySetResult(_era)) _underWay++;
        }
    }
}

/// <summary>Time that a run waits for a limit; it does not count as time of its step.</summary>
internal readonly struct Waiting : IDisposable
{
    private readonly StepClock? _clock;

    private Waiting(StepClock? clock)
    {
        _clock = clock;
        clock?.Pause();
    }

    public static Waiting Here() => new(ChatScope.Current?.Clock);

    public void Dispose() => _clock?.Resume();
}
