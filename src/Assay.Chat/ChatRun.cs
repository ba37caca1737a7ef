using Microsoft.Extensions.AI;

namespace Assay.Chat;

/// <summary>
/// A run of a chat experiment: while it executes, what setup, steps and evaluation work on; afterwards, or when it was loaded from a store,
/// what was recorded. The steps of one run follow each other, so a run is not thread-safe.
/// </summary>
public abstract class ChatRun
{
    private protected ChatRun(ChatAddress address, long index) => (Address, Index) = (address, index);

    /// <summary>The batch and the number in it.</summary>
    public ChatAddress Address { get; }

    /// <summary>The index in the plan of the experiment, for <see cref="RunOptions.Indices"/>.</summary>
    public long Index { get; }

    /// <summary>The id of the run in the store; null for a loaded run that never started.</summary>
    public string? Id => Live?.Run.Id ?? Record?.Id;

    /// <summary>How it stands.</summary>
    public ChatStatus Status => Live is not null ? ChatStatus.Incomplete : Record?.Status switch
    {
        null or RunStatus.Cancelled => ChatStatus.Ready,
        RunStatus.Success => ChatStatus.Complete,
        RunStatus.Failed => ChatStatus.Fail,
        _ => ChatStatus.Incomplete,
    };

    /// <summary>
    /// The conversation. A step adds messages and may change any; <see cref="AskAsync(CancellationToken)"/> sends all and adds the answer.
    /// Of a loaded run it is that of the latest attempt.
    /// </summary>
    public List<ChatMessage> Context => field ??= Record is null ? [] : Transcript.Of(Record).Context;

    /// <summary>The options of the run's calls, such as model and tools: a copy of the experiment's, for steps to change.</summary>
    public ChatOptions Options { get; internal init; } = new();

    /// <summary>What setup, steps and evaluation logged, oldest first.</summary>
    public IReadOnlyList<string> Logs => LogLines ??= [.. Record?.Log.Select(line => line.Message) ?? []];

    /// <summary>The judgement; null before the evaluation, and where the run failed.</summary>
    public Score? Score { get; internal set; }

    /// <summary>The tokens of all its calls; those that the cache answered are none.</summary>
    public TokenUsage Usage => Live?.Usage
        ?? new TokenUsage(Whole(ChatMetric.InputTokens), Whole(ChatMetric.OutputTokens), Whole(ChatMetric.CachedInputTokens));

    /// <summary>What its calls cost, in the currency of the prices; null without prices for the model.</summary>
    public decimal? Cost => Live is { } live ? live.Cost : Metric(ChatMetric.Cost) is double cost ? (decimal)cost : null;

    /// <summary>The number of calls of models, those that the cache answered included.</summary>
    public long Calls => Live?.Calls ?? Whole(ChatMetric.Calls);

    /// <summary>The number of calls that the cache answered.</summary>
    public long CachedCalls => Live?.CachedCalls ?? Whole(ChatMetric.CachedCalls);

    /// <summary>Why the run failed; null otherwise.</summary>
    public RunError? Error => Record?.Error;

    /// <summary>What the store has of the run: attempts, times, your own metrics. Null while it executes and if it never started.</summary>
    public RunRecord? Record { get; internal init; }

    /// <summary>The run of the engine, for metrics, artifacts and seeds of your own.</summary>
    /// <exception cref="InvalidOperationException">The run is not executing.</exception>
    public RunContext Run => Executing.Run;

    /// <summary>
    /// The model client of the run, for calls outside of <see cref="Context"/>, such as those of a judge: with the cache, the budget and
    /// the accounting of the experiment.
    /// </summary>
    /// <exception cref="InvalidOperationException">The run is not executing.</exception>
    public IChatClient Client => Executing.Client;

    internal ChatScope? Live { get; init; }

    internal ChatScope Executing => Live ?? throw new InvalidOperationException(
        $"the run {Address} is not executing; expected a call within its setup, a step or its evaluation.");

    private protected List<string>? LogLines { get; private set; }

    /// <summary>Adds a line to the log of the run.</summary>
    public void Log(string message)
    {
        ArgumentNullException.ThrowIfNull(message);
        Executing.Run.Log(message);
        (LogLines ??= []).Add(message);
    }

    /// <summary>Adds a message to the context.</summary>
    public void Add(ChatRole role, string text) => Context.Add(new ChatMessage(role, text));

    /// <summary>
    /// Sends the context and adds the answer to it. With tools in <see cref="Options"/>, functions are invoked until there is an answer.
    /// </summary>
    /// <returns>The text of the answer.</returns>
    /// <exception cref="ChatException">There is no whole answer; the message and <see cref="RunErrorException.Kind"/> say why.</exception>
    public async Task<string> AskAsync(CancellationToken cancellationToken = default) =>
        (await AnswerAsync(Options, cancellationToken)).Text;

