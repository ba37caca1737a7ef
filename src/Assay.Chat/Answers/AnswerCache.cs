using System.Collections.Concurrent;
using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Assay.Chat;

/// <summary>How answers that are in the store are used.</summary>
public enum CacheMode
{
    /// <summary>They are given instead of a call, and new ones are kept. The default.</summary>
    On,

    /// <summary>Only answers of the store are given; a missing one fails the run, and no client is ever called.</summary>
    ReplayOnly,

    /// <summary>Every call is made, and its answer replaces the one in the store.</summary>
    Refresh,

    /// <summary>No answer is given or kept; a run that was killed pays for its answers again.</summary>
    Off,
}

/// <summary>Who asks.</summary>
internal readonly record struct AskedBy(string Model, string Experiment, UInt128 Run, int Replicate);

/// <summary>
/// Gives answers of a store, and keeps new ones before anybody sees them. Callers of one key wait for one call. Thread-safe.
/// </summary>
/// <param name="journal">The answers of the store that is written to.</param>
/// <param name="mode">How they are used.</param>
/// <param name="original">Further answers, which are only read: those of the store that a replay was recorded in.</param>
internal sealed class AnswerCache(AnswerJournal journal, CacheMode mode, AnswerJournal? original = null)
{
    private readonly ConcurrentDictionary<UInt128, Task> _underWay = [];

    public async Task<(ChatResponse Response, bool IsCached)> GetAsync(
        UInt128 key, AskedBy asker, Func<Task<ChatResponse>> ask, CancellationToken cancellationToken)
    {
        var mine = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        while (_underWay.GetOrAdd(key, mine.Task) is var other && other != mine.Task) await other.WaitAsync(cancellationToken);
        try
        {
            if (mode != CacheMode.Refresh && Find(key) is { } kept) return (kept, true);
            if (mode == CacheMode.ReplayOnly)
                throw new AssayException($"the store has no answer of '{asker.Model}' with the key {key:x32}, and no model is asked "
                    + "(CacheMode.ReplayOnly). Expected the messages and options of the recording; record them with CacheMode.On.");
            ChatResponse response = await ask();
            Keep(key, asker, response);
            return (response, false);
        }
        finally
        {
            _underWay.TryRemove(key, out _);
            mine.SetResult();
        }
    }

    /// <summary>Refuses a call that has no key, because its model has no name, where no model may be asked.</summary>
    /// <exception cref="AssayException">Only answers of the store are given.</exception>
    public void RequireCalls()
    {
        if (mode == CacheMode.ReplayOnly)
            throw new AssayException("the client names no model, so no answer is kept for it, and no model is asked "
                + "(CacheMode.ReplayOnly). Set ChatOptions.ModelId, and record with CacheMode.On.");
    }

    /// <summary>Takes an answer back, so that a rerun asks again.</summary>
    public void Forget(UInt128 key, AskedBy asker)
    {
        if (mode is CacheMode.On or CacheMode.Refresh)
            journal.Append(new AnswerLine(key, "") { IsForgotten = true }, asker.Experiment, asker.Run);
    }

    private ChatResponse? Find(UInt128 key)
    {
        try
        {
            return (journal.Find(key) ?? original?.Find(key)) is { } json ? JsonSerializer.Deserialize(json, MessageJson.Response) : null;
        }
        catch (JsonException)
        {
            // It was written by another version of the library; the model is asked again.
            return null;
        }
    }

    // An answer that cannot be used is kept as paid for, and is asked for again.
    private void Keep(UInt128 key, AskedBy asker, ChatResponse response)
    {
        byte[] json = AnswerCheck.OutcomeOf(response) is null ? JsonSerializer.SerializeToUtf8Bytes(response, MessageJson.Response) : [];
        var line = new AnswerLine(key, asker.Model)
        {
            Replicate = asker.Replicate,
            Usage = RunChatClient.UsageOf(response),
            Response = json,
        };
        journal.Append(line, asker.Experiment, asker.Run);
    }
}
