using Microsoft.Extensions.AI;

namespace Assay.Chat;

/// <summary>Keeps answers in a store of its own and gives them again.</summary>
internal sealed class CachingChatClient : WholeAnswerChatClient
{
    // The experiment that stands in the lines of answers outside of one.
    private const string NoExperiment = "recording";

    private readonly AnswerJournal _journal;
    private readonly AnswerCache _cache;
    private readonly CacheMode _mode;
    private readonly string? _model;

    public CachingChatClient(IChatClient innerClient, string store, CacheMode mode, TimeProvider clock) : base(innerClient)
    {
        StorageBackend storage = StoreLocation.Open(store);
        if (mode is CacheMode.On or CacheMode.Refresh) StoreDescription.Ensure(storage, clock);
        (_journal, _mode) = (new AnswerJournal(storage, clock), mode);
        _cache = new AnswerCache(_journal, mode);
        _model = innerClient.GetService<ChatClientMetadata>()?.DefaultModelId;
    }

    protected override async Task<ChatResponse> AnswerAsync(
        IReadOnlyList<ChatMessage> messages, ChatOptions? options, Func<CancellationToken, Task<ChatResponse>> ask,
        CancellationToken cancellationToken)
    {
        if (_mode == CacheMode.Off) return await ask(cancellationToken);
        if ((options?.ModelId ?? _model) is not { } model)
        {
            _cache.RequireCalls();
            return await ask(cancellationToken);
        }

        ChatScope? scope = ChatScope.Current;
        UInt128 request = RequestKey.Of(model, messages, options);
        int replicate = scope?.Run.Seeds.Replicate ?? 0;
        UInt128 key = RequestKey.Of(request, replicate, scope?.NumberOf(request) ?? 0);
        var asker = new AskedBy(model, scope?.Run.Experiment ?? NoExperiment, scope?.RunId ?? 0, replicate);
        return (await _cache.GetAsync(key, asker, () => ask(cancellationToken), cancellationToken)).Response;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing) _journal.Dispose();
        base.Dispose(disposing);
    }
}

/// <summary>Calls, tokens and costs of the clients that were given it. Thread-safe.</summary>
/// <param name="prices">The prices. Default: none.</param>
public sealed class UsageMeter(PriceTable? prices = null)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, ModelUsage> _models = new(StringComparer.Ordinal);

    /// <summary>Tokens and calls by model; the name is empty where it was not known.</summary>
    public IReadOnlyDictionary<string, ModelUsage> Models
    {
        get { lock (_gate) return new Dictionary<string, ModelUsage>(_models); }
    }

    /// <summary>The cost of all calls; null where a model has no price.</summary>
    public decimal? Cost
    {
        get
        {
            var models = Models;
            return models.Keys.All(model => prices?.Find(model) is not null)
                ? models.Sum(model => prices!.Find(model.Key)!.Of(model.Value.Usage)) : null;
        }
    }

    internal void Add(string model, TokenUsage usage)
    {
        lock (_gate)
        {
            _models[model] = _models.GetValueOrDefault(model).Plus(usage);
        }
    }
}

/// <summary>Counts answered calls.</summary>
internal sealed class MeteredChatClient(IChatClient innerClient, UsageMeter meter) : WholeAnswerChatClient(innerClient)
{
    private readonly string? _model = innerClient.GetService<ChatClientMetadata>()?.DefaultModelId;

    protected override async Task<ChatResponse> AnswerAsync(
        IReadOnlyList<ChatMessage> messages, ChatOptions? options, Func<CancellationToken, Task<ChatResponse>> ask,
        CancellationToken cancellationToken)
    {
        ChatResponse response = await ask(cancellationToken);
        meter.Add(options?.ModelId ?? _model ?? "", RunChatClient.UsageOf(response) ?? default);
        return response;
    }
}