    /// <summary>Sends the context, asks for JSON of the schema of a type, and adds the answer to the context.</summary>
    /// <typeparam name="T">The type of the answer.</typeparam>
    /// <exception cref="ChatException">There is no whole answer, or none of the type (<see cref="ChatOutcome.Malformed"/>).</exception>
    public async Task<T> AskAsync<T>(CancellationToken cancellationToken = default)
    {
        StructuredAnswer<T> form = StructuredAnswer<T>.Instance;
        ChatOptions options = Options.Clone();
        options.ResponseFormat = form.Format;
        ChatResponse response = await AnswerAsync(options, cancellationToken);
        return form.Read(response);
    }

    /// <summary>Sends the context and adds the answer to it.</summary>
    /// <returns>The whole answer, with what functions were called.</returns>
    /// <inheritdoc cref="AskAsync(CancellationToken)" path="/exception"/>
    public Task<ChatResponse> AnswerAsync(CancellationToken cancellationToken = default) => AnswerAsync(Options, cancellationToken);

    private async Task<ChatResponse> AnswerAsync(ChatOptions options, CancellationToken cancellationToken)
    {
        ChatScope live = Executing;
        live.Conversation.Keep(Context);
        CancellationToken token = cancellationToken.CanBeCanceled ? cancellationToken : live.Clock.Expired;
        ChatResponse response = await live.ClientOf(options).GetResponseAsync(Context, options, token);
        Context.AddRange(response.Messages);
        live.Conversation.Keep(Context);
        AnswerCheck.Require(response);
        return response;
    }

    private object? Metric(string name) => Record?.Metrics.GetValueOrDefault(name);

    private long Whole(string name) => Metric(name) is long number ? number : 0;
}

/// <inheritdoc/>
/// <typeparam name="TData">The data of a run.</typeparam>
/// <typeparam name="TAnswer">What a run answers.</typeparam>
public sealed class ChatRun<TData, TAnswer> : ChatRun
{
    private TAnswer? _answer;
    private bool _hasAnswer;

    internal ChatRun(ChatAddress address, long index, TData data) : base(address, index) => Data = data;

    /// <summary>The data; not to be changed, because they identify the run.</summary>
    public TData Data { get; }

    /// <summary>The answer, which a step sets; the default of its type without one.</summary>
    public TAnswer? Answer
    {
        get
        {
            if (!_hasAnswer && Record is { } record) (_answer, _hasAnswer) = (AnswerForm.Read<TAnswer>(record), true);
            return _answer;
        }
        set => (_answer, _hasAnswer) = (value, true);
    }

    /// <summary>Whether a step has set the answer.</summary>
    public bool HasAnswer => _hasAnswer || (Record is not null && AnswerForm.IsIn(Record));

    /// <summary>The run as it stands in a store.</summary>
    internal static ChatRun<TData, TAnswer> Loaded(ChatAddress address, long index, TData data, RunRecord? record) =>
        new(address, index, data) { Record = record, Score = record is null ? null : ScoreForm.Read(record) };
}

/// <summary>The names of the metrics of chat runs.</summary>
public static class ChatMetric
{
    /// <summary>The answer, where it is a number, a truth value or a short text.</summary>
    public const string Answer = "answer";

    /// <summary>The score from 0 to 1; missing where the run is not scored.</summary>
    public const string Score = "score";

    /// <summary><c>correct</c>, <c>incorrect</c>, <c>partial</c> or <c>unscored</c>; missing where the run failed.</summary>
    public const string Outcome = "outcome";

    /// <summary>Why the evaluation judged so.</summary>
    public const string Reason = "reason";

    /// <summary>What the scorer took out of the answer.</summary>
    public const string Extracted = "extracted";

    /// <summary>What the scorer compared it with.</summary>
    public const string Expected = "expected";

    /// <summary>Calls of models, cached ones included.</summary>
    public const string Calls = "calls";

    /// <summary>Calls that the cache answered.</summary>
    public const string CachedCalls = "cached_calls";

    /// <summary>Tokens of messages that were paid for.</summary>
    public const string InputTokens = "input_tokens";

    /// <summary>Tokens of answers that were paid for.</summary>
    public const string OutputTokens = "output_tokens";

    /// <summary>Tokens of messages that the provider had in its own cache.</summary>
    public const string CachedInputTokens = "cached_input_tokens";

    /// <summary>What the calls cost.</summary>
    public const string Cost = "cost";
}
