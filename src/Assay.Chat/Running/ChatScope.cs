using Microsoft.Extensions.AI;

namespace Assay.Chat;

/// <summary>
/// What belongs to the run that executes, for the clients below it: they serve many runs at once, and are told of none by their interface.
/// Flows over awaits.
/// </summary>
internal sealed class ChatScope(RunContext run, ChatSession session, StepClock clock)
{
    private static readonly AsyncLocal<ChatScope?> Flowing = new();

    private readonly Lock _gate = new();
    private readonly Dictionary<UInt128, int> _asked = [];
    private decimal _cost;
    private bool _isPriced = true;

    /// <summary>The run that executes here; null outside of runs.</summary>
    public static ChatScope? Current => Flowing.Value;

    public RunContext Run => run;

    public ChatSession Session => session;

    public UInt128 RunId { get; } = UInt128.Parse(run.Id, System.Globalization.NumberStyles.AllowHexSpecifier, null);

    public Conversation Conversation { get; } = new(run);

    /// <summary>Measures the part that executes.</summary>
    public StepClock Clock => clock;

    /// <summary>The key of the last answer, which is taken back if it makes the run fail as malformed.</summary>
    public UInt128? LastKey { get; set; }

    /// <summary>The last fault of a call that is being tried again; null after a success.</summary>
    public ChatException? LastFault { get; set; }

    public TokenUsage Usage { get; private set; }

    public decimal? Cost => _isPriced ? _cost : null;

    public long Calls { get; private set; }

    public long CachedCalls { get; private set; }

    public IChatClient Client => session.PlainClient;

    /// <summary>Another client, with the cache, the budget and the accounting of the experiment; the run's own without one.</summary>
    public IChatClient ClientOver(IChatClient? client) => client is null ? Client
        : client.GetService<RunChatClient>() is not null ? client : new RunChatClient(client, session);

    public static void Enter(ChatScope scope) => Flowing.Value = scope;

    public IChatClient ClientOf(ChatOptions options) => options.Tools is { Count: > 0 } ? session.ToolClient : session.PlainClient;

    /// <summary>How often the run has asked for the same before.</summary>
    public int NumberOf(UInt128 request)
    {
        lock (_gate)
        {
            int number = _asked.GetValueOrDefault(request);
            _asked[request] = number + 1;
            return number;
        }
    }

    /// <summary>Counts a call; what the cache answered costs nothing.</summary>
    public void Count(TokenUsage? paid, decimal? cost, bool isCached)
    {
        lock (_gate)
        {
            Calls++;
            if (isCached)
            {
                CachedCalls++;
                return;
            }

            Usage += paid ?? default;
            if (cost is { } known) _cost += known;
            else _isPriced = false;
        }
    }

    public void WriteMetrics()
    {
        run.Metric(ChatMetric.Calls, Calls);
        run.Metric(ChatMetric.CachedCalls, CachedCalls);
        run.Metric(ChatMetric.InputTokens, Usage.Input);
        run.Metric(ChatMetric.OutputTokens, Usage.Output);
        if (Usage.CachedInput > 0) run.Metric(ChatMetric.CachedInputTokens, Usage.CachedInput);
        if (Cost is { } cost && session.Ledger.HasPrices) run.Metric(ChatMetric.Cost, (double)cost);
    }
}
