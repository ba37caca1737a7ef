using Microsoft.Extensions.AI;

namespace Assay.Chat;

/// <summary>What the runs of one call of <c>RunAsync</c> share: the clients, the cache and the ledger. Thread-safe.</summary>
internal sealed class ChatSession : IDisposable
{
    private readonly Lock _gate = new();
    private readonly ChatSettings _settings;
    private readonly string _experiment;
    private readonly CancellationTokenSource _stop;
    private readonly string? _store;
    private AnswerJournal? _answers;
    private bool _isOpen;

    public ChatSession(string experiment, IChatClient client, ChatSettings settings, RunOptions options)
    {
        (_experiment, _settings, _store) = (experiment, settings, options.Store);
        _stop = CancellationTokenSource.CreateLinkedTokenSource(options.Stop);
        Ledger = new Ledger(settings.Prices, settings.Budget, () => _stop.Cancel());
        PlainClient = new RunChatClient(client, this);
        ToolClient = new FunctionInvokingChatClient(PlainClient) { AllowConcurrentInvocation = false };
    }

    public IChatClient PlainClient { get; }

    /// <summary>Invokes the functions among the tools; every answer in between passes the plain client.</summary>
    public IChatClient ToolClient { get; }

    public Ledger Ledger { get; }

    /// <summary>Null where answers are not kept.</summary>
    public AnswerCache? Cache { get; private set; }

    /// <summary>Cancelled when no further run may start.</summary>
    public CancellationToken Stop => _stop.Token;

    /// <summary>Opens the answers of the store that the runs are recorded in.</summary>
    public void Open(RunContext run)
    {
        if (Volatile.Read(ref _isOpen)) return;
        lock (_gate)
        {
            if (_isOpen) return;
            if (_settings.Cache != CacheMode.Off)
            {
                _answers = new AnswerJournal(run.Storage, run.Clock);
                if (_settings.Budget is not null) Ledger.Open(_answers.PaidBy(_experiment));
                // A replay writes to a store of its own, and is to get the answers that the run got.
                AnswerJournal? original = StoreLocation.IsRedirected ? new(StoreLocation.Open(_store), run.Clock) : null;
                Cache = new AnswerCache(_answers, _settings.Cache, original);
            }

            Volatile.Write(ref _isOpen, true);
        }
    }

    /// <summary>Takes the last answer of a run back that was of no use.</summary>
    public void Forget(ChatScope scope)
    {
        if (scope.LastKey is { } key) Cache?.Forget(key, new AskedBy("", _experiment, scope.RunId, 0));
    }

    public void Dispose()
    {
        _answers?.Dispose();
        _stop.Dispose();
    }
}

/// <summary>The settings of an experiment that are no part of the identity of its runs. Immutable.</summary>
internal sealed record ChatSettings
{
    public TimeSpan StepTimeout { get; init; } = TimeSpan.FromSeconds(30);

    public TimeSpan? RunTimeout { get; init; }

    public CacheMode Cache { get; init; } = CacheMode.On;

    public PriceTable Prices { get; init; } = PriceTable.Empty;

    public ChatBudget? Budget { get; init; }

    public ChatOptions Options { get; init; } = new();

    /// <summary>Changes and stops single runs; null where nobody does.</summary>
    public RunControl? Control { get; init; }
}
