using Microsoft.Extensions.AI;

namespace Assay.Chat;

/// <summary>
/// What an experiment has paid, in this session and in earlier ones, and what it may. Before a call its largest cost is reserved, so that
/// calls under way together cannot exceed the budget. Thread-safe.
/// </summary>
internal sealed class Ledger(PriceTable prices, ChatBudget? budget, Action stop)
{
    // The output of a call without MaxOutputTokens is taken for as long as the longest so far, and at first for this.
    private const int FirstOutput = 1000;

    private readonly Lock _gate = new();
    private decimal _cost;
    private decimal _reservedCost;
    private long _tokens;
    private long _reservedTokens;
    private long _calls;
    private long _longestOutput = FirstOutput;
    private int _underWay;
    private TaskCompletionSource _released = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public bool HasPrices => !prices.IsEmpty;

    /// <summary>Why the budget has stopped the experiment; null while it has not.</summary>
    public string? Spent { get; private set; }

    /// <summary>The cost of a call; null where the model has no price, or the provider did not say what the call used.</summary>
    public decimal? CostOf(string? model, TokenUsage? usage) => usage is { Total: > 0 } used ? prices.Find(model)?.Of(used) : null;

    /// <summary>Adds what earlier sessions have paid.</summary>
    public void Open(IReadOnlyDictionary<string, ModelUsage> paid)
    {
        lock (_gate)
        {
            foreach ((string model, (TokenUsage usage, long calls)) in paid)
            {
                _cost += CostOf(model, usage) ?? 0;
                _tokens += usage.Total;
                _calls += calls;
            }
        }
    }

    /// <summary>Reserves the largest cost of a call. If it does not fit because of calls under way, it waits for what they cost.</summary>
    /// <exception cref="BudgetException">The budget does not cover the call.</exception>
    public async ValueTask<Reservation> ReserveAsync(
        string? model, IReadOnlyList<ChatMessage> messages, ChatOptions? options, CancellationToken cancellationToken)
    {
        if (budget is null) return new Reservation(this, model, default, 0);
        if (model is null || (budget.Cost is not null && prices.Find(model) is null))
            throw new AssayException($"the budget is {budget}, and " + (model is null
                ? "the model has no name to account for; expected one in ChatOptions.ModelId."
                : $"the model '{model}' has no price; expected one among the prices, which name {string.Join(", ", prices.Models)}."));
        // A token stands for a byte at least.
        long input = RequestKey.SizeOf(messages, options);
        while (true)
        {
            Task released;
            lock (_gate)
            {
                var most = new TokenUsage(input, options?.MaxOutputTokens ?? _longestOutput);
                decimal cost = CostOf(model, most) ?? 0;
                string? over = _calls + 1 > budget.Calls ? $"{_calls} calls were made"
                    : _tokens + _reservedTokens + most.Total > budget.Tokens ? $"{_tokens} tokens were paid for"
                    : _cost + _reservedCost + cost > budget.Cost ? FormattableString.Invariant($"{_cost:0.######} was paid") : null;
                if (over is null)
                {
                    (_reservedCost, _reservedTokens, _calls) = (_reservedCost + cost, _reservedTokens + most.Total, _calls + 1);
                    _underWay++;
                    return new Reservation(this, model, most, cost);
                }

                if (_underWay == 0 || Spent is not null) throw Exceeded(over);
                released = _released.Task;
            }

            using (Waiting.Here()) await released.WaitAsync(cancellationToken);
        }
    }

    private BudgetException Exceeded(string over)
    {
        Spent ??= $"the budget of {budget} does not cover the next call: {over}";
        stop();
        return new BudgetException($"{Spent}. Raise it and run again; finished runs and answers are kept.");
    }

    internal decimal? Settle(Reservation reserved, TokenUsage? usage)
    {
        decimal? cost = CostOf(reserved.Model, usage);
        bool isKnown = usage is { Total: > 0 };
        lock (_gate)
        {
            // A provider that does not say what a call used may have charged all that was reserved for it.
            _cost += isKnown ? cost ?? 0 : reserved.Cost;
            _tokens += isKnown ? usage!.Value.Total : reserved.Most.Total;
            _longestOutput = Math.Max(_longestOutput, usage?.Output ?? 0);
        }

        return cost;
    }

    internal void Release(Reservation reserved, bool isPaid)
    {
        if (budget is null) return;
        lock (_gate)
        {
            _reservedCost -= reserved.Cost;
            _reservedTokens -= reserved.Most.Total;
            if (!isPaid) _calls--;
            _underWay--;
            _released.SetResult();
            _released = new(TaskCreationOptions.RunContinuationsAsynchronously);
        }
    }
}

/// <summary>The largest cost of a call that is under way; disposing it releases what was not used.</summary>
internal sealed class Reservation(Ledger ledger, string? model, TokenUsage most, decimal cost) : IDisposable
{
    private bool _isPaid;

    public string? Model => model;

    public TokenUsage Most => most;

    public decimal Cost => cost;

    public decimal? Settle(TokenUsage? usage)
    {
        _isPaid = true;
        return ledger.Settle(this, usage);
    }

    public void Dispose() => ledger.Release(this, _isPaid);
}

/// <summary>
/// What all sessions of an experiment together may pay; null for no limit of that sort. A call whose largest cost is not covered is not
/// made: no further run starts, the calls under way end and are kept, and <c>RunAsync</c> throws <see cref="BudgetException"/>.
/// </summary>
/// <remarks>
/// The largest cost of a call is that of as many tokens as its request has bytes, tools and schemas included, and of
/// <see cref="ChatOptions.MaxOutputTokens"/>. Without these the longest answer so far is taken for them, so that the answers under way may
/// exceed the budget if they are longer; and images that a request names by their address count as the address. An answer without a usage
/// counts as its largest cost, and the cost of its run is unknown. Worker processes are refused, because each would keep an account of
/// its own.
/// </remarks>
/// <param name="Cost">In the currency of the prices.</param>
public sealed record ChatBudget(decimal? Cost = null)
{
    /// <summary>Tokens of messages and answers together.</summary>
    public long? Tokens { get; init; }

    /// <summary>Calls that were answered; what the cache answers is none.</summary>
    public long? Calls { get; init; }

    /// <summary>The limits, for messages.</summary>
    public override string ToString() => string.Join(" and ", new[]
    {
        Cost is { } cost ? FormattableString.Invariant($"{cost}") : null, Tokens is { } tokens ? $"{tokens} tokens" : null,
        Calls is { } calls ? $"{calls} calls" : null,
    }.OfType<string>());

    internal void Check(PriceTable prices, RunOptions options, IReadOnlyList<string> args, List<string> faults)
    {
        if (IsInProcesses(options, args))
            faults.Add($"its budget is {this}, and its runs are to be executed in worker processes, each of which would spend it anew; "
                + "use Executor.InProcess (--executor in-process), or no budget.");
        if (Cost is <= 0 || Tokens is <= 0 || Calls is <= 0) faults.Add($"its budget is {this}; expected limits above zero.");
        if (Cost is not null && prices.IsEmpty)
            faults.Add($"its budget is {this}, and there are no prices to compute costs with; add them with Prices, or limit tokens.");
    }

    // The arguments of the program go before the options.
    private static bool IsInProcesses(RunOptions options, IReadOnlyList<string> args)
    {
        string? named = args.TakeWhile(arg => arg != "--").SelectMany(arg => arg.Split('=', 2))
            .SkipWhile(word => word != "--executor").Skip(1).FirstOrDefault();
        return named is null ? options.Executor is WorkerProcesses : named == "processes";
    }
}
